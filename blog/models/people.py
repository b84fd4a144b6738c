"""People: one account per person, whatever the number of courses."""

import secrets
import zoneinfo
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, ClassVar
from unicodedata import normalize

from django.apps import apps
from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from blog.exceptions import NotAllowed
from blog.signals import mutes_asked
from blog.text.invisible import strip_invisible

# Usernames are printed in addresses, so they must say nothing about the person: two plain words
# and a number, never a part of the e-mail or of a name that may change.
USERNAME_FIRST = "amber brisk calm clear coral deep early fair fern gold green grey hazel indigo keen late light linen maple mild misty moss north olive open pale plain quiet rapid river rose russet sage silver slate soft south stone summer sunny swift teal tidal umber velvet violet warm west wild winter"  # noqa: E501
USERNAME_SECOND = "alder aspen badger beaver birch bison bittern cedar comet crane curlew dipper dove falcon finch fox gannet grebe harbour hare heron ibis island jay kestrel lake lark linnet lynx marten meadow merlin minnow moth oak orchard osprey otter owl petrel pine plover raven reed robin seal sparrow swan tern thrush tiger vole wren"  # noqa: E501

# What no list of people prints, beside their names and faces.
UNPRINTED_FIELDS = (
    "password",
    "last_login",
    "is_superuser",
    "email",
    "time_zone",
    "language",
    "about",
    "editor",
    "times_grading",
    "is_active",
    "is_staff",
    "erased_at",
    "date_joined",
    "notice_version",
    "notice_accepted_at",
    "version",
)

# What a person can take away again: from then on nobody reads it.
WORDS_TO_EMPTY = ("public_name", "about")
PORTRAIT_TOKEN_LENGTH = 32
PORTRAIT_TOKEN_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def new_username() -> str:
    """Return a random username such as ``quiet-heron-4821`` (about 25 million of them)."""
    first = secrets.choice(USERNAME_FIRST.split())
    second = secrets.choice(USERNAME_SECOND.split())
    return f"{first}-{second}-{secrets.randbelow(9000) + 1000}"


def delete_waiting(emails: models.QuerySet) -> int:
    """Delete those of some emails that wait to take the place of a confirmed one; count them.

    Django asks for the rows first and then deletes them by their keys: without the lock also one
    that is confirmed in between.
    """
    confirmed = emails.model.objects.filter(verified=True, user=OuterRef("user"))
    waiting = emails.filter(Exists(confirmed), verified=False)
    with transaction.atomic():
        locked = waiting.order_by("pk").select_for_update(of=("self",))
        keys = list(locked.values_list("pk", flat=True))
        emails.model.objects.filter(pk__in=keys).delete()
    return len(keys)


