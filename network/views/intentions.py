"""A person's intention for the week, and their look back on earlier ones; for them alone."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog.exceptions import Refused
from blog.web.decorators import in_course
from blog.web.forms import status_of
from network import actions
from network.forms.intention import IntentionForm, LookBackForm
from network.models import Intention
from network.queries.intentions import earlier_intentions, intention_offers, intentions_now
from network.ties import ties_of
from network.views.own_network import require_own_network


@in_course
@require_safe
def intention_list(request, course):
    """Show this week's intention and those of earlier weeks."""
    return _show(request, course, IntentionForm(instance=intentions_now(request.user, course).now))


@in_course
@require_POST
def intention_save(request, course):
    """Save or remove this week's intention."""
    require_own_network(request, course)
    form = IntentionForm(request.POST)
    if not form.is_valid():
        return _show(request, course, form)
    try:
        saved = actions.save_intention(course, by=request.user, text=form.cleaned_data["text"])
    except Refused as refusal:
        form.add_error("text", str(refusal))
        return _show(request, course, form)
    messages.success(request, _("Saved. Only you see it.") if saved else _("Removed."))
    return redirect("ego_network", course.slug)


@in_course
@require_POST
def intention_look_back(request, course, pk):
    """Save how an intention went."""
    intention = get_object_or_404(Intention.objects.of(request.user, course), pk=pk)
    require_own_network(request, course)
    form = LookBackForm(request.POST, instance=intention)
    if not form.is_valid():
        own = IntentionForm(instance=intentions_now(request.user, course).now)
        return _show(request, course, own, look_back=form)
    actions.look_back(intention, by=request.user, text=form.cleaned_data["looked_back"])
    messages.success(request, _("Saved. Only you see it."))
    return redirect("intention_list", course.slug)


def _show(request, course, form: IntentionForm, look_back: LookBackForm | None = None):
    sent = look_back.instance.pk if look_back else None
    earlier = [
        (one, number, look_back if one.pk == sent else LookBackForm(instance=one))
        for one, number in earlier_intentions(request.user, course)
    ]
    context = {
        "form": form,
        "earlier": earlier,
        "offers": intention_offers(request.user, ties_of(request.user, course)),
    }
    status = status_of(*(one for one in (form, look_back) if one is not None))
    return render(request, "network/intention_list.html", context, status=status)
