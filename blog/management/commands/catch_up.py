"""Do again what people had decided after a backup was made, once it is restored."""

import logging
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from blog.exceptions import Refused
from blog.management.backups.decisions import in_order, lines_of
from blog.management.backups.line_parser import NoLine
from blog.management.backups.replay import replay_line

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "After a restore: repeat what people decided after the backup was made and "
            "the restore has undone, such as erased accounts, withheld names, ended "
            "memberships and deleted posts. It reads the file that restore has written, "
            "before the server starts. It is safe to run twice: what was decided again "
            "in the meantime stays."
        )
        parser.add_argument("file", type=Path, metavar="FILE", help=_("what restore has written"))

    def handle(self, *, file: Path, **options):
        try:
            sign, lines = lines_of(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeError) as error:
            raise CommandError(_("The file cannot be read: %s") % error) from error
        left = _do(in_order(lines), sign)
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


def _do(lines: list[str], sign: str) -> dict[str, str]:
    """Apply lines; return those that cannot be applied, and why.

    One may wait for another: a course needs a new instructor before the last one can go.
    """
    left = dict.fromkeys(lines, "")
    while True:
        before = len(left)
        for line in list(left):
            try:
                replay_line(line, sign)
            except NoLine:
                left[line] = _("not a line of such a file")
            except Refused as refusal:
                left[line] = str(refusal)
            except Exception as error:  # nothing of this line is written, and others are done
                logger.exception("This line could not be done: %s", line)
                left[line] = f"{type(error).__name__}: {error}"
            else:
                del left[line]
        if len(left) == before:
            return left
