from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.errors import Conflict, InputRefused, KeysUnready, StoreUnready
from consult.services.backup import backup, restore
from consult.services.doctor import examine
from consult.services.look_up import look_up
from consult.services.office import Office, open_office
from consult.services.receive import receive
from tests.conftest import OPEN, SLUG, Clock


@pytest.fixture
def saved(published: Office, tmp_path: Path) -> tuple[Path, str, str]:
    """A backup with keys, and the receipt of a submission in it."""
    receipt = receive(published, slug=SLUG, new=NewSubmission(text="河水发臭"), now=OPEN)
    path = tmp_path / "b" / "one.zip"
    backup(published, target=path, passphrase="open sesame", actor="test")
    return path, receipt.number, receipt.code


def test_a_restored_site_answers_the_same_receipt(
    saved: tuple[Path, str, str], tmp_path: Path, clock: Clock
) -> None:
    path, number, code = saved
    restore(path, data_dir=tmp_path / "new", passphrase="open sesame")
    office = open_office(tmp_path / "new", clock=clock)
    assert look_up(office, slug=SLUG, number=number, code=code).submission.text == "河水发臭"
    assert {finding.name: finding.ok for finding in examine(office)} | {"disk": True} == {
        "integrity": True, "events": True, "keys": True, "originals": True,
        "accounting": True, "disk": True, "backup": True,
    }  # fmt: skip


def test_a_backup_without_passphrase_holds_no_key(published: Office, tmp_path: Path) -> None:
    path = tmp_path / "plain.zip"
    done = backup(published, target=path, actor="test")
    assert sorted(zipfile.ZipFile(path).namelist()) == [
        "consult.sqlite3", "manifest.json", "verify_chain.py",
    ]  # fmt: skip
    assert (done.keys, path.stat().st_mode & 0o777) == (False, 0o600)
    restore(path, data_dir=tmp_path / "new")
    with pytest.raises(KeysUnready):
        open_office(tmp_path / "new")


def test_nothing_is_overwritten(saved: tuple[Path, str, str], tmp_path: Path,
                                published: Office) -> None:  # fmt: skip
    path, _, _ = saved
    with pytest.raises(Conflict):
        backup(published, target=path, actor="test")
    with pytest.raises(Conflict):
        restore(path, data_dir=tmp_path / "data")


def test_a_wrong_passphrase_restores_nothing(saved: tuple[Path, str, str], tmp_path: Path) -> None:
    with pytest.raises(KeysUnready):
        restore(saved[0], data_dir=tmp_path / "new", passphrase="close sesame")
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("position", [0.2, 0.5, 0.9])
def test_a_damaged_backup_restores_nothing(
    saved: tuple[Path, str, str], tmp_path: Path, position: float
) -> None:
    data = bytearray(saved[0].read_bytes())
    data[int(len(data) * position)] ^= 0xFF
    broken = tmp_path / "broken.zip"
    broken.write_bytes(bytes(data))
    with pytest.raises((InputRefused, StoreUnready)):
        restore(broken, data_dir=tmp_path / "new", passphrase="open sesame")
    assert not (tmp_path / "new" / "consult.sqlite3").exists()


def test_a_backup_with_a_rewritten_database_is_refused(
    saved: tuple[Path, str, str], tmp_path: Path
) -> None:
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(saved[0]) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data + b"\0" if name == "consult.sqlite3" else data)
    with pytest.raises(StoreUnready) as error:
        restore(forged, data_dir=tmp_path / "new")
    assert error.value.values == {"reason": "sha256"}


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("not a zip")
    for name in ("x.zip", "missing.zip"):
        with pytest.raises(InputRefused):
            restore(tmp_path / name, data_dir=tmp_path / "new")
