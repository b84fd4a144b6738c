"""A reference of a post: edit it, correct it from a registry, remove it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.references import change_reference, remove_reference
from blog.actions.works import accept_correction
from blog.exceptions import Refused
from blog.forms.references.reference import KeyForm, WorkForm
from blog.models import Post
from blog.queries.course_entries import differing_entries
from blog.queries.reference_status import reference_statuses
from blog.text.lists import isolated
from blog.views.editor.posts import own_post
from blog.web.decorators import in_course, reload_if_stale
from blog.web.forms import status_of
from blog.web.repeated_submissions import lead_on


@reload_if_stale
@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def reference_edit(request, course, slug, key):
    """Change a reference's key, and its work unless other people's posts use that too."""
    post = own_post(request, course, slug)
    reference = post.references.select_related("work__course").filter(key=key).first()
    if reference is None:
        return _removed(request, post)
    can_change = access.can_change_work(request.user, reference.work)
    data = request.POST or None
    key_form = KeyForm(data, initial={"citation_key": reference.key})
    work_form = WorkForm(data, work=reference.work) if can_change else None
    forms = [form for form in (key_form, work_form) if form]
    are_valid = [form.is_valid() for form in forms]  # each of them says what is wrong with it
    if all(are_valid):
        has_changed = work_form is not None and work_form.edited_fields
        try:
            change_reference(
                reference,
                by=request.user,
                key=key_form.cleaned_data["citation_key"],
                csl=work_form.record() if has_changed else None,
            )
        except Refused as refusal:
            key_form.add_error(None, str(refusal))
            reference.refresh_from_db()
        else:
            messages.success(request, _("Reference saved."))
            return redirect("post_edit", course.slug, post.slug)
    status = reference_statuses([reference.work])[reference.work_id]
    differing = {entry.key: entry.published for entry in differing_entries(post.revision)}
    context = {
        "post": post,
        "reference": reference,
        "key_form": key_form,
        "form": work_form,
        "status": status,
        "published_entry": differing.get(reference.key, ""),
    }
    return render(request, "blog/references/reference_edit.html", context, status=status_of(*forms))


@in_course
@require_POST
def reference_remove(request, course, slug, key):
    """Remove a reference from its post; one that is gone already leads on without a word."""
    post = own_post(request, course, slug)
    reference = post.references.filter(key=key).select_related("post", "work").first()
    if reference is not None:
        try:
            remove_reference(reference, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            label = reference.work.label
            messages.success(
                request, _("%(work)s removed from your references.") % {"work": isolated(label)}
            )
    return redirect("post_edit", course.slug, post.slug)


@in_course
@require_POST
def reference_accept(request, course, slug, key):
    """Accept a correction: a registry's value, or the fix of an error in a record itself."""
    post = own_post(request, course, slug)
    reference = post.references.select_related("work__course").filter(key=key).first()
    if reference is None:
        return _removed(request, post)
    try:
        accept_correction(reference.work, request.POST.get("value", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Reference corrected. Your published post shows this when you publish it again."),
        )
    return redirect("reference_edit", course.slug, post.slug, reference.key)


def _removed(request, post: Post):
    """Report that the post has no such reference, as after its removal or under another key."""
    sentence = _("This reference is not in your post any more.")
    return lead_on(request, sentence, "post_edit", post.course.slug, post.slug)
