"""Give posts to students to comment on, where a prompt has a rota."""

from dataclasses import replace

from django.db import transaction

from blog.models import AuditEvent, Notification, Prompt, RotaEntry, store_notifications
from blog.queries.rota import rota_facts
from blog.rota import Pair, RotaFacts, draw, offer


def update_rotas() -> int:
    """Update the running rotas; return how many posts were given or offered."""
    prompts = Prompt.objects.with_running_rota().select_related("course").order_by("pk")
    running = [p for p in prompts if p.is_rota_running and not p.course.is_over]
    return sum(map(_update_rota, running))


def _update_rota(prompt: Prompt) -> int:
    """Give what a prompt's rota lacks, unless its facts change meanwhile: then the next tick does.

    The assignment takes its time outside the transaction, so nobody who publishes waits for it.
    """
    facts = rota_facts(prompt)
    given = draw(facts)
    offers = offer(replace(facts, given=given)) if prompt.offers_posts else frozenset()
    if given == facts.given and not offers:
        return 0
    with transaction.atomic():
        prompt.lock()
        if not prompt.is_rota_running or rota_facts(prompt) != facts:
            return 0
        _store_rota(prompt, facts, given, offers)
    return len(given - facts.given) + len(offers)


def _store_rota(
    prompt: Prompt, facts: RotaFacts, given: frozenset[Pair], offers: frozenset[Pair]
) -> None:
    taken_back, new = facts.given - given, given - facts.given
    for pair in taken_back:
        RotaEntry.objects.filter(reader=pair.reader, post=pair.post).delete()
        Notification.objects.filter(reader=pair.reader, event=f"given:{pair.post}").delete()
    RotaEntry.objects.bulk_create(
        RotaEntry(reader_id=pair.reader, post_id=pair.post, is_offer=pair in offers)
        for pair in sorted(new | offers)
    )
    store_notifications(
        Notification(
            reader_id=pair.reader,
            course=prompt.course,
            event=f"given:{pair.post}",
            kind=Notification.Kind.GIVEN,
            reasons=[Notification.Kind.GIVEN],
            post_id=pair.post,
        )
        for pair in sorted(new)
    )
    AuditEvent.record(
        "rota_updated",
        prompt,
        by=None,
        course=prompt.course,
        given=len(new),
        taken_back=len(taken_back),
        offered=len(offers),
    )
