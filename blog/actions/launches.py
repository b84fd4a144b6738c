"""Let in whom an LMS sends: open or connect their account, and bring them into their course."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access, lms_access
from blog.actions.invitations import accept_invitation
from blog.actions.name_decisions import NameDecision
from blog.exceptions import NotAllowed, Refused
from blog.lti.claims import BadLaunch
from blog.models import (
    AuditEvent,
    Course,
    Invitation,
    Launch,
    Membership,
    PlatformAccount,
    PlatformCourse,
    PlatformMember,
    User,
    queue_all,
    revocations,
)
from blog.models.launches import take_time_zone
from blog.queries.memberships import LOOKS_LIKE_TEACHER, looks_like_teacher
from blog.queries.platform_accounts import email_is_taken, usable_email, usable_name


def accept_launch(launch: Launch, *, by: User) -> None:
    """Store a checked launch, and who it is here if that is known; once.

    ``by`` is nobody yet. Of two at the same moment one is refused, by BadLaunch.
    """
    access.require(lms_access.can_accept_launch(by, launch))
    known = PlatformAccount.objects.naming(launch.platform.issuer, launch.subject)
    account = known.proven().select_related("user").first()
    launch.user = account.user if account else None
    try:
        with transaction.atomic():
            launch.save(force_insert=True)
    except IntegrityError:
        raise BadLaunch("used") from None


def open_window(launch: Launch, *, by: User, browser: str) -> None:
    """Let a launch go on in a new window, once: from now on it belongs to that browser.

    Raises BadLaunch for one that has gone on, or is too old.
    """
    access.require(lms_access.can_accept_launch(by, launch))
    waiting = Launch.objects.to_enter().filter(pk=launch.pk)
    if not waiting.update(entered_at=timezone.now(), browser=browser):
        raise BadLaunch("used")
    launch.refresh_from_db()


def ask_once(launch: Launch, *, by: User) -> None:
    """Let a launch of somebody new open an account, or ask them who they are here, once.

    Its address stays in the browser, and must let in nobody later. Raises BadLaunch.
    """
    access.require(lms_access.can_accept_launch(by, launch))
    waiting = Launch.objects.filter(pk=launch.pk, asked_at=None)
    if not waiting.update(asked_at=timezone.now()):
        raise BadLaunch("used")


def open_account(launch: Launch, *, by: User) -> User | None:
    """Open an account for somebody whom an LMS has sent, and connect it.

    ``by`` is nobody yet. The email counts as confirmed where site staff have said so of the LMS.
    Elsewhere the two are connected once its link is opened in this browser (``connect_account``),
    since its owner may be somebody else; the account that waits for that is returned again. None
    where no email can be used, or somebody has it here: they are asked to sign in. Raises Refused
    for whoever would get no place in the course, before it looks whether there is such an account.
    """
    access.require(lms_access.can_open_account(by, launch))
    connected = PlatformCourse.objects.sending(launch)
    if connected is not None:
        access.require_open(connected.course)
    _require_role(launch)
    email = usable_email(launch)
    if not email or email_is_taken(email):
        return _known_person(launch, email)
    try:
        with transaction.atomic():
            if launch.platform.trusts_email:
                User.objects.drop_claims(email)
            person = User.objects.create_user(email, display_name=usable_name(launch))
            EmailAddress.objects.create(
                user=person, email=email, primary=True, verified=launch.platform.trusts_email
            )
            if connected is not None:
                _refuse_pretended(launch, connected.course, person)
            if launch.platform.trusts_email:
                _connect(launch, person)
            else:
                _keep_account(launch, person, is_waiting=True)
            AuditEvent.record("account_opened_by_lms", person, by=person)
    except IntegrityError:  # another window was faster
        return _known_person(launch, email)
    return person


def _known_person(launch: Launch, email: str) -> User | None:
    """Return who somebody is here, or whose account waits for them; another window may know it.

    An account that waits with another email than the LMS names now is not theirs to ask for.
    """
    known = PlatformAccount.objects.naming(launch.platform.issuer, launch.subject)
    account = known.proven().select_related("user").first()
    if account is not None:
        launch.user = account.user
        launch.save(update_fields=["user"])
    else:
        waiting = known.waiting().filter(user__email__iexact=email)
        account = waiting.select_related("user").first()
    return account.user if account else None


def connect_account(launch: Launch, *, by: User) -> bool:
    """Connect who somebody is in an LMS with the account in which they are signed in.

    A second time changes nothing; returns whether this is the first. Raises Refused if it was
    connected with another one meanwhile.
    """
    access.require(lms_access.can_connect_account(by, launch))
    issuer = launch.platform.issuer
    known = PlatformAccount.objects.naming(issuer, launch.subject).proven().first()
    if known is not None and known.user_id != by.pk:
        raise Refused(_("Your account in the LMS is connected to another account here."))
    with transaction.atomic():
        if known is None:
            _connect(launch, by)
        launch.user = by
        launch.save(update_fields=["user"])
    return known is None


def _connect(launch: Launch, person: User) -> None:
    _keep_account(launch, person)
    launch.user = person
    launch.save(update_fields=["user"])
    AuditEvent.record("lms_account_connected", person, by=person, issuer=launch.platform.issuer)


def _keep_account(launch: Launch, person: User, *, is_waiting: bool = False) -> None:
    """Store whose account it is, in the place of one that waits."""
    named = {"issuer": launch.platform.issuer, "subject": launch.subject}
    try:
        with transaction.atomic():
            PlatformAccount.objects.naming(**named).filter(is_waiting=True).delete()
            PlatformAccount.objects.create(**named, user=person, is_waiting=is_waiting)
    except IntegrityError:  # another window was faster
        raise Refused(_("Your account in the LMS is already connected. Open it again.")) from None


def disconnect_account(account: PlatformAccount, *, by: User) -> None:
    """Disconnect one's account from an LMS: the next launch from there asks again.

    No grade goes there any more, and no list finds them by its key.
    """
    access.require(access.can_change_profile(by, account.user))
    with transaction.atomic():
        revocations.disconnect_account(account, by=by)


def enter_course(launch: Launch, *, by: User) -> Course | None:
    """Add somebody to the course that theirs in the LMS is connected with, or return None.

    Whoever is a member already keeps their role: the LMS says it the first time only. Raises
    NotAllowed for former members and for those whom the LMS gives no role in the course, and
    Refused for new members of a team who have not confirmed their email.
    """
    access.require(lms_access.can_follow_launch(by, launch))
    connected = PlatformCourse.objects.sending(launch)
    if connected is None:
        return None
    course = connected.course
    with transaction.atomic():
        membership = Membership.objects.filter(course=course, user=by).first()
        if membership is None:
            membership = _join(launch, course, by)
        if membership.ended_at is not None:
            raise NotAllowed(
                _("You are not in this course any more. Its instructors can let you back in.")
            )
        _keep_key(launch, membership, connected)
        if course.is_archived:  # its members read it
            return course
        if launch.role == Membership.Role.INSTRUCTOR and membership.is_instructor:
            _keep_services(launch, connected)
    by.forget_memberships()
    return course


def _join(launch: Launch, course: Course, person: User) -> Membership:
    access.require_open(course)
    _require_role(launch)
    if launch.role in Membership.TEACHING:
        access.require_sign_in(person)
    _refuse_pretended(launch, course, person)
    invitation = _invitation(course, person) if launch.role == Membership.Role.STUDENT else None
    if invitation is not None:
        take_time_zone(person, course)
        return accept_invitation(invitation, by=person)
    membership, _is_new = Membership.objects.get_or_create(
        course=course,
        user=person,
        defaults={
            "role": launch.role,
            "listed_name": launch.name,
            "family_name": launch.family_name,
        },
    )
    NameDecision.hold_names([person.pk])
    AuditEvent.record("joined_from_lms", membership, by=person, course=course, role=launch.role)
    take_time_zone(person, course)
    return membership


def _require_role(launch: Launch) -> None:
    if not launch.role:
        raise NotAllowed(
            _(
                "According to your LMS, you are neither a student nor a teacher in this "
                "course. Ask one of its instructors to invite you."
            )
        )


def _refuse_pretended(launch: Launch, course: Course, person: User) -> None:
    """Refuse a student whose name could be taken for that of who teaches."""
    teaches = launch.role in Membership.TEACHING
    if not teaches and looks_like_teacher(person, person.display_name, [course]):
        raise Refused(LOOKS_LIKE_TEACHER)


def _invitation(course: Course, person: User) -> Invitation | None:
    """Return the place that a list keeps for a student, with its pod and section."""
    students = Invitation.objects.in_course(course).open().filter(role=Membership.Role.STUDENT)
    emails = person.confirmed_emails
    return next((one for one in students if one.email in emails and not one.is_expired), None)


def _keep_key(launch: Launch, membership: Membership, connected: PlatformCourse) -> None:
    """Keep the key by which the LMS names this member now, in its lists and for their grades.

    An LMS may give somebody a new one, as when it joins two accounts.
    """
    if PlatformMember.objects.keep(connected, {membership.user_id: launch.subject}):
        queue_all(membership.course, students=[membership.user_id])


def _keep_services(launch: Launch, connected: PlatformCourse) -> None:
    """Keep where the services of the course are, as the LMS said it last."""
    told = {
        "memberships_url": launch.services.get("memberships", ""),
        "lineitems_url": launch.services.get("lineitems", ""),
    }
    changed = {name: url for name, url in told.items() if url and url != getattr(connected, name)}
    if changed:
        PlatformCourse.objects.filter(pk=connected.pk).update(**changed)
