"""Pajek, DL and VNA: written as their programs read them, and read back as the same network."""

from hypothesis import given

from network.export import Network, netdraw, pajek, ucinet
from tests.network.export.support import (
    ABOUT,
    SMALL,
    expected,
    letters,
    networks,
    read_dl,
    read_net,
    read_vna,
)


def test_pajek_numbers_its_vertices_from_one():
    assert "".join(pajek(SMALL)) == (
        "% course: networks\n"
        "% as_of: 2026-10-31\n"
        "% half_life: 14\n"
        "*Vertices 3\n"
        '1 "ada"\n'
        '2 "bob"\n'
        '3 "ines"\n'
        "*Arcs\n"
        "1 3 1.23457\n"
        "3 1 1.23457e-05\n"
    )


def test_dl_lists_everybody_also_who_has_no_arc():
    assert "".join(ucinet(SMALL)) == (
        "dl n=3\n"
        "format=edgelist1\n"
        "labels:\n"
        "ada,bob,ines\n"
        "labels embedded:\n"
        "data:\n"
        "ada ines 1.23457\n"
        "ines ada 1.23457e-05\n"
    )


def test_vna_has_the_attributes_of_people_and_arcs():
    assert "".join(netdraw(SMALL)) == (
        "*Node data\n"
        "ID Label Role Pod FollowsOut FollowsIn Units FirstDay LastDay\n"
        '"ada" "Ada" "student" "Cedar" 1 2 5 "2026-09-08" "2026-10-01"\n'
        '"bob" "Bob" "student" "" 0 0 0 "" ""\n'
        '"ines" "Ines" "instructor" "" 0 0 5 "" ""\n'
        "*Tie data\n"
        "from to strength units events class\n"
        '"ada" "ines" 1.23457 3 4 "weak"\n'
        '"ines" "ada" 1.23457e-05 2 2 "weak"\n'
    )


def test_a_network_of_nobody_is_a_file_all_the_same():
    nobody = Network((), (), ABOUT)

    assert read_net("".join(pajek(nobody))) == read_dl("".join(ucinet(nobody))) == ([], {})
    assert read_vna("".join(netdraw(nobody)))[0] == ([], {})


@given(networks())
def test_pajek_and_dl_read_back_as_the_same_network(network):
    assert read_net("".join(pajek(network))) == expected(network)
    assert read_dl("".join(ucinet(network))) == expected(network)


@given(networks())
def test_vna_reads_back_as_the_same_network(network):
    found, people, arcs = read_vna("".join(netdraw(network)))

    assert found == expected(network)
    for person in people:
        [node] = [one for one in network.nodes if one.id == person["ID"]]
        assert letters(person["Label"]) == letters(node.label) or person["Label"] == node.id
        assert letters(person["Pod"]) == letters(node.pod)
        assert int(person["FollowsIn"]) == node.follows_in
    assert {arc["class"] for arc in arcs} <= {"very weak"}
