"""Writers take turns, threads and processes alike, and a turn ends with whoever had it."""

import gc
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plnsite.sqlite.write_queue import Turn

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60

# Adds 1 to a number in a file, some times; without turns, what two read at once counts once.
COUNTING = """
import sys
from pathlib import Path
from plnsite.sqlite.write_queue import Turn
file = Path(sys.argv[1])
for _ in range(int(sys.argv[2])):
    turn = Turn(str(file), 60)
    file.write_text(str(int(file.read_text()) + 1))
    turn.end()
"""
# Says that it has the turn, and keeps it.
STAYING = """
import sys
from plnsite.sqlite.write_queue import Turn
turn = Turn(sys.argv[1], 60)
print("mine", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "number"
    file.write_text("0")
    return file


def start(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def take_and_end(file, timeout=PATIENCE):
    turn = Turn(str(file), timeout)
    turn.end()


def test_threads_take_turns(file):
    def count(_thread):
        for _ in range(50):
            turn = Turn(str(file), PATIENCE)
            file.write_text(str(int(file.read_text()) + 1))
            turn.end()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(8)))

    assert file.read_text() == "400"


def test_processes_take_turns(file):
    writers = [start(COUNTING, file, 50) for _ in range(8)]

    for writer in writers:
        writer.communicate()

    assert [writer.returncode for writer in writers] == [0] * 8
    assert file.read_text() == "400"


def test_a_thread_whose_turn_does_not_come_is_refused(file):
    turn = Turn(str(file), PATIENCE)

    with pytest.raises(TimeoutError, match="Another thread has not ended its turn"):
        Turn(str(file), 0.01)

    turn.end()
    take_and_end(file)


def test_databases_have_turns_of_their_own(file, tmp_path):
    turn = Turn(str(file), PATIENCE)

    take_and_end(tmp_path / "other", timeout=0.01)

    turn.end()


def test_a_killed_process_has_no_turn_any_more(file):
    with start(STAYING, file) as killed:
        assert killed.stdout.readline() == "mine\n"
        with start(COUNTING, file, 1) as waiting:
            killed.kill()
            waiting.communicate()

    assert (killed.returncode, waiting.returncode, file.read_text()) == (-9, 0, "1")


def test_a_turn_that_nobody_holds_any_more_is_over(file):
    turn = Turn(str(file), PATIENCE)

    del turn
    gc.collect()

    take_and_end(file, timeout=0.01)


def test_a_turn_ends_once(file):
    first = Turn(str(file), PATIENCE)
    first.end()
    second = Turn(str(file), PATIENCE)

    first.end()

    with pytest.raises(TimeoutError):
        Turn(str(file), 0.01)
    second.end()


def test_where_there_is_no_folder_there_is_no_turn_and_nobody_has_it(tmp_path):
    place = tmp_path / "later" / "database"

    with pytest.raises(FileNotFoundError):
        Turn(str(place), PATIENCE)

    place.parent.mkdir()
    take_and_end(place, timeout=0.01)
