"""A mailbox is taken in whole, once, in little memory, however often the program is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from consult.services import vault
from consult.services.doctor import examine
from consult.services.office import Office
from consult.store import submissions
from tests.mails import generated, mbox
from tests.serving import PROGRAM, environment

MEMORY = 300  # MiB that a mailbox of any size may take


COMMAND = (*PROGRAM, "--data-dir", "data", "import", "box.mbox", "--json")


def begin(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        COMMAND,
        cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def count(office: Office) -> int:
    return int(office.store.db.execute("select count(*) from submissions").fetchone()[0])


def kill_when(office: Office, process: subprocess.Popen[bytes], stored: int) -> None:
    """Kill an import as soon as so much is stored."""
    while count(office) < stored and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL


# A process that is born of a large one counts that one's memory as its own until it is replaced:
# so a small one in between starts the import and tells what its child needed.
_MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def run(folder: Path) -> tuple[int, int]:
    """Import to the end; returns exit code and the most memory of any process in it, in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *COMMAND],
        cwd=folder, env=environment(), capture_output=True, check=True,
    )  # fmt: skip
    code, memory = map(int, done.stdout.split())
    return code, memory


def survive(office: Office, folder: Path, *, letters: int, kills: Sequence[int]) -> None:
    given = list(generated(letters))
    (folder / "box.mbox").write_bytes(mbox([data for data, _ in given]))
    for stored in kills:
        kill_when(office, begin(folder), stored)
    assert count(office) < letters  # it has been killed on the way, not after its end
    for _ in range(2):  # to the end, and once more
        code, memory = run(folder)
        assert code == 0
        assert memory < MEMORY
        texts = [
            vault.original(office.keys, s).text for s in submissions.active(office.store.db, 1)
        ]
        assert sorted(texts) == sorted(text for _, text in given)
    outcomes = office.store.db.execute(
        "select i.state, t.outcome, count(*) from imports i join import_items t on t.import = i.id"
        " group by i.id, t.outcome order by i.id"
    ).fetchall()
    assert outcomes == [("done", "taken", letters), ("done", "repeated", letters)]
    assert [f for f in examine(office) if not f.ok and f.name not in ("backup", "disk")] == []


def test_eleven_hundred_letters_survive_three_kills(published: Office, tmp_path: Path) -> None:
    survive(published, tmp_path, letters=1_100, kills=[0, 1, 501])


@pytest.mark.long
def test_ten_thousand_letters_survive_five_kills(published: Office, tmp_path: Path) -> None:
    survive(published, tmp_path, letters=10_000, kills=[0, 1_000, 3_000, 6_000, 9_500])
