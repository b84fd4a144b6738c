from django.core.management.base import BaseCommand

from blog.actions.checks import check_due_works
from blog.actions.letters import send_due_letters


class Command(BaseCommand):
    help = "Do all recurring work that is due. Safe to run twice; one cron line runs it."

    def handle(self, **options):
        self.stdout.write(f"Letters sent: {send_due_letters()}")
        self.stdout.write(f"Works checked: {check_due_works()}")
