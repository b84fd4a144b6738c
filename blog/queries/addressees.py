"""Possible addressees of a comment: offered to its writer, never assumed."""

from django.db.models import Q

from blog import access
from blog.models import Comment, User, name_for
from blog.models.people import UNPRINTED_FIELDS
from blog.models.prepared_queries import prepared
from blog.queries.comments import possible_addressees
from blog.text.vocatives import called_people, names_anybody


def called_addressees(comment: Comment, reader: User) -> list[User]:
    """Return the people whom a comment of the reader's own calls at its start.

    They take part in the conversation. If the comment is for one of them already, or its writer
    has said whom it is for, nobody is returned. People who share a name are all returned.
    """
    if comment.author_id != reader.pk or comment.addressee_corrected or comment.is_deleted:
        return []
    # Most comments name nobody, which takes no look at who of all these sees which comment.
    takers = _takers.rows(None, post=comment.post_id, author=comment.post.author_id)
    if not names_anybody(comment.text, (name_for(person, reader) for person in takers)):
        return []
    people = {person.pk: person for person in possible_addressees(comment, reader)}
    names = {pk: name_for(person, reader) for pk, person in people.items()}
    called = called_people(comment.text, names)
    if comment.addressee_id in called:
        return []
    return [people[pk] for pk in called]


@prepared
def _takers(_shape, post: int, author: int):
    authors = Comment.objects.filter(post=post).values("author")
    people = User.objects.filter(Q(pk=author) | Q(pk__in=authors))
    return people.defer(*UNPRINTED_FIELDS)


def former_addressee(comment: Comment, reader: User, pk: int | None) -> User | None:
    """Return the person whom a comment was for before, if the reader can make it so again."""
    if comment.is_deleted or pk is None or pk == comment.addressee_id:
        return None
    if not access.can_correct_addressee(reader, comment):
        return None
    return possible_addressees(comment, reader).filter(pk=pk).first()