def validate_time_zone(name: str) -> None:
    """Validate the name of a time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


def portrait_path(person: "User", name: str) -> str:
    """Return a new path for a portrait: it names nobody, and is another one for each picture."""
    return portrait_path_of(get_random_string(PORTRAIT_TOKEN_LENGTH, PORTRAIT_TOKEN_LETTERS))


def portrait_path_of(token: str) -> str:
    """Return the path of the portrait that a token names."""
    return f"portraits/{token}.webp"


class PersonManager(UserManager):
    """Create people by e-mail; the username is generated where none is given."""

    def with_portrait_visible_to(self, reader):
        """Return the people whose portrait a reader can see: members of their courses, themselves.

        Those who have left a course stay, as their posts do. Where a reader does not see a
        person's name, they do not see the face either.
        """
        if not reader.is_authenticated:
            return self.none()
        courses = [m.course_id for m in reader.memberships_now]
        return (
            self.exclude(portrait="")
            .filter(Q(pk=reader.pk) | Q(memberships__course__in=courses))
            .exclude(pk__in=reader.withheld_faces)
            .distinct()
        )

    def owning_email(self, email):
        """Return whose email this is: they confirmed it, or signed up with it.

        One that waits to take the place of another is nobody's: anybody can ask for any.
        """
        address = email.lower()
        confirmed = Q(emailaddress__email=address, emailaddress__verified=True)
        return self.filter(confirmed | Q(email__iexact=address)).distinct()

    def drop_claims(self, email):
        """Delete requests to change to an email: somebody has just shown that it is theirs.

        An account that has no confirmed email keeps its one.
        """
        addresses = apps.get_model("account", "EmailAddress").objects
        delete_waiting(addresses.filter(email=email.lower()))

    def create_user(self, email, password=None, username=None, **extra_fields):  # type: ignore[override]
        return super().create_user(username or new_username(), email, password, **extra_fields)

    def create_superuser(self, email, password=None, username=None, **extra_fields):  # type: ignore[override]
        """Create a superuser, who can sign in at once: whoever has the shell owns the site."""
        with transaction.atomic(using=self.db):
            user = super().create_superuser(
                username or new_username(), email, password, **extra_fields
            )
            user.confirm_email()  # type: ignore[attr-defined]
        return user

    @classmethod
    def normalize_email(cls, email):
        """Return an email as forms and sign-in have it: in lower case, without invisible signs."""
        return super().normalize_email(normalize("NFKC", strip_invisible(email or ""))).lower()

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """A person. They sign in by e-mail and are known in courses by their display name."""

    class Editor(models.TextChoices):
        VISUAL = "visual", _("Visual")
        MARKDOWN = "markdown", _("Markdown")

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.SlugField(_("username"), max_length=60, unique=True, default=new_username)
    email = models.EmailField(_("email"))
    display_name = models.CharField(
        _("name in your courses"),
        max_length=80,
        help_text=_("You can use the name you go by."),
    )
    public_name = models.CharField(
        _("name on the public web"),
        max_length=80,
        blank=True,
        help_text=_("Shown on your public posts. If it is empty, they are signed “A student”."),
    )
    course_name = models.CharField(
        _("course name"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Printed instead of your name where an instructor has withheld it. If it is empty, "
            "you are given one."
        ),
    )
    # Whether a course withholds this person’s name, for pages of no course: kept with the
    # memberships, which say in which.
    is_confidential = models.BooleanField(
        _("name withheld"), default=False, db_default=False, editable=False
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    # The language of pages and mails; "" is that of the course, else what the browser asks for.
    language = models.CharField(_("language"), max_length=12, blank=True, default="", db_default="")
    about = models.TextField(
        _("about you"),
        max_length=600,
        blank=True,
        help_text=_("Shown at the top of your page. Plain text."),
    )
    portrait = models.FileField(
        _("portrait"),
        upload_to=portrait_path,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    editor = models.CharField(
        _("editor"),
        max_length=10,
        choices=Editor.choices,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    times_grading = models.BooleanField(
        _("measures time on the grading desk"), default=True, db_default=True, editable=False
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Untick this to close the account. Nothing is deleted."),
    )
    is_staff = models.BooleanField(
        _("site staff"),
        default=False,
        help_text=_("Staff can sign in here. What they can do depends on their permissions."),
    )
    is_superuser = models.BooleanField(
        _("superuser"), default=False, help_text=_("Superusers have all permissions.")
    )
    # Since when nothing of the account is left but the row that grades of theirs point to.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(_("signed up"), default=timezone.now)
    # Which collection notice they accepted last, and when; audit events have the earlier ones.
    notice_version = models.CharField(
        _("notice accepted"), max_length=40, blank=True, default="", db_default="", editable=False
    )
    notice_accepted_at = models.DateTimeField(
        _("notice accepted at"), null=True, blank=True, editable=False
    )

    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_email",
                violation_error_message=_("An account with this email already exists."),
            ),
            models.UniqueConstraint(
                fields=["portrait"], condition=~Q(portrait=""), name="one_person_per_portrait"
            ),
        ]

    def __str__(self):
        return name_for(self)

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name.split(" ")[0] if self.display_name else self.username

    @property
    def writes_markdown(self) -> bool:
        """Return whether this person writes in Markdown; all others use the visual editor."""
        return self.editor == self.Editor.MARKDOWN

    @cached_property
    def memberships_now(self):
        """Return the active memberships, with course and pod, loaded once per request.

        Whoever is signed in comes with them (``blog.web.backends``).

        Each has ``course_withholds_names``: whether its course has confidential members;
        ``course_has_gates``: whether it has prompts that show posts once one's own is published;
        ``has_news``: whether the course has a notification that this person has not seen;
        ``course_has_cases``: whether there is any case of moderation in it; and
        ``course_case_waits``: whether one waits for a decision, about something that is not
        deleted.
        """
        found = self.memberships.model.objects.now_of(self.pk)
        for membership in found:
            membership.user = self
        return found

    def forget_memberships(self) -> None:
        """Clear the loaded memberships, after they have changed."""
        self.__dict__.pop("memberships_now", None)

    @property
    def has_news(self) -> bool:
        """Return whether there is a notification to see, for the sign in the masthead.

        It costs no query: where nobody has asked for the memberships there is no sign.
        """
        return any(m.has_news for m in self.__dict__.get("memberships_now", ()))

    def membership_in(self, course):
        """Return this person's active membership in a course, or None."""
        return next((m for m in self.memberships_now if m.course_id == course.pk), None)

    @property
    def gated_prompts(self) -> frozenset[int]:
        """Return the prompts whose posts by others this person sees after publishing their own."""
        return frozenset().union(*(m.gated_prompts for m in self.memberships_now))

    @cached_property
    def withheld_names(self) -> frozenset[int]:
        """Return the people whose names this person does not read now: confidential members.

        The teaching team reads them on the pages of its lists alone (``reads_list_of``), and on
        all others what the class reads: they are shown to classes, and mailed.
        """
        listed = self.__dict__.get("reads_list_of")
        return frozenset(person for course, person in self.confidential_now if course != listed)

    @cached_property
    def withheld_faces(self) -> frozenset[int]:
        """Return the people whose portraits this person cannot open: confidential, not taught."""
        taught = {m.course_id for m in self.memberships_now if m.teaches}
        return frozenset(person for course, person in self.confidential_now if course not in taught)

    @cached_property
    def confidential_now(self) -> frozenset[tuple[int, int]]:
        """Return the confidential members of this person's courses, as keys of course and person.

        Costs a query only in a course that withholds a name.
        """
        courses = [m.course_id for m in self.memberships_now if m.course_withholds_names]
        if not courses:
            return frozenset()
        withheld = self.memberships.model.objects.filter(course__in=courses, is_confidential=True)
        return frozenset(withheld.exclude(user=self).values_list("course_id", "user_id"))

    def read_list_of(self, course) -> None:
        """Read the real names of a course from now on: this person teaches it, on a list page."""
        self.reads_list_of = course.pk
        self.__dict__.pop("withheld_names", None)

    @cached_property
    def muted_now(self) -> frozenset[tuple[int, int]]:
        """Return the muted people, as keys of course and person; one query per request."""
        answers: list[tuple[Any, Any]] = mutes_asked.send(type(self), reader=self)
        return frozenset(pair for _receiver, pairs in answers for pair in pairs)

    def confirm_email(self) -> None:
        """Confirm the email, as if its link had been opened."""
        addresses = self.emailaddress_set  # type: ignore[attr-defined]
        addresses.update_or_create(
            email__iexact=self.email,
            defaults={"email": self.email.lower(), "primary": True, "verified": True},
        )

    def take_name(self, name: str) -> None:
        """Take the name of whoever shows that this account is theirs; another chose the old one."""
        self.display_name = name
        self.save(update_fields=["display_name"])

    def drop_pending_emails(self) -> None:
        """Delete the emails this person asked to change to and has not confirmed.

        Their links end with them. An account that has no confirmed email yet keeps its one.
        """
        delete_waiting(self.emailaddress_set.all())  # type: ignore[attr-defined]

    @property
    def has_confirmed_email(self) -> bool:
        addresses = self.emailaddress_set  # type: ignore[attr-defined]
        return addresses.filter(email__iexact=self.email, verified=True).exists()

    @property
    def confirmed_emails(self) -> frozenset[str]:
        """Return all confirmed emails of this person, in lower case."""
        addresses = self.emailaddress_set.filter(verified=True)  # type: ignore[attr-defined]
        return frozenset(email.lower() for email in addresses.values_list("email", flat=True))

    @property
    def emails_of_owner(self) -> frozenset[str]:
        """Return the emails that let their owner into this account: never an unconfirmed one.

        Somebody who signed up and has confirmed none yet has the one they typed.
        """
        return self.confirmed_emails or frozenset([self.email.lower()])

    @property
    def portrait_token(self) -> str:
        """Return the token by which an address names the portrait; empty without one."""
        return PurePosixPath(str(self.portrait)).stem if self.portrait else ""

    @staticmethod
    def write_portrait(square: bytes) -> str:
        """Write the file of a portrait and return its name; no row has it yet."""
        portrait = User().portrait
        portrait.save("", ContentFile(square), save=False)
        return str(portrait)

    @staticmethod
    def delete_portrait_file(name: str) -> None:
        User().portrait.storage.delete(name)

    @property
    def neutral_name(self) -> str:
        """Return the course name: the chosen one, else “Quiet Heron” for ``quiet-heron-4821``."""
        return self.course_name or self.given_name

    @property
    def given_name(self) -> str:
        """Return the course name of people who have chosen none."""
        words = [word.capitalize() for word in self.username.split("-") if word.isalpha()]
        return " ".join(words) or self.username

    @property
    def empty_words(self) -> str:
        """Return the empty or removed words of a profile, as audit events name them."""
        return ",".join(name for name in WORDS_TO_EMPTY if not getattr(self, name))

    @property
    def signed_name(self) -> str:
        """Return the name below public posts, "" without one or where a course withholds it."""
        return self.neutral_name if self.is_confidential else self.public_name


