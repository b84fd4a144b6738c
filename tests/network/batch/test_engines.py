"""DuckDB and Spark sum exported events to exactly the arcs that the site has stored."""

import shutil
import subprocess
import sys

import pytest
from pyarrow import parquet

from network.batch.duckdb_arcs import MissingWeight, write_arcs
from tests.network.batch.support import ROOT, export, make_terms, stored_arcs

SPARK = ROOT / ".venv-spark" / "bin" / "python"
SPARK_ARCS = ROOT / "network" / "batch" / "spark_arcs.py"
COLUMNS = ("course", "source", "target", "acc", "units", "events")

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms(instructor):
    return make_terms(instructor)


@pytest.fixture
def events(terms, tmp_path):
    export(tmp_path / "events")
    return tmp_path / "events"


def arcs_in(folder):
    files = sorted(folder.rglob("*.parquet"))
    found = []
    for path in files:
        of_path = path.parent.name.removeprefix("course=")
        for row in parquet.read_table(path, partitioning=None).to_pylist():
            found.append(tuple(({"course": of_path} | row)[name] for name in COLUMNS))
    return sorted(found)


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_duckdb_gives_the_arcs_of_the_site(terms, events, tmp_path, at_once):
    (tmp_path / "arcs").mkdir()

    number = write_arcs(events, tmp_path / "arcs", courses_at_once=at_once, memory="200MB")

    assert arcs_in(tmp_path / "arcs") == stored_arcs(terms)
    assert number == len(stored_arcs(terms)) == 6


def test_duckdb_runs_without_the_site(terms, events, tmp_path):
    arcs = tmp_path / "it’s here"

    said = subprocess.run(
        [sys.executable, "-m", "network.batch.duckdb_arcs", events, arcs],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
    ).stdout

    assert said == "6 arcs\n"
    assert arcs_in(arcs) == stored_arcs(terms)


def test_a_day_without_a_weight_is_refused(events, tmp_path):
    weights = parquet.read_table(events / "tie_days.parquet")
    parquet.write_table(weights.slice(1), events / "tie_days.parquet")
    (tmp_path / "arcs").mkdir()

    with pytest.raises(MissingWeight, match="have a day without a weight"):
        write_arcs(events, tmp_path / "arcs")

    assert arcs_in(tmp_path / "arcs") == []


def test_a_site_without_courses_has_no_arcs(db, tmp_path):
    export(tmp_path / "events")
    (tmp_path / "arcs").mkdir()

    assert write_arcs(tmp_path / "events", tmp_path / "arcs") == 0


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.skipif(not SPARK.exists(), reason="Spark is not installed: make spark")
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none")
def test_spark_gives_the_arcs_of_the_site(terms, events, tmp_path):
    arcs = tmp_path / "arcs"

    said = subprocess.run(
        [SPARK, SPARK_ARCS, events, arcs],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "SPARK_LOCAL_IP": "127.0.0.1"},
    ).stdout

    assert said == "6 arcs\n"
    assert arcs_in(arcs) == stored_arcs(terms)
