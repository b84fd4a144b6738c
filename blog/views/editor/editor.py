"""The editor: start a post, continue writing, preview it, publish it.

One form holds everything. Each button sends all of it to the address of what the button does.
Whatever that is, the text is saved first, so that nothing is lost on the way to another page.
``new`` in an address means a post that is not stored yet.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from blog import access
from blog.actions.comment_uses import name_used_comments
from blog.actions.drafts import save_draft
from blog.actions.posts import publish_post
from blog.actions.references import add_reference, remove_reference
from blog.actions.works import accept_correction
from blog.citations.keys import is_key
from blog.forms.editor.post import NewPostForm, PostForm, initial_from_draft
from blog.models import Audience, Course, Post, PostTarget, Prompt, Revision
from blog.queries.course_entries import differing_entries
from blog.queries.editor import editor_context, unanswered_prompts
from blog.queries.publish_question import PublishQuestion, open_points, publish_question
from blog.queries.works import findable_works
from blog.text.lists import isolated
from blog.text.rewriting import correct_key, keep_as_name, link_citation, link_citations
from blog.text.scaffold import scaffold
from blog.views.editor.page import NEW, show_editor
from blog.views.editor.posts import own_post
from blog.views.editor.saving import Saved, lead_to_editor, save_form, saves_first
from blog.web.decorators import in_course
from blog.web.rate_limits import enforce_rate_limit

NO_PROMPT = "none"
ASKS = "publish"  # in the address of an editor that asks before publishing
# A preview renders the whole text. One asked for while typing comes every second or two.
PREVIEWS, PER_SECONDS = 15, 10
MAX_ENTRIES_IN_MESSAGE = 3
MAX_TYPED_CHARS = 1_000  # that an address carries on to the next page


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request, course):
    """Show an empty editor; the first save creates the post."""
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    if request.method == "POST":
        saved = save_form(request, course, NEW)
        return saved if isinstance(saved, HttpResponse) else _to_editor(saved.post)
    unanswered = unanswered_prompts(request.user, course)
    prompt = _requested_prompt(request, course, unanswered)
    if prompt is not None and prompt not in unanswered:
        post = Post.objects.active().by(request.user).answering(prompt).get()
        return redirect("post_edit", course.slug, post.slug)
    form = NewPostForm(
        course=course,
        reader=request.user,
        for_prompt=prompt,
        initial={"audience": _default_audience(course, prompt), "prompt": prompt and prompt.number},
    )
    return show_editor(request, course, form, prompt=prompt, unanswered=unanswered)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request, course, slug):
    """Edit a draft or a published post; ``?publish`` asks what publishing it would leave open.

    Of a post from one's own blog only the prompt and the readers are chosen here.
    """
    post = own_post(request, course, slug, to_edit=request.method == "POST")
    if post.follows_source:
        return redirect("imported_post_edit", course.slug, post.slug)
    if request.method == "POST":
        saved = save_form(request, course, slug)
        return saved if isinstance(saved, HttpResponse) else _to_editor(saved.post)
    draft = PostTarget(post).draft_by(request.user)
    initial = initial_from_draft(draft, course, post.prompt)
    form = PostForm(course=course, for_prompt=post.prompt, initial=initial)
    if ASKS not in request.GET:
        return show_editor(request, course, form, post=post, draft=draft)
    context = editor_context(request.user, course, post=post, prompt=post.prompt, text=draft.text)
    question = _question(post, draft.content, context)
    return show_editor(
        request,
        course,
        form,
        post=post,
        draft=draft,
        needs_confirmation=question is not None,
        context=context | {"question": question},
    )


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_preview(request, course, slug):
    """Show the editor with the submitted text, and save nothing."""
    if request.method != "POST":
        return lead_to_editor(request, course, slug)
    if not access.can_write_post(request.user, course):
        raise PermissionDenied
    enforce_rate_limit(request, "preview", PREVIEWS, per=PER_SECONDS)
    if slug == NEW:
        form = NewPostForm(request.POST, course=course, reader=request.user)
        form.is_valid()
        prompt = form.cleaned_data.get("prompt")
        return show_editor(request, course, form, prompt=prompt, status=200)
    post = own_post(request, course, slug)
    form = PostForm(request.POST, course=course, for_prompt=post.prompt)
    form.is_valid()
    return show_editor(request, course, form, post=post, status=200)


@saves_first
def post_publish(request, saved):
    """Publish, after asking once about what the text leaves open of its prompt and references."""
    post, form = saved.post, saved.form
    fields = form.cleaned_data
    context = editor_context(
        request.user, post.course, post=post, prompt=post.prompt, text=fields["text"]
    )
    question = _question(post, fields, context)
    if not fields["confirm"] and question:
        return _to_question(post)
    audience_before = post.audience if post.is_published else None
    with transaction.atomic():
        revision = publish_post(
            post,
            by=request.user,
            title=fields["title"],
            text=fields["text"],
            content_note=fields["content_note"],
            audience=fields["audience"],
            public_until=form.public_until(),
            version=PostTarget(post).version_of(saved.draft),
            rendered_post=context["rendered_post"],
            left_open=open_points(context),
        )
        name_used_comments(revision, fields["used_comments"], by=request.user)
    messages.success(request, _published(audience_before, fields["audience"]))
    _say_what_differs(request, post, revision)
    return redirect(post)


@saves_first
def post_scaffold(request, saved):
    """Fill an empty text with the questions of a reflection."""
    if not saved.draft.text.strip():
        _save_text(request, saved, scaffold())
    return _to_editor(saved.post)


@saves_first
def editor_name_keep(request, saved, key):
    """Keep a word with @ as a name, so that it cites nothing."""
    _save_text(request, saved, keep_as_name(saved.draft.text, key))
    return _to_editor(saved.post)


@saves_first
def editor_key_correct(request, saved, key):
    """Write the key of a reference in place of one that differs in case or punctuation."""
    wrong = request.POST.get("wrong", "")
    if wrong and saved.post.references.filter(key=key).exists():
        _save_text(request, saved, correct_key(saved.draft.text, wrong, key))
    return _to_editor(saved.post)


@saves_first
def editor_citation_link(request, saved, key):
    """Write the key of a reference in place of a citation that is typed by hand."""
    _link_citation(request, saved, key)
    return _to_editor(saved.post)


@saves_first
def editor_work_cite(request, saved, pk):
    """Add a work of the course, and write its key in place of a citation typed by hand."""
    work = findable_works(request.user, saved.post.course).filter(pk=pk).first()
    if work is not None:
        reference = add_reference(saved.post, work, by=request.user)
        _link_citation(request, saved, reference.key)
    return _to_editor(saved.post)


def _link_citation(request, saved: Saved, key: str) -> None:
    references = saved.post.references_with_works()
    works = {reference.key: reference.work.csl for reference in references}
    labels = {reference.key: reference.work.label for reference in references}
    citation = request.POST.get("citation", "")
    if key in works and citation:
        linked = link_citation(saved.draft.text, citation, key, works)
        if linked == saved.draft.text:
            messages.warning(
                request,
                _("This citation could not be linked. Cite your reference %(work)s in its place.")
                % {"work": isolated(str(labels[key]))},
            )
        else:
            _save_text(request, saved, linked)


@saves_first
def editor_citations_link(request, saved):
    """Write keys in place of all citations typed by hand that mean one reference alone."""
    post, text = saved.post, saved.draft.text
    context = editor_context(request.user, post.course, post=post, prompt=post.prompt, text=text)
    keys = {one.citation: one.key for one in context["typed_citations"]}
    linked = link_citations(text, keys, context["works"]) if keys else text
    if linked != text:
        _save_text(request, saved, linked)
        number = len(keys)
        messages.success(
            request,
            ngettext("%(n)d citation is linked.", "%(n)d citations are linked.", number)
            % {"n": number},
        )
    _say_what_is_ambiguous(request, context["ambiguous"])
    return _to_editor(post)


@saves_first
def editor_paste(request, saved):
    return redirect("post_paste", saved.post.course.slug, saved.post.slug)


@saves_first
def editor_picture(request, saved):
    return redirect("picture_add", saved.post.course.slug, saved.post.slug)


@saves_first
def editor_reference_add(request, saved):
    """Redirect to the page that adds a reference: with its key in the text, or the typed text."""
    address = reverse("reference_add", args=[saved.post.course.slug, saved.post.slug])
    key, typed = request.POST.get("missing", ""), ""
    if "type_in" in request.POST:
        typed = request.POST.get("find", "").strip()[:MAX_TYPED_CHARS]
    query = {"key": key} if is_key(key) else {"typed": typed} if typed else {}
    return redirect(f"{address}?{urlencode(query)}" if query else address)


@saves_first
def editor_reference_edit(request, saved, key):
    if not saved.post.references.filter(key=key).exists():
        return _to_editor(saved.post)
    return redirect("reference_edit", saved.post.course.slug, saved.post.slug, key)


@saves_first
def editor_reference_remove(request, saved, key):
    reference = saved.post.references.filter(key=key).select_related("post__course").first()
    if reference is not None:
        remove_reference(reference, by=request.user)
    return _to_editor(saved.post)


@saves_first
def editor_correction_accept(request, saved, key, name):
    """Correct the record of a reference with one value from a registry."""
    references = saved.post.references.select_related("work__course")
    reference = references.filter(key=key).first()
    if reference is not None:
        accept_correction(reference.work, name, by=request.user)
    return _to_editor(saved.post)


def _requested_prompt(request, course: Course, unanswered: list[Prompt]) -> Prompt | None:
    """Return the prompt that the address names, else a student's current prompt, else None.

    The current prompt is the one that opened last. Once the student has a post for it, and for the
    teaching team, a new post has no prompt.
    """
    requested = request.GET.get("prompt", "")
    opened = Prompt.objects.in_course(course).visible_to(request.user).writable()
    if requested == NO_PROMPT:
        return None
    if requested:
        number = requested if requested.isdecimal() else None
        return get_object_or_404(opened, number=number)
    if not request.membership.is_student:
        return None
    current = opened.order_by("-opens_at", "-position", "-number").first()
    return current if current in unanswered else None


def _default_audience(course: Course, prompt: Prompt | None) -> int:
    return min(course.default_audience, course.widest_audience_for(prompt))


def _question(post: Post, fields: dict, context: dict) -> PublishQuestion | None:
    """Return the question before publishing; None for a text that cannot be published anyway."""
    is_empty = not (fields["title"] and fields["text"].strip())
    is_closed = post.published_at is None and post.prompt is not None and post.prompt.is_closed
    if is_empty or is_closed or context["rendered"] is None:
        return None
    return publish_question(context, post.left_open, used=fields["used_comments"])


def _say_what_differs(request, post: Post, revision: Revision) -> None:
    """Report the references of a version with another entry in the course, which had it first."""
    entries = differing_entries(revision)
    if entries:
        context = {
            "post": post,
            "course": post.course,
            "entries": entries[:MAX_ENTRIES_IN_MESSAGE],
            "more": max(0, len(entries) - MAX_ENTRIES_IN_MESSAGE),
        }
        messages.info(
            request, render_to_string("blog/references/_course_entries.html", context, request)
        )


def _say_what_is_ambiguous(request, citations: list[str]) -> None:
    if citations:
        context = {"ambiguous": citations}
        messages.info(request, render_to_string("blog/editor/_left_ambiguous.html", context))


def _published(before: int | None, now: int) -> str:
    """Return what publishing did; a narrower audience than ``before`` has its own consequences."""
    if before is None:
        return _("Your post is published.")
    if now >= before:
        return _("Your changes are published.")
    return _(
        "Your changes are published. Before, your post was visible to: %(before)s. Now the post "
        "and its comments are visible to: %(now)s. To undo this, choose “%(before)s” again and "
        "publish."
    ) % {"before": Audience(before).label, "now": Audience(now).label}


def _save_text(request, saved: Saved, text: str) -> None:
    target = PostTarget(saved.post)
    save_draft(
        target,
        by=request.user,
        version=target.version_of(saved.draft),
        **saved.form.content() | {"text": text},
    )


def _to_editor(post: Post) -> HttpResponse:
    return redirect("post_edit", post.course.slug, post.slug)


def _to_question(post: Post) -> HttpResponse:
    """Redirect to the editor that asks: a page that is reloaded shows the text of now."""
    address = reverse("post_edit", args=[post.course.slug, post.slug])
    return redirect(f"{address}?{ASKS}")