def shown_name(prefix: str = "") -> Case:
    """Return an expression that sorts people without revealing whose name is withheld."""
    withheld = {f"{prefix}is_confidential": True}
    return Case(
        When(**withheld, **{f"{prefix}course_name": ""}, then=F(f"{prefix}username")),
        When(**withheld, then=F(f"{prefix}course_name")),
        default=F(f"{prefix}display_name"),
    )


def name_for(person, reader=None, *, public=False) -> str:
    """Return the name under which ``reader`` knows ``person``; every printed name comes from here.

    ``public`` is for pages outside the course, which print no classmate's display name. Somebody
    whose membership is confidential has a course name: for the teaching team too, but in the
    roster and the gradebook. So they have where no reader is known.
    """
    if person is None:
        return str(_("A guest"))
    if public:
        return person.signed_name or str(_("A student"))
    if is_withheld(person, reader):
        return person.neutral_name
    return person.display_name or person.username


def portrait_for(person, reader) -> str:
    """Return the token of the portrait that ``reader`` sees of ``person``, or "" for initials.

    Costs no query of its own. Lists show people of the reader's courses alone; the file is asked
    for through ``with_portrait_visible_to``.
    """
    if person is None or reader is None or not reader.is_authenticated:
        return ""
    return "" if is_withheld(person, reader) else person.portrait_token


def is_withheld(person, reader) -> bool:
    """Return whether a reader may not know who somebody is; nobody is hidden from themselves."""
    if reader is None or not reader.is_authenticated:
        return person.is_confidential
    return person.id != reader.id and person.id in reader.withheld_names


def lock_writer(person: User | AnonymousUser) -> None:
    """Hold the row of whoever writes until the transaction ends, after a post's own.

    Erasing an account holds it too. Raises NotAllowed for an account that was erased since the
    request began, whose words would stay for good.
    """
    if not isinstance(person, User):
        return
    rows = User.objects.select_for_update(no_key=True).only("erased_at")
    refuse_erased(rows.get(pk=person.pk))


def refuse_erased(person: User) -> None:
    """Refuse what an account that was erased meanwhile would write."""
    if person.erased_at is not None:
        raise NotAllowed(_("This account was erased. Nothing can be written in its name."))
