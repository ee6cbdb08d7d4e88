"""Shards through one function, here and elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from joblib import parallel_config
from joblib.parallel import get_active_backend

from consult.analysis.engine import (
    WORTH_PROCESSES,
    _here,
    begin_shards,
    cut,
    map_ahead,
    map_shards,
    map_threads,
    stream_shards,
    suitable,
)

ROOT = Path(__file__).parents[2]
# What a run finds in a consultation's comments, in any process, as one line.
FOUND = """
import sys
import time
from collections.abc import Callable
from consult.analysis.segment import Segmenter
from consult.cli import corpora
from consult.domain.comment import Comment, Link, Origin
from consult.services.group import group

found = corpora.load("luzhou-2022")
texts = [line for line in sys.stdin.read().splitlines() if line]
if "backwards" in sys.argv:
    texts.reverse()
link = (Link("6.2", Origin.INFERRED, 0.8),)
comments = [Comment(n, n, 0, len(t), t, links=link) for n, t in enumerate(texts, 1)]
groups = group(comments, found.knowledge, Segmenter(found.knowledge.lexicon.words))
told = [
    (theme.label, sorted(texts[i] for i in theme.members), texts[theme.central], theme.keywords)
    for theme in groups.themes
]
print(sorted(told))
"""


def test_results_come_in_the_order_of_the_shards():
    assert map_shards(sum, [[1, 2], [3], []]) == [3, 3, 0]


def test_any_number_of_processes_gives_the_same_result():
    shards = [list(range(n)) for n in range(7)]

    assert map_shards(sum, shards, processes=2) == map_shards(sum, shards, processes=1)


def test_results_come_one_by_one():
    assert next(iter(stream_shards(sum, ([n] for n in (1, 2))))) == 1


@pytest.mark.parametrize("processes", [1, 2])
def test_batches_are_made_in_this_thread_and_come_back_in_their_order(processes):
    made = []

    def batches():
        for size in (2, 0, 3):
            made.append(threading.current_thread())
            yield [[size, n] for n in range(size)]

    found = list(map_ahead(sum, batches(), processes))

    assert found == [[2, 3], [], [3, 4, 5]]
    assert made == [threading.main_thread()] * 3


def test_a_batch_that_fails_is_told_where_it_is_waited_for():
    with pytest.raises(TypeError):
        list(map_ahead(sum, [[[1]], [["a"]]], processes=2))


@pytest.mark.parametrize("processes", [1, 2])
def test_shards_begun_are_done_while_this_thread_goes_on(processes):
    begun = begin_shards(sum, ([n, n] for n in range(3)), processes)

    assert begun.result() == [0, 2, 4]


def test_what_waits_for_shards_runs_them_where_its_thread_would_have():
    with parallel_config(backend="threading"), ThreadPoolExecutor(1) as other:
        told = [
            other.submit(ask).result() for ask in (get_active_backend, _here(get_active_backend))
        ]

    assert [type(backend).__name__ for backend, _ in told] == ["LokyBackend", "ThreadingBackend"]


def test_no_shards_have_no_results():
    assert map_shards(sum, []) == []


def test_less_than_one_process_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        map_shards(sum, [[1]], processes=0)


def test_shards_hold_everything_once_in_order():
    items = list(range(23))

    for processes in (1, 2, 5):
        shards = cut(items, processes, 4)
        assert [item for shard in shards for item in shard] == items
    assert [len(shard) for shard in cut(items, 1, 10)] == [10, 10, 3]


def test_shards_for_several_processes_shrink_so_that_all_end_together():
    sizes = [len(shard) for shard in cut(range(6000), 2, 100)]

    assert sizes[0] == 1000
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-2] == 100
    assert max(len(shard) for shard in cut(range(10**6), 2, 100)) == 10_000


def test_few_texts_are_worth_one_process():
    assert suitable(WORTH_PROCESSES - 1) == 1
    assert suitable(WORTH_PROCESSES) == len(os.sched_getaffinity(0))


def test_order_and_hash_seed_change_nothing_byte_for_byte():
    lines = (ROOT / "tests/labelled/themes.jsonl").read_text(encoding="utf-8").splitlines()
    texts = "\n".join(line.split('"text": "')[1].split('", "sections"')[0] for line in lines[:80])

    def found(seed: str, *arguments: str) -> bytes:
        done = subprocess.run(
            [sys.executable, "-c", FOUND, *arguments],
            input=texts.encode(),
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        return done.stdout

    first = found("0")
    assert len(first) > 1000
    assert [found("1"), found("2", "backwards")] == [first, first]


# A module of functions for other processes: one notes whenever it is read, one takes its time.
WORK = """
import os, sys, time
from pathlib import Path
from consult.analysis import lending
from consult.analysis.engine import map_shards, started

