"""The page of exports, its files, and the log that the class reads."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from blog.models import AuditEvent, Course, name_for
from network.export import FORMATS
from network.forms.export import LABELS
from network.views import exports
from tests import factories
from tests.network.class_world import make_class

PAGE = "/c/networks/network/export/"
LOG = "/c/networks/network/exports/"


@pytest.fixture
def talk(course, ada, bob):
    """Return Bob wrote to Ada two weeks ago."""
    at = timezone.now() - timedelta(days=14)
    return factories.make_comment(bob, factories.make_post(ada, course, at=at), at=at)


def files_of(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_page_has_a_button_for_every_format(client, course, instructor):
    client.force_login(instructor)

    html = client.get(PAGE).content.decode()

    # The command that exports all courses is in the log too, and no button of one of them.
    assert sorted(LABELS) == sorted([*FORMATS, "parquet"])
    for name in FORMATS:
        assert f'action="{PAGE}{name}/"' in html


def test_files_have_codes_unless_names_are_ticked(client, course, instructor, talk, ada, bob):
    client.force_login(instructor)

    coded = files_of(client.post(f"{PAGE}csv/"))
    named = files_of(client.post(f"{PAGE}csv/", {"names": "on"}))

    whole = "".join(coded.values())
    for person in (ada, bob, instructor):
        assert person.username not in whole
        assert name_for(person) not in whole
    assert {row["Label"] for row in rows(named["nodes.csv"])} == {
        name_for(person) for person in (ada, bob, instructor)
    }
    [edge] = rows(named["edges.csv"])
    assert (edge["Source"], edge["Target"], edge["Units"]) == (bob.username, ada.username, "1")


def test_the_figure_has_codes_or_names_and_none_of_a_small_class(client, course, instructor):
    make_class(course, 19)
    client.force_login(instructor)
    refused = client.post(f"{PAGE}svg/")
    students, _posts = make_class(course, 1)

    coded, named = (
        files_of(client.post(f"{PAGE}svg/", data))["class.svg"] for data in ({}, {"names": "on"})
    )

    assert refused.status_code == 422
    assert "There is no figure of a class of fewer than 20 students." in refused.content.decode()
    name = name_for(students[0])
    assert (coded.count("</text>"), coded.count(name), named.count(name)) == (20, 0, 2)
    events = AuditEvent.objects.filter(action="network_exported")
    assert [event.data["names"] for event in events.order_by("pk")] == [False, True]


def test_a_file_has_the_day_that_was_asked_for_and_the_mark_of_excel(
    client, course, instructor, talk
):
    client.force_login(instructor)
    day = course.today() - timedelta(days=20)

    response = client.post(f"{PAGE}zip/", {"as_of": day.isoformat(), "bom": "on"})

    name = f"networks-network-{day.isoformat()}.zip"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    files = files_of(response)
    assert f"As of: {day.isoformat()}" in files["README.txt"]
    assert files["edges.csv"].startswith("\ufeffSource,")
    assert rows(files["edges.csv"]) == []
    assert "1 comment later than the day of the export." in files["README.txt"]


@pytest.mark.parametrize(
    ("as_of", "message"),
    [
        ("2199-01-01", "This day is in the future. Choose today or an earlier day."),
        ("1999-01-01", "The course began on"),
        ("soon", "Enter a valid date"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_place(client, course, instructor, as_of, message):
    client.force_login(instructor)

    response = client.post(f"{PAGE}gexf/", {"as_of": as_of, "names": "on"})

    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert f'value="{as_of}"' in html
    assert response.context["form"]["names"].value()
    assert not AuditEvent.objects.filter(action="network_exported").exists()


def test_an_export_is_logged_and_the_class_reads_it(client, course, instructor, ada, talk):
    client.force_login(instructor)
    client.post(f"{PAGE}graphml/")
    client.post(f"{PAGE}key/")
    client.force_login(ada)

    html = client.get(LOG).content.decode()

    events = AuditEvent.objects.filter(action="network_exported").order_by("pk")
    assert [(event.actor, event.course, event.data) for event in events] == [
        (instructor, course, {"format": name, "day": f"{course.today()}", "names": names})
        for name, names in [("graphml", False), ("key", True)]
    ]
    lines = [" ".join(line.split()) for line in html.split("<li>")]
    assert [line.count("Ines Instructor exported the network as of") for line in lines[-2:]] == [
        1,
        1,
    ]
    assert "Key to the codes · With names" in lines[-2]
    assert "GraphML · With codes instead of names" in lines[-1]


def test_an_export_from_the_command_line_is_in_the_log(client, course, ada, tmp_path):
    call_command("export_network", "networks", format="net", output=tmp_path / "a.net", verbosity=0)
    client.force_login(ada)

    html = " ".join(client.get(LOG).content.decode().split())

    assert "Someone exported the network on the server, as of" in html
    assert "Pajek · With codes instead of names" in html


@pytest.mark.parametrize("most", [0, 500_000])
def test_a_large_file_is_sent_as_a_small_one_is(
    client, course, instructor, talk, monkeypatch, most
):
    monkeypatch.setattr(exports, "IN_MEMORY_BYTES", most)
    client.force_login(instructor)

    response = client.post(f"{PAGE}csv/")

    sent = response.getvalue()
    response.close()
    assert response["Content-Length"] == str(len(sent))
    assert zipfile.ZipFile(io.BytesIO(sent)).namelist() == ["README.txt", "nodes.csv", "edges.csv"]


@pytest.mark.parametrize("name", FORMATS)
def test_nobody_but_instructors_gets_a_file(client, course, ada, assistant, observer, talk, name):
    for person in (ada, assistant, observer):
        client.force_login(person)

        assert client.post(f"{PAGE}{name}/", {"names": "on"}).status_code == 403
        assert client.get(f"{PAGE}{name}/").status_code in (403, 405)
        assert client.get(PAGE).status_code == 403
    assert not AuditEvent.objects.filter(action="network_exported").exists()


def test_a_format_that_nobody_knows_is_not_found_and_not_logged(client, course, instructor):
    client.force_login(instructor)

    assert client.post(f"{PAGE}xlsx/").status_code == 404
    assert client.get(f"{PAGE}csv/").status_code == 405
    assert not AuditEvent.objects.filter(action="network_exported").exists()


def test_an_archived_course_is_read_and_not_exported(client, course, instructor, talk):
    Course.objects.filter(pk=course.pk).update(archived_at=talk.created_at)
    client.force_login(instructor)

    assert "Reopen it to export its network." in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}csv/").status_code == 403


@pytest.mark.parametrize("exports", [1, 3])
def test_the_log_takes_as_many_queries_whatever_its_length(
    client, course, instructor, ada, exports, django_assert_num_queries
):
    for _ in range(exports):
        data = {"format": "csv", "day": "2026-10-31", "names": False}
        AuditEvent.record("network_exported", course, by=instructor, course=course, **data)
    client.force_login(ada)
    address = reverse("network_export_list", args=[course.slug])

    with django_assert_num_queries(4):
        response = client.get(address)

    assert len(response.context["entries"]) == exports


def test_the_log_is_linked_from_my_network_and_the_page_from_the_class_network_once(
    client, course, instructor, assistant, ada
):
    client.force_login(ada)
    assert f'href="{LOG}"' in client.get("/c/networks/network/").content.decode()

    for person, links in ((instructor, 1), (assistant, 0)):
        client.force_login(person)
        page = client.get("/c/networks/network/class/").content.decode()
        assert page.count(f'href="{PAGE}"') == links
