"""Keep the comments that a grader writes often."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import SavedComment, User
from blog.models.saved_comments import MAX_SAVED_COMMENTS


def save_saved_comment(comment: SavedComment, *, by: User) -> SavedComment:
    """Save a changed comment in its place, or a new one behind the others; Refused if it is one
    too many.
    """
    access.require(access.can_change_own_choices(by, comment.owner))
    with transaction.atomic():
        if comment.pk is None:
            others = _locked(by)
            if len(others) >= MAX_SAVED_COMMENTS:
                message = _("You can save up to %(n)d comments. Delete one to add another.")
                raise Refused(message % {"n": MAX_SAVED_COMMENTS})
            comment.position = others[-1].position + 1 if others else 1
        comment.save()
    return comment


def move_saved_comment(comment: SavedComment, *, by: User, steps: int) -> None:
    """Move a comment down in the list by so many steps, up by negative ones; the ends hold it."""
    access.require(access.can_change_own_choices(by, comment.owner))
    with transaction.atomic():
        ordered = _locked(by)
        if comment not in ordered:
            return  # deleted in another window
        place = ordered.index(comment)
        ordered.insert(max(place + steps, 0), ordered.pop(place))
        for position, one in enumerate(ordered, start=1):
            one.position = position
        SavedComment.objects.bulk_update(ordered, ["position"])


def delete_saved_comment(comment: SavedComment, *, by: User) -> None:
    """Delete a comment from the list; feedback that has its words keeps them."""
    access.require(access.can_change_own_choices(by, comment.owner))
    comment.delete()


def _locked(owner: User) -> list[SavedComment]:
    """Return the comments of a person in their order, for changes that wait for each other."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    return list(SavedComment.objects.filter(owner=owner))
