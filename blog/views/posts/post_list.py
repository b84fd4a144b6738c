"""The list of a course's posts, with its filters."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.forms.posts.post_list import PostFilterForm
from blog.models import Prompt
from blog.queries.post_list import PostCriteria, listed_keys, pods_to_choose, posts_and_pod
from blog.queries.rota import running_rotas
from blog.queries.visible_prompts import visible_prompts
from blog.web.decorators import in_course
from blog.web.pages import filters_of

PAGE_SIZE = 10


@in_course
@require_safe
def post_list(request, course):
    """List the posts that the reader sees: first those that wait for a first comment.

    ``?prompt=2`` filters by prompt; the other filters are those of the form.
    """
    own_pod = request.membership.pod
    prompts = visible_prompts(request.user, course)[::-1]
    pods = pods_to_choose(course)
    form = PostFilterForm(request.GET, prompts=prompts, pods=pods, own_pod=own_pod)
    if not form.is_valid():
        raise Http404
    criteria = form.criteria()
    keys = listed_keys(request.user, course, criteria)
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list, pod_posts = posts_and_pod([*page.object_list], request.user, course)
    is_student = request.membership.is_student
    return render(
        request,
        "blog/posts/post_list.html",
        {
            "page": page,
            "form": form,
            "criteria": criteria,
            "is_filtered": criteria != PostCriteria(),
            "prompts": prompts,
            "gated": _gated(request.membership, prompts, criteria),
            "rotas": running_rotas(request.user, course, prompts) if is_student else [],
            "pod_posts": pod_posts,
            "query": filters_of(request),
        },
    )


def _gated(membership, prompts: list[Prompt], criteria: PostCriteria) -> list[Prompt]:
    """Return the prompts whose posts the list of all posts leaves out until one's own is there."""
    if criteria.prompt or criteria.without_prompt:
        return []
    return [prompt for prompt in prompts if prompt.pk in membership.gated_prompts]
