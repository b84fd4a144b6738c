"""Load the demo course and say who is in it."""

import secrets

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management.base import BaseCommand, CommandError

from blog.exceptions import Refused
from blog.models import Course, User
from network.demo.load import load_demo
from network.demo.people import PEOPLE
from network.demo.prompts import COURSE

# Known to everybody who can read this, so accounts get it only where DEBUG is on.
PASSWORD = "serendipity"

CAST = ("ines", "kwabena", "harriet", "noor", "tomasz")


class Command(BaseCommand):
    help = (
        f"Loads the demo course, {COURSE.slug}: two dozen students in pods, their posts, "
        "comments, follows and grades, anchored so that today is in its eighth week. "
        "Twice is once. No mail is sent."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--force",
            action="store_true",
            help="load it although DEBUG is off; a password is made up for this load and printed",
        )

    def handle(self, *args, force, **options):
        if not (settings.DEBUG or force):
            raise CommandError(
                "DEBUG is off, so this may be a site with real people. "
                "Say --force to load the demo course all the same."
            )
        if Course.objects.filter(slug=COURSE.slug).exists():
            self.stdout.write(f"The course {COURSE.slug} is there already. Nothing was changed.")
            self._introduce(PASSWORD if settings.DEBUG else None)
            return
        password = PASSWORD if settings.DEBUG else secrets.token_urlsafe(12)
        try:
            load_demo(password)
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The demo course is at {settings.SITE_URL}/c/{COURSE.slug}/.")
        self._introduce(password)

    def _introduce(self, password):
        """Print the cast, with the password of those whose password it still is."""
        emails = {person.email: person.role for person in PEOPLE if person.key in CAST}
        people = User.objects.filter(email__in=emails).order_by("pk")
        checked = {}
        for user in people:
            if password and user.password not in checked:
                checked[user.password] = check_password(password, user.password)
            known = password if checked.get(user.password) else "(its own password)"
            self.stdout.write(f"  {emails[user.email]:<10}  {user.email:<36}  {known}")
