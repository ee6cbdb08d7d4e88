"""Folders that processes of this machine share, and what is left of those that were killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from consult.analysis import private_folder
from consult.analysis.private_folder import PrivateFolder, sweep

OWNER = """
import sys, time
from pathlib import Path
from consult.analysis.private_folder import PrivateFolder
folder = PrivateFolder(Path(sys.argv[1]))
(folder.path / "words").write_text("何处有言")
print(folder.path, flush=True)
time.sleep(60)
"""


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for memory, however little room there is."""
    monkeypatch.setattr(private_folder, "_ROOM", 0)
    return tmp_path


def test_a_folder_is_its_owners_alone_and_gone_when_it_is_closed(memory: Path) -> None:
    folder = PrivateFolder(memory)
    mode = folder.path.stat().st_mode & 0o777

    folder.close()

    assert (folder.in_memory, mode, [*memory.iterdir()]) == (True, 0o700, [])


def test_what_a_killed_process_left_is_swept_and_what_is_in_use_stays(memory: Path) -> None:
    mine = PrivateFolder(memory)
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(memory)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        left = Path(other.stdout.readline().strip())
        sweep(left.parent)
        assert (left / "words").read_text() == "何处有言"
        other.send_signal(signal.SIGKILL)

    sweep(left.parent)

    assert (left.exists(), mine.path.exists()) == (False, True)
    mine.close()


def test_a_folder_that_is_being_made_is_left_alone(memory: Path) -> None:
    coming = memory / "consult-shared-new"
    coming.mkdir()

    sweep(memory)

    assert coming.exists()


@pytest.mark.parametrize("missing", [True, False], ids=["no such place", "too little room"])
def test_without_room_in_memory_a_folder_is_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: bool
) -> None:
    monkeypatch.setattr(private_folder, "_ROOM", 1 << 62)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    folder = PrivateFolder(tmp_path / "none" if missing else tmp_path)

    assert (folder.in_memory, folder.path.parent) == (False, tmp_path)
    folder.close()
    assert [*tmp_path.iterdir()] == []
