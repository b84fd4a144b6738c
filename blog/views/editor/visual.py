"""The visual editor's questions: what a text is in pieces, and which of them would be lost.

Both answer a script in JSON, save nothing, and know a new post as the preview does, by ``new``.
"""

import json
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.accounts import choose_editor
from blog.exceptions import TextRefused
from blog.models import Course, Post, User
from blog.text import MAX_POST_CHARS
from blog.text.visual import lost_pieces, pieces_of
from blog.views.editor.page import NEW
from blog.views.editor.posts import own_post
from blog.web.decorators import in_course
from blog.web.forms import UNPROCESSABLE
from blog.web.rate_limits import MINUTE, enforce_rate_limit

OPENINGS = 60  # a minute; each reads the whole text once or twice
BAD_REQUEST = 400


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
    """Tell the visual editor the pieces of a submitted text."""
    post = _post(request, course, slug)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        pieces = pieces_of(text, _works(post), pictures=post.pictures_in(text))
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


@in_course
@require_POST
def visual_check(request, course, slug):
    """Tell the visual editor which pieces of a text it must show as their source.

    ``written`` is JSON: for each piece the source and the gap that the editor would write.
    """
    post = _post(request, course, slug)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    written = _written(request.POST.get("written", ""))
    read = partial(pieces_of, works=_works(post), pictures=post.pictures_in(text))
    try:
        pieces = read(text)
    except TextRefused as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNPROCESSABLE)
    if written is None or len(written) != len(pieces):
        return JsonResponse({}, status=BAD_REQUEST)
    return JsonResponse({"lost": lost_pieces(pieces, written, read)})


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
        pairs = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(pairs, list):
        return None
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2):
            return None
        if not all(isinstance(part, str) for part in pair):
            return None
    return [(source, gap) for source, gap in pairs]
