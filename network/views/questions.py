"""Ask my network: a question on one's own post, and what the people do to whom it is offered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.exceptions import Refused
from blog.models import Course, Post
from blog.web.decorators import in_course
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from network import actions
from network.forms.question import NewQuestionForm, QuestionForm
from network.models import Question, QuestionOffer
from network.queries.questions import ends_at, own_question, people_to_ask, works_of
from network.views.own_network import require_own_network


@in_course
def question_new(request, course, slug):
    """Show who would be asked about a post and why, and ask them; or lead to the open question."""
    posts = Post.objects.in_course(course).visible_to(request.user)
    post = get_object_or_404(posts.for_page(), slug=slug)
    if not access.can_ask_network(request.user, post):
        raise PermissionDenied
    form = NewQuestionForm(request.POST or None)
    if request.method == "POST" and (address := _create(request, form, post)):
        messages.success(request, _("Saved. It is in their next email and on their network page."))
        return redirect(address)
    own = own_question(request.user, course)
    if request.method != "POST" and own.open and own.open.post_id == post.pk:
        return redirect("question_edit", course.slug, own.open.pk)
    context = {
        "form": form,
        "post": post,
        "own": own,
        "people": people_to_ask(post, request.user) if own.can_ask or form.is_bound else [],
        "cites": bool(works_of([post])),
    }
    return render(request, "network/question_new.html", context, status=status_of(form))


def _create(request, form: NewQuestionForm, post: Post) -> str | None:
    """Return the address after a sent question, or None if it is refused."""

    def create() -> str:
        sent = {name: form.cleaned_data[name] for name in ("text", "people")}
        question = actions.ask_network(post, by=request.user, **sent)
        return reverse("question_edit", args=[post.course.slug, question.pk])

    try:
        return create_once(form, f"question_new {post.pk}", by=request.user, create=create)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@in_course
def question_edit(request, course, pk):
    """Show an own question, and change its words while it is open."""
    question = _own_question(request, course, pk)
    form = QuestionForm(request.POST or None, instance=question)
    if request.method == "POST":
        require_own_network(request, course)
        if form.is_valid():
            try:
                actions.edit_question(question, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("text", str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("question_edit", course.slug, pk)
    return _show(request, question, form)


@in_course
@require_POST
def question_close(request, course, pk):
    """Close an own question, with its words as they are; its page offers to open it again."""
    question = _own_question(request, course, pk)
    require_own_network(request, course)
    form = QuestionForm(request.POST)
    actions.close_question(
        question, by=request.user, **(form.cleaned_data if form.is_valid() else {})
    )
    messages.success(request, _("Closed. Nobody sees the question any more but you."))
    return redirect("question_edit", course.slug, pk)


@in_course
@require_POST
def question_reopen(request, course, pk):
    """Open an own question again, with other words if some were typed while it was closed."""
    question = _own_question(request, course, pk)
    require_own_network(request, course)
    if "text" not in request.POST:
        _reopen(request, question)
        return redirect("question_edit", course.slug, pk)
    form = QuestionForm(request.POST)
    if form.is_valid() and _reopen(request, question, **form.cleaned_data):
        return redirect("question_edit", course.slug, pk)
    return _show(request, question, form)


def _reopen(request, question: Question, text: str = "") -> bool:
    try:
        actions.reopen_question(question, by=request.user, text=text)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("Open again, for the same people."))
    return True


@in_course
@require_POST
def question_decline(request, course, pk):
    """Decline a question to oneself; a second click changes nothing."""
    offers = QuestionOffer.objects.filter(question__course=course, person=request.user)
    offer = get_object_or_404(offers.select_related("question__course"), question__id=pk)
    require_own_network(request, course)
    actions.decline_question(offer, by=request.user)
    messages.success(request, _("You will not see this question again. Nobody is told."))
    return redirect("ego_network", course.slug)


def _show(request, question: Question, form: QuestionForm):
    """Show a question; words that could not be saved stay in their box."""
    own = own_question(request.user, question.course)
    is_open = own.open is not None and own.open.pk == question.pk
    can_reopen = question.closed_at and not own.open and ends_at(question) > timezone.now()
    context = {
        "form": form,
        "question": question,
        "post": question.post,
        "last_day": own.last_day if is_open else None,
        "can_reopen": can_reopen and access.can_ask_network(request.user, question.post),
    }
    return render(request, "network/question_edit.html", context, status=status_of(form))


def _own_question(request, course: Course, pk: int) -> Question:
    questions = Question.objects.of(request.user, course).select_related("post")
    question = get_object_or_404(questions, pk=pk)
    question.course = question.post.course = course
    return question
