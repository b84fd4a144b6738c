"""The time zone of the computer, where nobody has chosen another."""

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import expect

from blog.models import Course, User
from tests import factories
from tests.browser.steps import button, store_copies, wait_for_copies

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def teacher(db):
    user = factories.make_user("Theo Teacher")
    user.user_permissions.add(Permission.objects.get(codename="open_course"))
    return user


@pytest.mark.parametrize(
    ("computer", "chosen"),
    [("America/Vancouver", "America/Vancouver"), ("Asia/Calcutta", "Asia/Kolkata")],
)
def test_a_new_course_begins_in_the_zone_of_the_computer(window, teacher, computer, chosen):
    page = window(teacher, timezone_id=computer)
    page.goto("/courses/new/")
    expect(page.get_by_label("Time zone")).to_have_value(chosen)
    store_copies(page)

    # What a script chose is nothing that somebody typed.
    wait_for_copies(page, 0)
    page.reload()
    expect(page.get_by_text("This browser has text from")).to_be_hidden()


def test_the_zone_of_an_account_comes_first(window, teacher):
    User.objects.update(time_zone="Europe/Berlin")
    page = window(teacher, timezone_id="America/Vancouver")

    page.goto("/courses/new/")

    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")


def test_a_changed_zone_asks_what_stays(window, course, prompt, instructor):
    page = window(instructor)
    page.goto("/c/networks/settings/")
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    button(page, "Save").click()
    expect(page.get_by_text("Which dates do you want in Asia/Tokyo?")).to_be_visible()
    page.get_by_label("Keep the clock times.").check()
    button(page, "Save").click()

    expect(page.get_by_text("Settings saved.")).to_be_visible()
    due = prompt.due_at
    prompt.refresh_from_db()
    assert Course.objects.get(pk=course.pk).time_zone == "Asia/Tokyo"
    assert (due - prompt.due_at).total_seconds() == 9 * 3600
