"""Files of a network, read by igraph: the same people and arcs as were written."""

import pytest

from network.export import FORMATS, Export
from tests.network.export.igraph_files import IGRAPH, READ_BY_IGRAPH, igraph_of
from tests.network.export.support import BOB, SMALL, expected
from tests.network.export.test_read_me import FACTS


@pytest.mark.skipif(not IGRAPH.exists(), reason="igraph is not installed: make igraph")
def test_igraph_reads_the_same_people_and_arcs(tmp_path):
    paths = []
    for file_format in READ_BY_IGRAPH:
        for name, lines in FORMATS[file_format](Export(SMALL, FACTS)).items():
            paths.append(tmp_path / name)
            paths[-1].write_text("".join(lines), encoding="utf-8", newline="")

    found = igraph_of(paths)

    assert BOB.id in expected(SMALL).people  # who has no arc
    assert found == {f".{one}": (True, *expected(SMALL)) for one in READ_BY_IGRAPH}
