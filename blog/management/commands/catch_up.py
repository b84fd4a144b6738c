"""Do again what people had decided after a backup was made, once it is restored."""

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from blog.actions.erasure import erase_account
from blog.actions.withheld_names import print_name, withhold_name
from blog.exceptions import Refused
from blog.models import Course, Membership, User
from blog.models.courses import DATES_AHEAD
from blog.tasks import change_courses_on_their_dates


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "After a restore: erase again the accounts that were erased since the backup, withhold "
            "again the names that were withheld, and let the days of courses come that had come. "
            "It reads the file that restore has written. It is safe to run twice."
        )
        parser.add_argument("file", type=Path, metavar="FILE", help=_("what restore has written"))

    def handle(self, *, file: Path, **options):
        try:
            lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        except (OSError, UnicodeError) as error:
            raise CommandError(_("The file cannot be read: %s") % error) from error
        left = {line: fault for line in lines if (fault := _do(line))}
        self.stdout.write(
            _("Done: %(done)d of %(all)d.")
            % {
                "done": len(lines) - len(left),
                "all": len(lines),
            }
        )
        if left:
            said = "".join(f"\n- {line}: {fault}" for line, fault in left.items())
            raise CommandError(_("This is left to do:") + said)


def _do(line: str) -> str:
    """Do what a line says; return why it cannot be done, "" if it is."""
    action, target, *rest = [*line.split(), ""]
    kind, _sign, key = target.partition(":")
    do = BY_LINE.get((action, kind))
    if do is None or not key.isdecimal():
        return _("not a line of such a file")
    try:
        do(int(key), rest[0])
    except (Refused, KeyError) as refusal:
        return str(refusal)
    return ""


def _erase(key: int, _rest: str) -> None:
    for person in User.objects.filter(pk=key, erased_at=None):
        erase_account(person, by=person)


def _withhold(key: int, _rest: str) -> None:
    _decide(key, withhold_name)


def _print(key: int, _rest: str) -> None:
    _decide(key, print_name)


def _decide(key: int, action: Callable) -> None:
    """Decide as an instructor of the course; nothing for a membership from after the backup."""
    for member in Membership.objects.select_related("user", "course").filter(pk=key):
        instructors = member.course.memberships.active().instructors().filter(user__is_active=True)
        instructor = instructors.order_by("pk").select_related("user").first()
        if instructor is None:
            raise Refused(_("The course has no instructor. Appoint one first."))
        action(member, by=instructor.user)


def _let_come(key: int, field: str) -> None:
    if field not in DATES_AHEAD:
        raise KeyError(field)
    with transaction.atomic():
        for course in Course.objects.select_for_update(no_key=True).filter(pk=key):
            Course.objects.filter(pk=key).update(**{field: course.today()})
    change_courses_on_their_dates()


BY_LINE: dict[tuple[str, str], Callable[[int, str], None]] = {
    ("account_erased", "user"): _erase,
    ("name_withheld", "membership"): _withhold,
    ("name_printed", "membership"): _print,
    ("course_date_came", "course"): _let_come,
}
