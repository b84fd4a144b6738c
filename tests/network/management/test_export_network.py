"""The class network on disk: who is in it, what it holds of each, and what was logged."""

import csv
import re
import zipfile
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import networkx as nx
import pytest
from django.core.management import CommandError, call_command

from blog.actions.courses import remove_member
from blog.models import AuditEvent
from network.models import Follow, TieClock
from network.queries.class_network import class_network
from tests import factories
from tests.network.export.igraph_files import IGRAPH, READ_BY_IGRAPH, igraph_of
from tests.network.export.support import read_dl, read_gexf, read_net, read_vna
from tests.network.ties.support import comment, make_student, make_term, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def term(instructor):
    """Return a finished course: Ada and Bob wrote to each other, Cy to nobody, Ines to Ada."""
    course = make_term(instructor, slug="term")
    ada, bob, cy = (make_student(course, name) for name in ("Ada", "=Bob", "Cy"))
    factories.make_pod(course, "Cedar", ada, bob)
    for user, name in {ada: "ada", bob: "bob", cy: "cy", instructor: "ines"}.items():
        user.username = name
        user.save()
    hers, his = factories.make_post(ada, course), factories.make_post(bob, course)
    comment(bob, hers, 0)
    comment(bob, hers, 0)
    comment(ada, his, 14)
    comment(instructor, hers, 70)
    Follow.objects.create(course=course, follower=cy, followed=ada, created_at=at(20))
    Follow.objects.create(course=course, follower=bob, followed=ada, created_at=at(50))
    return course


def at(offset):
    return datetime.combine(on(offset), datetime.min.time(), tzinfo=UTC)


def export(tmp_path, *options, course="term"):
    call_command(
        "export_network",
        course,
        "--format=csv",
        "--output",
        tmp_path / "out",
        *options,
        verbosity=0,
    )
    return [read(tmp_path / "out" / name) for name in ("nodes.csv", "edges.csv")]


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_with_names_holds_everybody_and_every_arc(term, tmp_path):
    export(tmp_path, "--names")

    assert (tmp_path / "out" / "nodes.csv").read_text() == (
        "Id,Label,Role,Pod,FollowsOut,FollowsIn,Units,FirstDay,LastDay\n"
        "ada,Ada,student,Cedar,0,2,3,2024-09-02,2024-11-11\n"
        "bob,'=Bob,student,Cedar,1,0,2,2024-09-02,2024-09-16\n"
        "cy,Cy,student,,1,0,0,,\n"
        "ines,Ines Instructor,instructor,,0,0,1,2024-11-11,2024-11-11\n"
    )
    # The term ends 84 days after it began: 6, 5 and 1 half-lives after these comments.
    assert (tmp_path / "out" / "edges.csv").read_text() == (
        "Source,Target,Type,Id,Weight,Units,Events,Class\n"
        "ada,bob,Directed,ada>bob,0.03125,1,1,very weak\n"
        "bob,ada,Directed,bob>ada,0.015625,1,2,very weak\n"
        "ines,ada,Directed,ines>ada,0.5,1,1,very weak\n"
    )


def test_as_of_an_earlier_day_knows_nothing_of_later_ones(term, tmp_path):
    nodes, edges = export(tmp_path, "--names", "--as-of", on(14).isoformat())

    assert [(e["Source"], e["Target"], e["Weight"], e["Class"]) for e in edges] == [
        ("ada", "bob", "1", "weak"),
        ("bob", "ada", "0.5", "weak"),
    ]
    assert {n["Id"]: (n["Units"], n["FollowsOut"], n["LastDay"]) for n in nodes} == {
        "ada": ("2", "0", "2024-09-16"),
        "bob": ("2", "0", "2024-09-16"),
        "cy": ("0", "0", ""),
        "ines": ("0", "0", ""),
    }


@pytest.mark.parametrize("day", [on(84), on(85), on(4000)])
def test_as_of_a_day_after_the_end_is_the_end(term, day):
    assert class_network(term, as_of=day) == class_network(term)


def test_as_of_counts_a_follow_on_the_day_it_began(term):
    def followers(day):
        return sum(node.follows_in for node in class_network(term, as_of=on(day)).nodes)

    assert [followers(day) for day in (19, 20, 49, 50)] == [0, 1, 1, 2]


def test_pseudonyms_are_stable_and_hide_names(term, tmp_path):
    nodes, edges = export(tmp_path)
    again, _ = export(tmp_path)
    text = "".join(file.read_text() for file in (tmp_path / "out").iterdir())
    TieClock.objects.filter(course=term).update(export_key="0" * 32)
    renamed, _ = export(tmp_path)

    ids = {node["Id"] for node in nodes}
    assert nodes == again
    assert len(ids) == 4
    assert all(node["Label"] == node["Id"] for node in nodes)
    assert {edge[end] for edge in edges for end in ("Source", "Target")} < ids
    assert ids.isdisjoint(node["Id"] for node in renamed)
    names = {"ada", "bob", "ines"}
    assert names.isdisjoint(re.findall(r"\w+", text.lower()))  # a code may have such letters in it


