"""Rubrics: for the course's instructors."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.actions.rubrics import save_rubric
from blog.exceptions import Refused, Taken
from blog.forms.grading.rubric_changes import arranged, write_removed
from blog.forms.grading.rubric_rows import CriterionRow, read_rows
from blog.forms.grading.rubric_start import default_levels, row_of, stored_rows, with_rows
from blog.forms.grading.rubrics import NewRubricForm, RubricForm
from blog.models import Rubric, User
from blog.queries.own_rubrics import criteria_to_take, rubrics_to_copy
from blog.web.decorators import in_course, instructors_only, reload_if_stale
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.keys import read_key


@in_course
@instructors_only
def rubric_list(request, course):
    rubrics = course.rubrics.prefetch_related("criteria__levels", "prompts", "prompts_for_comments")
    context = {
        "rubrics": [rubric for rubric in rubrics if rubric.archived_at is None],
        "archived": [rubric for rubric in rubrics if rubric.archived_at is not None],
    }
    return render(request, "blog/grading/rubric_list.html", context)


@in_course
@instructors_only
def rubric_new(request, course):
    """Make a rubric, from nothing or, with ``?from=``, from another one of the person's courses."""
    start = {} if request.POST else _copied(request)
    form = NewRubricForm(request.POST or None, course=course, **start)

    def create() -> str:
        _save(form, by=request.user)
        return reverse("rubric_list", args=[course.slug])

    address = create_once(form, f"rubric_new {course.pk}", by=request.user, create=create)
    if address is not None:
        messages.success(request, _("Rubric created. Choose it in a prompt to use it."))
        return redirect(address)
    return show_rubric_form(request, form)


@reload_if_stale
@in_course
@instructors_only
def rubric_edit(request, course, pk):
    rubric = get_object_or_404(Rubric, course=course, pk=pk)
    form = RubricForm(request.POST or None, instance=rubric, course=course)
    if form.is_valid():
        try:
            _save(form, by=request.user)
        except Taken as refusal:
            form.add_error(refusal.field, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Rubric saved."))
            return redirect("rubric_list", course.slug)
    return show_rubric_form(request, form)


@in_course
@instructors_only
@require_POST
def rubric_new_arrange(request, course):
    """Show the form of a new rubric as the pressed button leaves it; nothing is saved."""
    return _arrange(request, NewRubricForm, course=course)


@in_course
@instructors_only
@require_POST
def rubric_arrange(request, course, pk):
    """Show the form of a rubric as the pressed button leaves it; nothing is saved."""
    rubric = get_object_or_404(Rubric, course=course, pk=pk)
    return _arrange(request, RubricForm, course=course, instance=rubric)


def show_rubric_form(request, form: RubricForm, **context) -> HttpResponse:
    """Return the page of a new or a stored rubric with its form."""
    is_new = form.instance.pk is None
    slug, keys = form.instance.course.slug, [] if is_new else [form.instance.pk]
    of_form = "rubric_new" if is_new else "rubric_edit"
    context |= {
        "form": form,
        "save": reverse(of_form, args=[slug, *keys]),
        "arrange": reverse(
            "rubric_new_arrange" if is_new else "rubric_arrange", args=[slug, *keys]
        ),
        "criteria_to_take": criteria_to_take(request.user, besides=form.instance),
    }
    return render(request, f"blog/grading/{of_form}.html", context, status=status_of(form))


def _arrange(request, form_class: type[RubricForm], **kwargs) -> HttpResponse:
    state = arranged(
        read_rows(request.POST),
        request.POST,
        defaults=default_levels(),
        taken=_taken(request),
    )
    data = with_rows(request.POST, state.rows, removed=write_removed(state.removed))
    form = form_class(data, arrangement=state, **kwargs)
    if form.is_used:  # somebody graded with it while the page was open: the form says so
        form = form_class(request.POST, **kwargs)
    return show_rubric_form(request, form)


def _taken(request) -> CriterionRow | None:
    """Return the criterion of another rubric that a form asks for, None for none."""
    key = read_key(request.POST.get("taken"))
    if "take_criterion" not in request.POST or key is None:
        return None
    found = criteria_to_take(request.user, besides=None).filter(pk=key)
    criterion = found.prefetch_related("levels").first()
    return row_of(criterion, is_copy=True) if criterion else None


def _copied(request) -> dict:
    """Return the initial values of a new rubric's form, if it is to be a copy."""
    key = read_key(request.GET.get("from"))
    rubric = rubrics_to_copy(request.user).filter(pk=key).first() if key else None
    if rubric is None:
        return {}
    title = _("Copy of %(title)s") % {"title": rubric.title}
    longest = Rubric._meta.get_field("title").max_length
    return {"initial": {"title": title[:longest]}, "rows": stored_rows(rubric, is_copy=True)}


def _save(form: RubricForm, *, by: User) -> None:
    """Save a valid form; raise Refused if what it was checked against is no longer so."""
    save_rubric(form.save(commit=False), by=by, criteria=form.contents(), released=form.released)
