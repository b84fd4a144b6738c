"""The visual editor's questions: what a text is in pieces, and which of them would be lost.

All answer a script in JSON and save nothing. Those about a post know a new one as the preview does,
by ``new``; those about a comment are asked for feedback too, which has the same small set of marks.
"""

from collections.abc import Callable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.accounts import choose_editor
from blog.exceptions import TextRefused
from blog.models import Course, Post, User
from blog.text import MAX_POST_CHARS
from blog.text.visual import Piece, comment_pieces_of, lost_pieces, pieces_of
from blog.views.editor.page import NEW
from blog.views.editor.posts import own_post
from blog.web.decorators import in_course
from blog.web.forms import UNPROCESSABLE
from blog.web.rate_limits import MINUTE, enforce_rate_limit
from blog.web.submitted_json import read_submitted_json

OPENINGS = 60  # a minute; each reads the whole text once or twice
BAD_REQUEST = 400

Reader = Callable[[str], list[Piece]]


@require_POST
def editor_choose(request):
    """Remember in which editor this person writes."""
    editor = request.POST.get("editor")
    if editor not in User.Editor.values:
        return HttpResponse(status=BAD_REQUEST)
    choose_editor(request.user, editor, by=request.user)
    return HttpResponse(status=204)


@in_course
@require_POST
def visual_pieces(request, course, slug):
    """Return to the visual editor the pieces of a submitted text."""
    post = _post(request, course, slug)
    return _answer_pieces(request, _reader_of(post, request))


@in_course
@require_POST
def visual_check(request, course, slug):
    """Return to the visual editor the pieces of a text that it must show as their source.

    ``written`` is JSON: for each piece the source and the gap that the editor would write.
    """
    post = _post(request, course, slug)
    return _answer_check(request, _reader_of(post, request))


@in_course
@require_POST
def comment_pieces(request, course):
    """Return to the small editor the pieces of a comment or of feedback."""
    _admit(request, course)
    return _answer_pieces(request, comment_pieces_of)


@in_course
@require_POST
def comment_check(request, course):
    """Return to the small editor the pieces of a comment that it must show as their source."""
    _admit(request, course)
    return _answer_check(request, comment_pieces_of)


def _answer_pieces(request, read: Reader) -> JsonResponse:
    try:
        pieces = read(_text(request))
    except TextRefused as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)
    return JsonResponse(
        {
            "pieces": [
                {
                    "source": piece.source,
                    "gap": piece.gap,
                    "html": piece.html if piece.is_complete else "",
                }
                for piece in pieces
            ]
        }
    )


def _answer_check(request, read: Reader) -> JsonResponse:
    written = _written(request.POST.get("written", ""))
    try:
        pieces = read(_text(request))
    except TextRefused as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)
    if written is None or len(written) != len(pieces):
        return JsonResponse({}, status=BAD_REQUEST)
    return JsonResponse({"lost": lost_pieces(pieces, written, read)})


def _text(request) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n")


def _reader_of(post: Post, request) -> Reader:
    """Return a function that reads texts of this post, with its references and pictures."""
    return partial(pieces_of, works=_works(post), pictures=post.pictures_in(_text(request)))


def _admit(request, course: Course) -> None:
    """Refuse those who write nothing here, and count the request."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    enforce_rate_limit(request, "visual", OPENINGS, per=MINUTE)


def _post(request, course: Course, slug: str) -> Post:
    """Return the writer's post, or the post that a new one will be, and count the request."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    post = Post(course=course) if slug == NEW else own_post(request, course, slug)
    enforce_rate_limit(request, "visual", OPENINGS, per=MINUTE)
    return post


def _works(post: Post) -> dict[str, dict]:
    return {reference.key: reference.work.csl for reference in post.references_with_works()}


def _written(value: str) -> list[tuple[str, str]] | None:
    """Return the pairs of a JSON list of pairs of strings; None for anything else."""
    if len(value) > 10 * MAX_POST_CHARS:
        return None
    try:
        pairs = read_submitted_json(value)
    except ValueError:
        return None
    if not isinstance(pairs, list):
        return None
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2):
            return None
        if not all(isinstance(part, str) for part in pair):
            return None
    return [(source, gap) for source, gap in pairs]
