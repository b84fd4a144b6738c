"""Store what students are offered in a week, once it has begun."""

from datetime import timedelta

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from blog.models import Membership
from network.models import NetworkChoices, WeeklyChoice
from network.queries.week_choice import choose_week, week_of

CHOICES_PER_RUN = 100


def store_due_choices(limit: int = CHOICES_PER_RUN) -> int:
    """Choose and store the week of up to ``limit`` students who have none yet; return how many.

    Each in a transaction of its own. A run ends soon, so that mail does not wait for it: until
    their turn comes students see what would be chosen for them.
    """
    today = timezone.now().date()
    # The last Monday that has begun anywhere: east of here it may be tomorrow already.
    tomorrow = today + timedelta(days=1)
    latest = tomorrow - timedelta(days=tomorrow.weekday())
    stored = WeeklyChoice.objects.filter(course=OuterRef("course"), student=OuterRef("user"))
    off = NetworkChoices.objects.filter(wants_suggestions=False)
    members = (
        Membership.objects.active()
        .students()
        .filter(
            course__archived_at=None,
            course__starts_on__lte=tomorrow,
            course__ends_on__gte=today - timedelta(days=1),
        )
        .annotate(stored=Subquery(stored.values("week")[:1]))
        .filter(Q(stored=None) | Q(stored__lt=latest))
        .exclude(course__in=off.filter(person=OuterRef("user")).values("course"))
        .select_related("course", "user")
        .order_by(F("stored").asc(nulls_first=True), "pk")[:limit]
    )
    done = 0
    for member in members:
        week = week_of(member.course)
        if member.stored is None or member.stored < week:
            picks = choose_week(member.user, member.course, week)
            WeeklyChoice.store(member.course, member.user, week, picks)
            done += 1
    return done
