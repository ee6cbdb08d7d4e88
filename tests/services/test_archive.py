from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from consult.domain.comment import NewSubmission, Receipt
from consult.domain.errors import Conflict, ConsultError, InputRefused, KeysUnready
from consult.export import archive_check
from consult.services.archive import archive, write
from consult.services.deliver import every_document
from consult.services.doctor import examine
from consult.services.look_up import Key, look_up
from consult.services.office import Office, open_office
from consult.services.publish import publish
from consult.services.receive import receive
from consult.services.release import release
from consult.services.restore_archive import is_archive, restore_archive
from consult.services.result_files import released_files
from consult.services.revise import erase, withdraw
from consult.store import migrations, tables
from tests.conftest import OPEN, SLUG, Clock

SECRET = "open sesame"
Change = Callable[[dict[str, bytes]], None]


@pytest.fixture
def receipts(analysed: Office) -> list[Receipt]:
    """Three more, of which the first is withdrawn and the second erased."""
    more = [
        receive(analysed, slug=SLUG, new=NewSubmission(text=f"撤回的第{n}件", contact=f"{n}@x.cn"),
                now=OPEN + timedelta(days=1))
        for n in range(3)
    ]  # fmt: skip
    keys = [Key(item.number, item.code) for item in more]
    withdraw(analysed, slug=SLUG, key=keys[0], now=OPEN + timedelta(days=1))
    erase(analysed, slug=SLUG, key=keys[1])
    return more


_ONCE: list[bytes] = []


@pytest.fixture
def archived(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An archive with keys; made once, since a test that breaks it needs no site of its own."""
    path = tmp_path / "a.zip"
    if not _ONCE:
        _ONCE.append(made(request.getfixturevalue("analysed"), path, SECRET).read_bytes())
    path.write_bytes(_ONCE[0])
    return path


def documents(office: Office) -> dict[str, bytes]:
    made = (*every_document(office, slug=SLUG, as_of=OPEN),
            *released_files(office, slug=SLUG, as_of=OPEN))  # fmt: skip
    return {item.name: item.data for item in made}


def made(office: Office, path: Path, passphrase: str = "") -> Path:
    archive(office, slug=SLUG, target=path, as_of=OPEN, passphrase=passphrase, actor="test")
    return path


def test_a_site_rebuilt_from_its_archive_writes_the_same_documents(
    analysed: Office, receipts: list[Receipt], tmp_path: Path, clock: Clock
) -> None:
    release(analysed, slug=SLUG, now=OPEN + timedelta(days=60), actor="t")
    before = documents(analysed)
    path = made(analysed, tmp_path / "a.zip", SECRET)
    done = restore_archive(path, data_dir=tmp_path / "new", passphrase=SECRET)
    office = open_office(tmp_path / "new", clock=clock)
    inside = zipfile.ZipFile(path)
    assert documents(office) == before == {
        name.removeprefix("documents/"): inside.read(name)
        for name in inside.namelist() if name.startswith("documents/")
    }  # fmt: skip
    assert {f.name: f.ok for f in examine(office) if f.name not in {"disk", "backup"}} == {
        "integrity": True, "events": True, "keys": True, "originals": True, "accounting": True,
    }  # fmt: skip
    third = receipts[2]
    status = look_up(office, slug=SLUG, number=third.number, code=third.code)
    assert (status.submission.text, status.contact[0]) == ("撤回的第2件", "2")
    assert (is_archive(path), done.keys, path.stat().st_mode & 0o777) == (True, True, 0o600)


def test_what_was_withdrawn_or_erased_is_in_no_archive(
    analysed: Office, receipts: list[Receipt], tmp_path: Path
) -> None:
    path = made(analysed, tmp_path / "a.zip")
    inside = zipfile.ZipFile(path)
    lines = inside.read("data/submissions.jsonl").decode().splitlines()
    rows = {row["number"]: row for row in map(json.loads, lines)}
    empty = {"sealed": None, "sealed_contact": None, "sealed_letters": None, "person": ""}
    gone = [rows[receipt.number] for receipt in receipts[:2]]
    assert [row["state"] for row in gone] == ["withdrawn", "erased"]
    assert [{name: row[name] for name in empty} for row in gone] == [empty, empty]
    keys = map(json.loads, inside.read("data/submission_keys.jsonl").splitlines())
    assert {row["submission"] for row in keys} & {row["id"] for row in gone} == set()
    assert b"staff" not in inside.read("manifest.json")
    assert "keys.sealed.json" not in inside.namelist()


def test_the_same_database_gives_the_same_bytes(analysed: Office, tmp_path: Path) -> None:
    for name in "ab":
        write(analysed, tmp_path / name, slug=SLUG, as_of=OPEN, rehearsal=False)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_of_another_consultation_the_archive_holds_hashes_alone(
    analysed: Office, tmp_path: Path, consultation: Any, plan: Any, clock: Clock
) -> None:
    from dataclasses import replace

    publish(analysed, consultation=replace(consultation, slug="other-1", title="另一件事"),
            plan=plan, source="t", data=b"", actor="secret-person")  # fmt: skip
    receive(analysed, slug="other-1", new=NewSubmission(text="另一件事的意见"), now=OPEN)
    path = made(analysed, tmp_path / "a.zip", SECRET)
    data = b"".join(zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist())
    assert ("另一件事".encode() in data, b"secret-person" in data) == (False, False)
    restore_archive(path, data_dir=tmp_path / "new", passphrase=SECRET)
    office = open_office(tmp_path / "new", clock=clock)
    found = {finding.name: (finding.ok, finding.detail) for finding in examine(office)}
    assert found["events"][0]
    assert found["events"][1].endswith("withheld 2")


def test_the_verifier_in_the_archive_runs_on_bare_python(analysed: Office, tmp_path: Path) -> None:
    path = made(analysed, tmp_path / "a.zip")
    script = tmp_path / "verify.py"
    script.write_bytes(zipfile.ZipFile(path).read("verify.py"))
    done = [
        subprocess.run([sys.executable, "-I", "-S", str(script), str(file)], cwd=tmp_path,
                       capture_output=True, text=True, encoding="utf-8", check=False,
                       env={"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}, timeout=60)
        for file in (path, script)
    ]  # fmt: skip
    assert [item.returncode for item in done] == [0, 1]
    assert (done[0].stdout[:7], done[1].stdout[:3]) == ("完整，未改动：", "有问题")


def rewritten(path: Path, change: Change, *, relist: bool = False) -> Path:
    """Write an archive anew with other members; ``relist`` makes the manifest agree with them."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    if relist:
        manifest = json.loads(members["manifest.json"])
        manifest["members"] = {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in members.items() if name != "manifest.json"
        }  # fmt: skip
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return path


def edit(name: str, old: bytes, new: bytes) -> Change:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new)

    return change


