"""The admin site: what staff can look up and change there, and what they never see."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, AuditEvent, Comment, Post, User
from tests import factories
from tests.blog.admin.support import grant, list_url, make_message, page_url, stored

SECRET = "quince-marmalade"
# What is only looked up, and the queries of its list: three for the session and a reader in no
# course, three for the rows, and one for each filter that has to ask what there is.
LISTS = {
    "account_emailaddress": 6,
    "blog_comment": 7,
    "blog_course": 6,
    "blog_auditevent": 8,
    "blog_membership": 7,
    "blog_outboxmessage": 7,
    "blog_post": 7,
    "blog_prompt": 7,
    "blog_rubric": 7,
    "blog_work": 7,
}


def one_of_everything():
    """Make a course with one of each thing that is only looked up, by the name of its pages."""
    writer, reader = factories.make_user(), factories.make_user()
    course = factories.make_course()
    membership = factories.add_member(course, writer)
    prompt = factories.make_prompt(course)
    post = factories.make_post(writer, course, "Of ties", prompt=prompt)
    return {
        "account_emailaddress": EmailAddress.objects.get(user=writer),
        "blog_comment": factories.make_comment(reader, post, tied=False),
        "blog_course": course,
        "blog_auditevent": AuditEvent.record("joined", membership, by=writer, course=course),
        "blog_membership": membership,
        "blog_outboxmessage": make_message(writer, f"release:{post.pk}"),
        "blog_post": post,
        "blog_prompt": prompt,
        "blog_rubric": factories.make_rubric(course),
        "blog_work": factories.make_reference(post, cited=True).work,
    }


def test_nothing_else_is_on_the_site():
    names = sorted(m._meta.label_lower.replace(".", "_") for m in admin.site._registry)

    assert names == sorted([*LISTS, "auth_group", "blog_user", "network_tieclock"])


def test_every_page_names_its_fields():
    """So that a column added later shows only when somebody has thought about it."""
    ours = {model: page for model, page in admin.site._registry.items() if model is not Group}

    assert [model for model, page in ours.items() if not page.fields] == []


@pytest.mark.parametrize("name", LISTS)
def test_row_is_looked_up_and_nothing_of_it_changes(site, name):
    row = one_of_everything()[name]
    before = stored(row)

    assert site.get(list_url(name)).status_code == 200
    page = site.get(page_url(name, row))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert site.get(reverse(f"admin:{name}_history", args=[row.pk])).status_code == 200

    changed = dict.fromkeys(before, "1")
    delete = reverse(f"admin:{name}_delete", args=[row.pk])
    assert site.post(page_url(name, row), changed).status_code == 403
    assert site.post(delete, {"post": "yes"}).status_code == 403
    assert site.post(reverse(f"admin:{name}_add"), changed).status_code == 403
    site.post(
        list_url(name),
        {"action": "delete_selected", "_selected_action": row.pk, "post": "yes", "index": 0},
    )
    assert stored(row) == before


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), LISTS.items())
def test_list_costs_the_same_however_long_it_is(
    site, django_assert_num_queries, name, queries, count
):
    for _ in range(count):
        one_of_everything()

    with django_assert_num_queries(queries):
        assert site.get(list_url(name)).status_code == 200


# What belongs to its writer alone


@pytest.fixture
def private(course, ada, bob):
    """Return Ada's private objects, in every state; their title is SECRET."""
    shut = factories.make_post(ada, course, SECRET, SECRET, audience=Audience.ONLY_ME)
    factories.make_reference(shut, factories.make_work(course, label=SECRET), cited=True)
    factories.make_comment(ada, shut, SECRET)
    gone = factories.make_post(ada, course, SECRET, SECRET, deleted_at=timezone.now())
    back = factories.make_post(ada, course, SECRET, audience=Audience.ONLY_ME)
    Post.objects.filter(pk=back.pk).update(status=Post.Status.WITHDRAWN)
    return [shut, gone, back, factories.make_draft_post(ada, course, SECRET, SECRET)]