def test_export_of_a_course_without_a_clock_keeps_its_pseudonyms(instructor, tmp_path):
    factories.make_course("bare", instructor=instructor)

    first, _ = export(tmp_path, course="bare")
    second, _ = export(tmp_path, course="bare")

    assert len(first) == 1
    assert first == second


def test_who_left_is_in_it_only_if_tied(term, instructor, tmp_path):
    for membership in term.memberships.filter(user__username__in=["bob", "cy"]):
        remove_member(membership, by=instructor)

    nodes, edges = export(tmp_path, "--names")

    assert [(node["Id"], node["Role"]) for node in nodes] == [
        ("ada", "student"),
        ("bob", "student"),
        ("ines", "instructor"),
    ]
    assert len(edges) == 3
    # Cy's follow of Ada went out of the file with Cy.
    assert nodes[0]["FollowsIn"] == "1"


def test_graphml_holds_the_same_as_the_tables(term, tmp_path):
    nodes, edges = export(tmp_path, "--names")
    file = tmp_path / "term.graphml"

    call_command("export_network", "term", format="graphml", output=file, names=True, verbosity=0)

    graph = nx.read_graphml(file)
    assert list(graph.nodes) == [node["Id"] for node in nodes]
    assert graph.nodes["bob"]["label"] == "=Bob"
    assert {(a, b): data["weight"] for a, b, data in graph.edges(data=True)} == {
        (edge["Source"], edge["Target"]): float(edge["Weight"]) for edge in edges
    }
    assert "as_of: 2024-11-25\n" in file.read_text()
    assert "half as much every two weeks" in file.read_text()


FILES = {
    "gexf": read_gexf,
    "net": read_net,
    "dl": read_dl,
    "vna": lambda text: read_vna(text)[0],
}


@pytest.mark.parametrize("file_format", FILES)
def test_every_format_holds_the_same_as_the_tables(term, tmp_path, file_format):
    nodes, edges = export(tmp_path, "--names")
    file = tmp_path / "autumn" / "week 3" / "term"

    call_command("export_network", "term", format=file_format, output=file, names=True, verbosity=0)

    assert FILES[file_format](file.read_text()) == (
        [node["Id"] for node in nodes],
        {(edge["Source"], edge["Target"]): float(edge["Weight"]) for edge in edges},
    )


def test_zip_has_all_formats_with_a_read_me_and_marks_for_excel(term, tmp_path):
    file = tmp_path / "new" / "term.zip"

    call_command("export_network", "term", format="zip", output=file, bom=True, verbosity=0)

    with zipfile.ZipFile(file) as archive:
        assert "As of: 2024-11-25" in archive.read("README.txt").decode()
        assert archive.read("nodes.csv").startswith(b"\xef\xbb\xbfId,")
        assert archive.read("network.net").startswith(b"% course: term\n")


def test_the_key_says_who_each_pseudonym_is_and_is_logged_with_names(term, tmp_path):
    nodes, _ = export(tmp_path)

    call_command("export_network", "term", format="key", output=tmp_path / "key.csv", verbosity=0)

    rows = read(tmp_path / "key.csv")
    assert [row["Code"] for row in rows] == [node["Id"] for node in nodes]
    assert {row["Username"]: row["Name"] for row in rows} == {
        **{"ada": "Ada", "bob": "'=Bob", "cy": "Cy"},
        "ines": "Ines Instructor",
    }
    assert AuditEvent.objects.latest("pk").data["names"] is True


def test_a_future_day_is_named_and_the_last_day_is_exported(instructor, tmp_path, capsys):
    course = factories.make_course("runs", instructor=instructor)

    export(tmp_path, "--as-of=2199-01-01", course="runs")

    today = course.today().isoformat()
    assert capsys.readouterr().out.splitlines()[0] == (
        f"2199-01-01 is in the future, so this is the network of {today}."
    )


def test_a_day_after_the_end_is_named(term, tmp_path, capsys):
    export(tmp_path, "--as-of", on(90).isoformat())

    assert capsys.readouterr().out.splitlines()[0] == (
        "The course ended on 2024-11-25, and its network has not changed since."
    )


def test_export_is_logged_without_anybodys_name(term, tmp_path):
    export(tmp_path, "--names", "--as-of", on(14).isoformat())

    entry = AuditEvent.objects.get(action="network_exported")
    assert (entry.course, entry.actor, entry.target) == (term, None, f"course:{term.pk}")
    assert entry.data == {"format": "csv", "day": "2024-09-16", "names": True}