def manifest(**values: object) -> Change:
    def change(members: dict[str, bytes]) -> None:
        told = json.loads(members["manifest.json"]) | values
        members["manifest.json"] = json.dumps(told).encode()

    return change


HOSTILE: list[tuple[str, Change, bool, str]] = [
    ("changed", edit("data/comments.jsonl", b"\xe6", b"\xe7"), False, "被改动过"),
    ("missing", lambda m: m.__delitem__("data/links.jsonl"), False, "缺少 data/links.jsonl"),
    ("extra", lambda m: m.__setitem__("more.txt", b""), False, "多出 more.txt"),
    ("slip", lambda m: m.__setitem__("../evil", b""), True, "不该有的文件名"),
    ("absolute", lambda m: m.__setitem__("/etc/evil", b""), True, "不该有的文件名"),
    ("bomb", lambda m: m.__setitem__("documents/b", bytes(30 << 20)), True, "大得不正常"),
    ("no list", lambda m: m.__delitem__("manifest.json"), False, "缺少 manifest.json"),
    ("bad list", lambda m: m.__setitem__("manifest.json", b"[" * 10**5), False, "格式不对"),
    ("other", manifest(format="x"), False, "不是征求意见的档案"),
    ("event", edit("data/events.jsonl", b'"received"', b'"withdrew"'), True, "事件链在第"),
    ("cut chain", lambda m: m.__setitem__(
        "data/events.jsonl", b"\n".join(m["data/events.jsonl"].split(b"\n")[:2]) + b"\n",
    ), True, "首值"),
    ("lost comment", lambda m: m.__setitem__(
        "data/comments.jsonl", m["data/comments.jsonl"].split(b"\n", 1)[1]), True, "核对不平"),
    ("half row", lambda m: m.__setitem__(
        "data/comments.jsonl", m["data/comments.jsonl"][:-9]), True, "不完整"),
    ("deep row", lambda m: m.__setitem__(
        "data/links.jsonl", b"[" * 10**5 + b"\n"), True, "格式不对"),
    ("no table", manifest(tables=["consultations"]), True, "数据表不齐"),
    ("strange column", edit("data/links.jsonl", b'"rank"', b'"rank; drop"'), True, "links"),
    ("wrong type", edit("data/links.jsonl", b'"rank":', b'"rank":"a","x":'), True, "links"),
    ("dangling", edit("data/links.jsonl", b'"comment":', b'"comment":9'), True, ""),
    ("newer", manifest(schema=["m999_future"]), True, ""),
]  # fmt: skip