def test_only_me_hides_from_the_admin_site_too(site, private):
    pages = [reverse("admin:index"), *map(list_url, [*LISTS, "blog_user"])]

    shown = [url for url in pages if SECRET in site.get(url).content.decode()]

    assert shown == []


def test_private_post_has_no_page(site, private):
    for post in private:
        answer = site.get(page_url("blog_post", post), follow=True)

        assert answer.redirect_chain == [(reverse("admin:index"), 302)]
        assert SECRET not in answer.content.decode()


def test_number_of_a_post_does_not_lead_to_its_address(site, private):
    kind = ContentType.objects.get_for_model(Post)

    for post in private:
        assert site.get(f"/admin/r/{kind.pk}/{post.pk}/").status_code == 404


def test_search_finds_nothing_private(site, private):
    for name in ("blog_post", "blog_work"):
        assert site.get(list_url(name), {"q": SECRET}).context["cl"].result_count == 0


def test_words_of_a_comment_are_nowhere(site, course, ada, bob):
    post = factories.make_post(ada, course)
    comment = factories.make_comment(bob, post, SECRET, audience=Comment.Audience.TEAM)

    for url in (list_url("blog_comment"), page_url("blog_comment", comment)):
        answer = site.get(url)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("blog_comment", "text__startswith"),
        ("blog_course", "join_code__startswith"),
        ("blog_membership", "course__join_code__startswith"),
        ("blog_outboxmessage", "context__contains"),
        ("blog_post", "revision__text__startswith"),
        ("blog_user", "password__startswith"),
    ],
)
def test_address_asks_for_no_column_that_is_not_shown(site, name, question):
    assert site.get(list_url(name), {question: "a"}).status_code == 400


def test_filters_beside_the_list_work(site):
    rows = one_of_everything()
    one_of_everything()

    answer = site.get(
        list_url("blog_post"), {"course__id__exact": rows["blog_course"].pk, "audience__exact": 30}
    )

    assert list(answer.context["cl"].result_list) == [rows["blog_post"]]


# People


def account_form(person, **fields):
    flags = ("is_active", "is_staff", "is_superuser")
    ticked = {flag: "on" for flag in flags if fields.pop(flag, getattr(person, flag))}
    return {"groups": [], "user_permissions": [], **ticked, **fields}


def test_superuser_changes_state_and_rights_and_it_is_logged(site, root, ada):
    group = Group.objects.create(name="Helpers")
    right = Permission.objects.get(codename="open_course")

    answer = site.post(
        page_url("blog_user", ada),
        account_form(ada, is_staff=True, groups=[group.pk], user_permissions=[right.pk]),
    )

    assert answer.status_code == 302
    ada = User.objects.get(pk=ada.pk)
    assert (ada.is_active, ada.is_staff, ada.is_superuser) == (True, True, False)
    assert list(ada.groups.all()) == [group]
    assert ada.has_perm("blog.open_course")
    entry = AuditEvent.objects.get(action="account_changed")
    assert (entry.actor, entry.target) == (root, f"user:{ada.pk}")
    fields = ["groups", "is_staff", "user_permissions"]
    assert entry.data == {"fields": fields, "left": "is_active,is_staff"}


def test_name_address_and_password_are_nobodys_to_change(site, ada):
    before = stored(ada)

    page = site.get(page_url("blog_user", ada)).content.decode()
    site.post(
        page_url("blog_user", ada),
        account_form(
            ada,
            email="mallory@example.edu",
            password="x",
            display_name="M",
            username="m",
            about="M",
        ),
    )

    assert stored(ada) == before
    assert before["password"] not in page


def test_closed_account_is_shut_out_at_the_next_request(site, ada, course):
    browser = Client()
    browser.force_login(ada)
    assert browser.get(course.get_absolute_url()).status_code == 200

    site.post(page_url("blog_user", ada), account_form(ada, is_active=False))

    assert browser.get(course.get_absolute_url()).status_code == 302


def test_nobody_changes_their_own_account(site, root):
    assert site.post(page_url("blog_user", root), account_form(root)).status_code == 403


