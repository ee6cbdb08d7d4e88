"""What a run writes is staged, and counts all at once or not at all (DESIGN §4.12)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.errors import Conflict
from consult.export.records import digest_json, register_json
from consult.services.analyse import analyse
from consult.services.compile import compile_digest, compile_register
from consult.services.look_up import Key
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.revise import erase
from consult.store import comments, run_comments, runs
from tests.conftest import OPEN, SLUG
from tests.serving import environment

ROOT = Path(__file__).parents[2]
NEW = NewSubmission(text="图书馆晚上关得太早，请开到十点，下班以后还能看书。")
# Analyses, and is killed when everything is staged and nothing of it counts yet.
KILLED = """
import os, signal, sys
from pathlib import Path
from consult.services.analyse import analyse
from consult.services.office import open_office

def stop(stage, done, total):
    if (stage, done) == ("store", 0):
        os.kill(os.getpid(), signal.SIGKILL)

analyse(open_office(Path(sys.argv[1])), slug=sys.argv[2], actor="killed", progress=stop)
"""


def told(office: Office) -> bytes:
    """Return what the digest and the register say."""
    as_of = OPEN + timedelta(days=1)
    digest = digest_json(compile_digest(office, slug=SLUG, as_of=as_of))
    return digest + register_json(compile_register(office, slug=SLUG, as_of=as_of))


def left_over(office: Office) -> tuple[int, int]:
    links, staged = run_comments.left_over(office.store.db, 1)
    return len(links), len(staged)


def during(act: Callable[[], object], *, at: str = "group") -> Callable[[str, int, int], None]:
    """Return a progress that does something when a stage is over."""

    def progress(stage: str, done: int, total: int) -> None:
        if (stage, done) == (at, total):
            act()

    return progress


def test_while_a_run_computes_all_lists_stay_as_they_are(analysed: Office) -> None:
    receive(analysed, slug=SLUG, new=NEW, now=OPEN)
    before = told(analysed)
    seen: list[tuple[bytes, tuple[int, int]]] = []
    analyse(
        analysed, slug=SLUG, actor="test", anew=True,
        progress=during(lambda: seen.append((told(analysed), left_over(analysed)))),
    )  # fmt: skip
    ((then, (links, staged)),) = seen
    assert then == before
    assert staged == 1
    assert links > 9
    assert told(analysed) != before
    assert left_over(analysed) == (0, 0)


def test_a_run_killed_before_its_end_changes_nothing_and_the_next_one_is_whole(
    analysed: Office, tmp_path: Path
) -> None:
    receive(analysed, slug=SLUG, new=NEW, now=OPEN)
    before = told(analysed)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(analysed.store.path.parent), SLUG],
        cwd=ROOT, env=environment(), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    assert told(analysed) == before
    assert runs.latest(analysed.store.db, 1) == 1
    assert left_over(analysed)[1] == 1
    report = analyse(analysed, slug=SLUG, actor="test")
    assert (report.comments, report.added) == (10, 1)
    assert sorted(c.number for c in comments.active(analysed.store.db, 1)) == list(range(1, 11))
    assert left_over(analysed) == (0, 0)


def test_of_what_is_erased_while_a_run_computes_nothing_is_left(analysed: Office) -> None:
    receipt = receive(analysed, slug=SLUG, new=NEW, now=OPEN)
    key = Key(number=receipt.number, code=receipt.code)
    with pytest.raises(Conflict) as refused:
        analyse(
            analysed, slug=SLUG, actor="test",
            progress=during(lambda: erase(analysed, slug=SLUG, key=key)),
        )  # fmt: skip
    assert refused.value.code == "analysis.overtaken"
    assert left_over(analysed) == (0, 0)
    assert "图书馆" not in "\n".join(analysed.store.db.conn.iterdump())
