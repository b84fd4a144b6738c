from django.core.management.base import BaseCommand

from blog.tasks import send_due_mail, verify_due_works


class Command(BaseCommand):
    help = "Do all recurring work that is due. Safe to run twice; one cron line runs it."

    def handle(self, **options):
        self.stdout.write(f"Mails sent: {send_due_mail()}")
        self.stdout.write(f"Works verified: {verify_due_works()}")