@pytest.mark.parametrize(("flag", "value"), [("is_staff", True), ("is_superuser", True)])
def test_staff_give_nobody_rights(client, clerk, ada, flag, value):
    client.force_login(clerk)

    answer = client.post(
        page_url("blog_user", ada),
        account_form(
            ada,
            **{flag: value},
            is_active=False,
            user_permissions=list(Permission.objects.values_list("pk", flat=True)),
        ),
    )

    assert answer.status_code == 302
    ada = User.objects.get(pk=ada.pk)
    assert (ada.is_active, ada.is_staff, ada.is_superuser) == (False, False, False)
    assert not ada.user_permissions.exists()


def test_staff_do_not_touch_accounts_of_staff(client, clerk, root):
    client.force_login(clerk)
    other = factories.make_user("Olga Other", is_staff=True)

    for person in (root, other, clerk):
        answer = client.post(page_url("blog_user", person), account_form(person, is_active=False))
        assert answer.status_code == 403
        assert User.objects.get(pk=person.pk).is_active


def test_staff_without_permissions_see_nothing(client, ada):
    client.force_login(factories.make_user("Ned Newcomer", is_staff=True))

    for name in [*LISTS, "blog_user"]:
        assert client.get(list_url(name)).status_code == 403


def test_staff_make_teachers_of_people_and_take_it_back(client, clerk, ada, bob):
    client.force_login(clerk)
    chosen = {"_selected_action": [ada.pk, bob.pk]}

    client.post(list_url("blog_user"), {"action": "give_right_to_open_courses", **chosen})
    may = [User.objects.get(pk=p.pk).has_perm("blog.open_course") for p in (ada, bob)]
    client.post(
        list_url("blog_user"),
        {"action": "withdraw_right_to_open_courses", "_selected_action": [bob.pk]},
    )
    may_then = [User.objects.get(pk=p.pk).has_perm("blog.open_course") for p in (ada, bob)]

    assert (may, may_then) == ([True, True], [True, False])
    log = AuditEvent.objects.filter(action="may_open_courses").order_by("pk")
    assert [(entry.target, entry.data) for entry in log] == [
        (f"user:{ada.pk}", {"allowed": True, "may": "yes"}),
        (f"user:{bob.pk}", {"allowed": True, "may": "yes"}),
        (f"user:{bob.pk}", {"allowed": False, "may": "no"}),
    ]


def test_passwords_change_where_their_owner_is_told(site):
    assert site.get(reverse("admin:password_change")).url == reverse("account_change_password")


# Mail


def test_failed_mail_is_sent_again_and_no_other(site, ada):
    later = timezone.now() + timedelta(days=900)
    failed = make_message(ada, "a", due_at=later, attempts=12, last_error="refused")
    fresh = make_message(ada, "b", due_at=later)
    sent = make_message(ada, "c", due_at=later, attempts=1, sent_at=timezone.now())
    mails = [failed, fresh, sent]

    answer = site.post(
        list_url("blog_outboxmessage"),
        {"action": "send_again", "_selected_action": [message.pk for message in mails]},
        follow=True,
    )

    assert [str(m) for m in answer.context["messages"]] == ["1 email will be sent again."]
    for message in mails:
        message.refresh_from_db()
    assert failed.due_at < timezone.now() + timedelta(days=1)
    assert [message.attempts for message in mails] == [0, 0, 1]
    assert [fresh.due_at, sent.due_at] == [later, later]
    assert AuditEvent.objects.get(action="mail_retried").target == f"outboxmessage:{failed.pk}"


@pytest.mark.parametrize(
    ("permissions", "attempts"),
    [
        (["view_outboxmessage"], 3),
        (["view_outboxmessage", "change_outboxmessage"], 0),
    ],
)
def test_staff_need_the_permission_to_send_mail_again(client, ada, permissions, attempts):
    clerk = factories.make_user("Lea Looker", is_staff=True)
    grant(clerk, *permissions)
    client.force_login(clerk)
    message = make_message(ada, "a", attempts=3)

    client.post(
        list_url("blog_outboxmessage"), {"action": "send_again", "_selected_action": [message.pk]}
    )

    message.refresh_from_db()
    assert message.attempts == attempts
