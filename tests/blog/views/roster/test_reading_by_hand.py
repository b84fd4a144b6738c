"""A list that was cut wrongly: its separator and its heading row are chosen by hand."""

import pytest

from blog.models import RosterImport
from tests.blog.views.roster.test_imports import _signed_in, page_of, paste, upload

__all__ = ["_signed_in"]  # the fixture

TITLED = b"Spring term\nRoom 5\nWho;Where\nNia New;nia@example.edu\nOla Old;ola@example.edu\n"


def read_again(client, address, **fields):
    return client.post(f"{address}read/", fields)


def shown(client, address):
    page = client.get(address)
    preview = page.context["preview"]
    return preview and [row.row.name for row in preview.rows]


def test_the_first_lines_are_offered_as_headings(client):
    address = upload(client, b"Name,Email\nNia New,nia@example.edu\n").url

    cut = client.get(address).context["cut"]

    assert cut.initial == {"separator": "comma", "heading": "1"}
    assert cut.fields["heading"].choices[1:] == [
        ("1", "1: Name | Email"),
        ("2", "2: Nia New | nia@example.edu"),
    ]


def test_another_separator_and_heading_are_kept_with_the_list(client):
    address = upload(client, TITLED).url

    answer = read_again(client, address, separator="semicolon", heading="3")

    assert answer.url == address
    assert RosterImport.objects.get().answers == {"delimiter": ";", "heading": "3"}
    assert client.get(address).context["roster"].headings == ("Who", "Where")
    assert client.get(address).context["roster"].heading_line == 3


def test_a_list_without_headings_says_so(client):
    address = upload(client, b"Name,Email\nNia New,nia@example.edu\n").url

    read_again(client, address, separator="comma", heading="")

    assert client.get(address).context["roster"].heading_line is None


def test_a_cut_without_people_is_refused_and_nothing_kept(client):
    address = upload(client, b"Name,Email\nNia New,nia@example.edu\n").url

    answer = read_again(client, address, separator="bar", heading="")

    assert answer.status_code == 422 or client.get(address).status_code == 200
    if answer.status_code == 422:
        assert RosterImport.objects.get().answers == {}


@pytest.mark.parametrize("fields", [{}, {"separator": "x", "heading": "1"}, {"heading": "99"}])
def test_what_is_no_choice_is_refused(client, fields):
    address = upload(client, b"Name,Email\nNia New,nia@example.edu\n").url

    answer = read_again(client, address, **fields)

    assert answer.status_code == 422
    assert RosterImport.objects.get().answers == {}
    assert "Are the columns wrong?" in page_of(answer)


def test_a_pasted_list_can_be_cut_by_hand_too(client):
    address = paste(client, "Nia New: nia@example.edu\nOla Old: ola@example.edu").url

    answer = read_again(client, address, separator="colon", heading="")

    assert answer.status_code == 302
    assert client.get(address).status_code == 200
