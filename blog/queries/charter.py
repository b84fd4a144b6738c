"""The charter of a course: its norms, what is proposed, and how it came to be."""

from blog.models import Course, Norm, NormProposal, User


def charter_page(reader: User, course: Course) -> dict:
    """Return the norms, the open proposals and the history of a charter."""
    proposals = NormProposal.objects.in_course(course).visible_to(reader).for_list()
    history = list(proposals.decided())
    norms = list(Norm.objects.in_course(course).current().visible_to(reader))
    first_accepted: dict[int | None, NormProposal] = {}
    for proposal in reversed(history):
        if proposal.state == NormProposal.State.ACCEPTED:
            first_accepted.setdefault(proposal.norm_id, proposal)
    return {
        "norms": [(norm, first_accepted.get(norm.pk)) for norm in norms],
        "proposals": list(proposals.open()),
        "history": history,
    }