class Noted:
    def __init__(self, folder):
        self.folder = Path(folder)
    def __setstate__(self, state):
        self.__dict__ |= state
        with (self.folder / str(os.getpid())).open("a") as file:
            file.write("read\\n")
    def __call__(self, seconds):
        time.sleep(seconds)
        return seconds

def main():
    seconds = [float(own) for own in sys.argv[2:]]
    assert map_shards(Noted(sys.argv[1]), seconds, 2) == seconds

class Large(lending.Lent, Noted):
    pass

class Holder:
    def __init__(self, large):
        self.large = large
    def __call__(self, seconds):
        return self.large(seconds)

def lend():
    large = Large(sys.argv[1])
    assert map_shards(Holder(large), [0.1] * 6, 2) == [0.1] * 6
    assert map_shards(Holder(large), [0.1] * 6, 2) == [0.1] * 6
    assert map_shards(held, [0.1] * 6, 2) == [1] * 6
    del large
    assert map_shards(held, [0.1] * 6, 2) == [0] * 6

def held(seconds):
    time.sleep(seconds)
    return len(lending._HELD)

def process(seconds):
    time.sleep(seconds)
    return os.getpid()

def ahead():
    processes = int(sys.argv[2])
    with started((Noted(sys.argv[1]),), processes):
        pass
    ready = {int(path.name) for path in Path(sys.argv[1]).iterdir()}
    assert bool(ready) == (processes > 1), ready
    assert ready <= set(map_shards(process, [0.1] * 10, processes))
"""


def working(folder: Path, *words: str, what: str = "main") -> subprocess.Popen[bytes]:
    (folder / "work.py").write_text(WORK, encoding="utf-8")
    (folder / "seen").mkdir()
    return subprocess.Popen(
        [sys.executable, "-c", f"import work; work.{what}()", "seen", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(folder)))},
    )


@pytest.mark.parametrize("processes", ["1", "2"])
def test_processes_started_beforehand_have_their_parts_and_run_the_shards(
    tmp_path: Path, processes: str
):
    with working(tmp_path, processes, what="ahead") as parent:
        assert parent.wait(timeout=120) == 0


def test_what_is_lent_goes_to_each_process_once_and_is_let_go_with_its_owner(tmp_path: Path):
    with working(tmp_path, what="lend") as parent:
        assert parent.wait(timeout=120) == 0

    read = [seen.read_text() for seen in (tmp_path / "seen").iterdir()]
    assert read == ["read\n"] * 2


def test_a_function_goes_to_each_process_once(tmp_path: Path):
    with working(tmp_path, *["0.01"] * 9) as parent:
        assert parent.wait(timeout=120) == 0

    notes = [note.read_text(encoding="ascii") for note in (tmp_path / "seen").iterdir()]
    assert set(notes) == {"read\n"}


def test_processes_end_with_the_one_they_work_for(tmp_path: Path):
    with working(tmp_path, "120", "120") as parent:
        wait_until(lambda: len(list((tmp_path / "seen").iterdir())) == 2)
        parent.kill()

    wait_until(lambda: not any(alive(note.name) for note in (tmp_path / "seen").iterdir()))


def alive(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(") ")[1][0] != "Z"
    except OSError:
        return False


def wait_until(reached: Callable[[], bool]):
    deadline = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("processes", [1, 2, 64])
def test_threads_answer_in_the_order_of_the_items(processes: int):
    assert map_threads(str, range(9), processes) == list("012345678")