@pytest.mark.parametrize(("change", "relist", "reason"), [h[1:] for h in HOSTILE],
                         ids=[h[0] for h in HOSTILE])  # fmt: skip
def test_an_archive_that_was_tampered_with_restores_nothing(
    archived: Path, tmp_path: Path, change: Change, relist: bool, reason: str
) -> None:
    path = rewritten(archived, change, relist=relist)
    with pytest.raises(ConsultError) as error:
        restore_archive(path, data_dir=tmp_path / "new", passphrase=SECRET)
    assert reason in str(error.value.values)
    left = [item for item in tmp_path.rglob("*") if "new" in item.parts and item.is_file()]
    assert (left, (tmp_path.parent / "evil").exists()) == ([], False)


def test_a_wrong_passphrase_a_cut_file_and_an_old_database_restore_nothing(
    archived: Path, office: Office, tmp_path: Path
) -> None:
    path = archived
    with pytest.raises(KeysUnready):
        restore_archive(path, data_dir=tmp_path / "new", passphrase="wrong")
    whole = path.read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(InputRefused) as error:
            restore_archive(path, data_dir=tmp_path / "new", passphrase=SECRET)
        assert error.value.code == "archive.damaged"
    assert [item for item in (tmp_path / "new").rglob("*") if item.is_file()] == []
    path.write_bytes(whole)
    with pytest.raises(Conflict):
        restore_archive(path, data_dir=office.store.path.parent, passphrase=SECRET)
    with pytest.raises(Conflict):
        made(office, path)


def test_an_archive_of_an_older_schema_is_brought_up_to_date(
    analysed: Office, tmp_path: Path, clock: Clock
) -> None:
    """The tables and columns of the last steps are taken away, as if they had not been there."""
    empty = Database(memory=True)
    migrations.build(empty, [name for name in migrations.all_steps() if name < "m011"])
    old = tables.every(empty)

    def older(members: dict[str, bytes]) -> None:
        told = json.loads(members["manifest.json"])
        told |= {"schema": [name for name in told["schema"] if name < "m011"], "tables": old}
        members["manifest.json"] = json.dumps(told).encode()
        for name in [name for name in members if name.startswith("data/")]:
            table = name[5:-6]
            if table not in old:
                del members[name]
                continue
            known = {"rowid", *(column.name for column in empty[table].columns)}
            rows = map(json.loads, members[name].splitlines())
            kept = [{k: v for k, v in row.items() if k in known} for row in rows]
            members[name] = b"".join(json.dumps(row).encode() + b"\n" for row in kept)

    path = rewritten(made(analysed, tmp_path / "a.zip", SECRET), older, relist=True)
    restore_archive(path, data_dir=tmp_path / "new", passphrase=SECRET)
    office = open_office(tmp_path / "new", clock=clock)
    archived = zipfile.ZipFile(path).read("documents/register.csv")
    assert documents(office)["register.csv"] == archived


def test_every_table_is_in_the_archive_or_left_out_for_a_reason(office: Office) -> None:
    assert tables.unplaced(office.store.db) == ()


def test_the_chain_is_hashed_alike_by_program_and_verifier(analysed: Office) -> None:
    rows = list(analysed.store.db.query("select * from events order by number"))
    assert [archive_check.link(row) for row in rows] == [row["hash"] for row in rows]
    with pytest.raises(archive_check.Damaged):
        archive_check.check(io.BytesIO(b"PK"))
