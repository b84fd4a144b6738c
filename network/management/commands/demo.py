"""Load the demo course and list who can sign in."""

import logging
import secrets
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.exceptions import Refused
from blog.models import AuditEvent, Course, Membership, User
from network.demo.load import load_demo
from network.demo.people import PEOPLE
from network.demo.prompts import COURSE

# Everybody can read this, so accounts get it only where DEBUG is on.
PASSWORD = "serendipity"

CAST = ("ines", "kwabena", "harriet", "noor", "tomasz")


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Load the demo course %(slug)s: two dozen students in pods, their posts, "
            "comments, follows and grades, dated so that today is in its eighth week. If "
            "the course exists already, nothing is changed. No email is sent."
        ) % {"slug": COURSE.slug}
        parser.add_argument(
            "--force",
            action="store_true",
            help=_("load it although DEBUG is off, with a random password, which is printed"),
        )

    def handle(self, *args, force, **options):
        if not (settings.DEBUG or force):
            raise CommandError(
                _(
                    "DEBUG is off, so this may be a site with real people. Use --force to load "
                    "the demo course anyway."
                )
            )
        if Course.objects.filter(slug=COURSE.slug).exists():
            self.stdout.write(_("The course %s exists already. Nothing was changed.") % COURSE.slug)
            self._print_cast(PASSWORD if settings.DEBUG else None)
            return
        password = PASSWORD if settings.DEBUG else secrets.token_urlsafe(12)
        try:
            with _nobody_decided():
                load_demo(password)
        except Refused as error:
            raise CommandError(str(error)) from error
        address = settings.SITE_URL + reverse("course_home", args=[COURSE.slug])
        self.stdout.write(_("The demo course is at %s.") % address)
        self._print_cast(password)

    def _print_cast(self, password):
        """Print the cast, with the password of those whose password it still is."""
        roles = {
            person.email: str(Membership.Role(person.role).label)
            for person in PEOPLE
            if person.key in CAST
        }
        people = User.objects.filter(email__in=roles).order_by("pk")
        matches = {}
        for user in people:
            if password and user.password not in matches:
                matches[user.password] = check_password(password, user.password)
            shown = password if matches.get(user.password) else _("(a password of their own)")
            self.stdout.write(f"  {roles[user.email]:<10}  {user.email:<36}  {shown}")


@contextmanager
def _nobody_decided():
    """Leave what is made up out of the log, which tells after a loss what people had decided."""
    log = logging.getLogger(AuditEvent.__module__)
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(level)
