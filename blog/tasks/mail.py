"""Send the mail that is due."""

import logging
import time

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from blog.models import OutboxMessage, claim_row
from blog.models.languages import language_for, offered
from blog.queries.mails import HTML_TEMPLATES, course_of_mail, mail_context
from blog.tasks.retries import NEVER, next_try
from blog.web.logs import told

logger = logging.getLogger(__name__)

MAILS_PER_TICK = 100
MAIL_SECONDS_PER_TICK = 50  # cron starts the next tick after a minute
MAX_MAIL_ATTEMPTS = 12


def send_due_mail() -> int:
    """Send due mail; return the number of mails sent. A failing mail server only delays them.

    No mail is sent inside a transaction: a server that does not answer would stop all writing on
    SQLite. One that is slow has its time, then the rest waits for the next tick.
    """
    sent, stops_at = 0, time.monotonic() + MAIL_SECONDS_PER_TICK
    for pk in list(OutboxMessage.objects.due().values_list("pk", flat=True)[:MAILS_PER_TICK]):
        message = _claim_mail(pk)
        if message is not None:
            sent += _send(message)
        if time.monotonic() > stops_at:
            break
    return sent


def _claim_mail(pk: int) -> OutboxMessage | None:
    """Count an attempt and postpone the next, so that two ticks do not send one mail twice.

    A tick that dies before it has sent the mail leaves it due for a later one.
    """
    due = OutboxMessage.objects.due().select_related("recipient", "guest", "invitation__course")
    message = due.filter(pk=pk).first()
    if message is None:
        return None
    attempts = message.attempts + 1
    # After the last attempt the row stays unsent, for people to look at.
    due_at = timezone.now() + NEVER if attempts >= MAX_MAIL_ATTEMPTS else next_try(attempts)
    if not claim_row(message, "attempts", "due_at", attempts=attempts, due_at=due_at):
        return None
    message.attempts, message.due_at = attempts, due_at
    return message


def _send(message: OutboxMessage) -> bool:
    """Send a claimed mail and store whether that worked; whatever goes wrong is this mail's own.

    One that has nothing to say any more is deleted.
    """
    try:
        email = _email(message)
        if email is None:
            message.delete()
            return False
        email.send()
    except Exception as error:  # of the server, the template, an address: the next mail may be fine
        logger.warning("Mail %s was not sent: %s", message.pk, told(error))
        message.last_error = str(error)[:500] or repr(error)
    else:
        message.sent_at = timezone.now()
        message.last_error = ""
    message.save(update_fields=["sent_at", "last_error"])
    return message.sent_at is not None


def _email(message: OutboxMessage) -> EmailMultiAlternatives | None:
    """Return a mail with what its recipient can see now, or None if that is nothing."""
    with translation.override(message.language), timezone.override(message.zone):
        context = mail_context(message)
        if context is None:
            return None
        if message.recipient and not offered(message.recipient.language):
            translation.activate(language_for(None, course_of_mail(context)))
        text = render_to_string(f"emails/{message.template}.txt", context)
        html = ""
        if message.template in HTML_TEMPLATES:
            html = render_to_string(f"emails/{message.template}.html", context)
    subject, _, body = text.partition("\n")
    email = EmailMultiAlternatives(
        " ".join(subject.split()), body.strip() + "\n", to=[message.email]
    )
    if "reply_to" in context:
        email.reply_to = [context["reply_to"]]
    if html:
        email.attach_alternative(html, "text/html")
    if "stop_address" in context:
        email.extra_headers["List-Unsubscribe"] = f"<{context['stop_address']}>"
        email.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return email