def test_export_that_cannot_be_written_is_not_logged(term, tmp_path):
    (tmp_path / "out").write_text("a file where the folder should be")

    with pytest.raises(CommandError, match="File exists"):
        export(tmp_path)

    assert not AuditEvent.objects.filter(action="network_exported").exists()


@pytest.mark.parametrize("format", ["csv", "graphml", "events"])
def test_a_folder_that_is_missing_is_made(term, tmp_path, format):
    output = tmp_path / "autumn" / "week 3" / "network"

    call_command("export_network", "term", format=format, output=output, verbosity=0)

    assert output.exists()


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "2026-02-30", "31/10/2026", ""])
def test_what_is_no_date_is_refused_with_an_example(term, tmp_path, day):
    with pytest.raises(CommandError, match="--as-of: Give a date such as 2026-11-30."):
        export(tmp_path, f"--as-of={day}")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["nowhere", "--format=csv"], "There is no course 'nowhere'."),
        (["term", "--format=xlsx"], "invalid choice: 'xlsx'"),
        (
            ["term", "--format=csv", "--as-of=31/10/2026"],
            "--as-of: Give a date such as 2026-11-30.",
        ),
        (["term"], "the following arguments are required: --format"),
    ],
)
def test_what_cannot_be_exported_is_refused(term, tmp_path, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("export_network", *options, "--output", tmp_path / "out")

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("pairs", [1, 3])
def test_reading_a_class_takes_as_many_queries_whatever_its_size(
    instructor, pairs, django_assert_num_queries
):
    course = make_term(instructor)
    for number in range(pairs):
        one, other = (make_student(course, f"{name} {number}") for name in ("One", "Other"))
        comment(one, factories.make_post(other, course))
        Follow.objects.create(course=course, follower=one, followed=other)

    with django_assert_num_queries(8):
        network = class_network(course, names=True)

    assert len(network.edges) == pairs


@pytest.mark.long
def test_real_course_is_exported_whole(real_data, tmp_path):
    """Reckon the arcs, their units, weights and classes again from the log, with plain numbers."""
    log = real_data / "ties" / "dlt1_events.csv"
    call_command("load_events", log, course="dlt1", staff="444,445", verbosity=0)

    nodes, edges = export(tmp_path, "--names", course="dlt1")

    people, units, events, last = count(log)
    arcs = {arc: {day for _, day in unit} for arc, unit in units.items()}
    assert {node["Id"] for node in nodes} == people
    assert len(nodes) == 442
    assert sorted(n["Id"] for n in nodes if n["Role"] == "instructor") == ["p444", "p445"]
    assert {(e["Source"], e["Target"]): (int(e["Units"]), int(e["Events"])) for e in edges} == {
        arc: (len(units[arc]), events[arc]) for arc in arcs
    }
    strength = {
        arc: sum(2 ** (-((last - day) / timedelta(days=14))) for _, day in units[arc])
        for arc in arcs
    }
    for edge in edges:
        there, back = (edge["Source"], edge["Target"]), (edge["Target"], edge["Source"])
        s, r = strength[there], strength.get(back, 0)
        days = arcs[there] | arcs.get(back, set())
        met = len(units[there]) + len(units.get(back, ()))
        assert float(edge["Weight"]) == pytest.approx(s, rel=1e-5)
        assert edge["Class"] == named(s, r, len(days), met)
    check_all_formats(tmp_path, nodes, edges)


def check_all_formats(folder, nodes, edges):
    """Read the other formats of the real course back, by igraph too where it is installed."""
    wanted = (
        [node["Id"] for node in nodes],
        {(edge["Source"], edge["Target"]): float(edge["Weight"]) for edge in edges},
    )
    call_command("export_network", "dlt1", format="zip", output=folder / "dlt1.zip", names=True)
    with zipfile.ZipFile(folder / "dlt1.zip") as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
        archive.extractall(folder / "files")
    for ending, reading in FILES.items():
        assert reading(texts[f"network.{ending}"]) == wanted
    if IGRAPH.exists():
        found = igraph_of(folder / "files" / f"network.{ending}" for ending in READ_BY_IGRAPH)
        assert found == {f".{ending}": (True, *wanted) for ending in READ_BY_IGRAPH}


def count(log):
    people, units, events = set(), defaultdict(set), defaultdict(int)
    with log.open(newline="") as file:
        rows = [
            (f"p{r['src']}", f"p{r['dst']}", r["thread"], datetime.fromtimestamp(int(r["ts"]), UTC))
            for r in csv.DictReader(file)
        ]
    for source, target, thread, moment in rows:
        people |= {source, target}
        if source != target:
            units[source, target].add((thread, moment.date()))
            events[source, target] += 1
    return people, units, events, max(moment.date() for *_, moment in rows)


def named(s, r, days, units):
    if min(s, r) >= 0.75 - 1e-9 and days >= 3:
        return "strong"
    return "weak" if s + r >= 0.5 - 1e-9 and units >= 2 else "very weak"
