"""The pages of the reference shelf. The desk saves its text before it leads here."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.once import once
from blog.actions.references import (
    add_references,
    add_work,
    change_reference,
    is_record_of,
    remove_reference,
    shelve,
)
from blog.decorators import in_course
from blog.exceptions import Refused
from blog.forms.references import KeyForm, NewWorkForm, PasteForm, WorkForm
from blog.models import Post
from blog.views.writing import own_post


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def reference_add(request, course, slug):
    """Add to the shelf: by pasting what other programs export, or field by field."""
    post = own_post(request, course, slug)
    is_paste = "pasted" in request.POST
    paste = PasteForm(request.POST if is_paste else None, auto_id="paste_%s")
    work = NewWorkForm(request.POST if request.POST and not is_paste else None)
    form = paste if is_paste else work
    if form.is_valid():
        try:
            _add_once(request, post, form)
        except Refused as refusal:
            form.add_error("pasted" if is_paste else None, str(refusal))
        else:
            return redirect("post_edit", course.slug, post.slug)
    context = {"post": post, "paste": paste, "form": work}
    return render(request, "blog/reference_add.html", context)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def reference_edit(request, course, slug, key):
    """Correct a work, where nobody else's post rests on it, and choose its key."""
    post = own_post(request, course, slug)
    reference = get_object_or_404(post.shelf.select_related("work__course"), key=key)
    may_change = access.can_change_work(request.user, reference.work)
    data = request.POST or None
    key_form = KeyForm(data, initial={"citation_key": reference.key})
    work_form = WorkForm(data, csl=reference.work.csl) if may_change else None
    forms = [form for form in (key_form, work_form) if form]
    if all(form.is_valid() for form in forms):
        changed = work_form is not None and work_form.has_changed()
        try:
            change_reference(
                reference,
                by=request.user,
                key=key_form.cleaned_data["citation_key"],
                csl=work_form.record() if changed else None,
            )
        except Refused as refusal:
            key_form.add_error(None, str(refusal))
            reference.refresh_from_db()
        else:
            messages.success(request, _("The reference is changed."))
            return redirect("post_edit", course.slug, post.slug)
    context = {"post": post, "reference": reference, "key_form": key_form, "form": work_form}
    return render(request, "blog/reference_edit.html", context)


@in_course
@require_POST
def reference_remove(request, course, slug, key):
    post = own_post(request, course, slug)
    reference = post.shelf.filter(key=key).select_related("post", "work").first()
    if reference is not None:
        try:
            remove_reference(reference, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            label = reference.work.label
            messages.success(request, _("%(work)s is off the shelf.") % {"work": label})
    return redirect("post_edit", course.slug, post.slug)


def _add_once(request, post: Post, form: PasteForm | NewWorkForm) -> None:
    with once(request.user, form.cleaned_data["key"]) as claim:
        if claim.result is None:
            add = _paste if isinstance(form, PasteForm) else _type_in
            add(request, post, form)
            claim.result = post.slug


def _paste(request, post: Post, form: PasteForm) -> None:
    added = add_references(post, form.cleaned_data["pasted"], by=request.user)
    messages.success(
        request,
        ngettext("%(n)d work is on the shelf.", "%(n)d works are on the shelf.", len(added))
        % {"n": len(added)},
    )


def _type_in(request, post: Post, form: NewWorkForm) -> None:
    record = form.record()
    work = add_work(post.course, record, by=request.user)
    shelve(post, work, by=request.user, key=form.cleaned_data["citation_key"])
    messages.success(request, _("%(work)s is on the shelf.") % {"work": work.label})
    if not is_record_of(work, record):
        messages.info(request, _("The course has a record of this DOI already, and uses that one."))
