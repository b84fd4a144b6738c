"""Links to somebody's own mail program."""

from urllib.parse import parse_qs, urlsplit

from blog.text.mailto import MAX_ADDRESS_CHARS, mailto_links

STUDENTS = [f"student.number.{n}@students.example.edu" for n in range(120)]


def parts(link):
    return parse_qs(urlsplit(link).query)


def test_one_link_is_to_oneself_with_the_others_in_bcc():
    [(link, n)] = mailto_links(
        "ines@example.edu", ["a@example.edu", "b+c@example.edu"], subject="Post & due", body="A\nb"
    )

    assert n == 2
    assert link == (
        "mailto:ines@example.edu?bcc=a@example.edu,b%2Bc@example.edu"
        "&subject=Post%20%26%20due&body=A%0D%0Ab"
    )


def test_many_people_are_split_and_each_is_reached_once():
    links = mailto_links("ines@example.edu", STUDENTS, subject="S", body="Words " * 20)

    assert all(len(link) <= MAX_ADDRESS_CHARS for link, _n in links)
    assert sum(n for _link, n in links) == len(STUDENTS)
    reached = [email for link, _n in links for email in parts(link)["bcc"][0].split(",")]
    assert reached == STUDENTS
    assert {parts(link)["subject"][0] for link, _n in links} == {"S"}


def test_a_text_that_leaves_no_room_stays_out():
    links = mailto_links("ines@example.edu", STUDENTS[:2], subject="S", body="ä" * 900)

    assert [n for _link, n in links] == [2]
    assert "body" not in parts(links[0][0])


def test_nobody_needs_no_link():
    assert mailto_links("ines@example.edu", [], subject="S", body="") == []
