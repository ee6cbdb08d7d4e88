"""Events are damaged by hand in a real database; program and stand-alone script name the place."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from consult.services.backup import backup
from consult.services.doctor import compare, compare_file, examine, verifier
from consult.services.office import Office
from consult.store import events
from consult.store.verify_chain import START, hash_of

Row = dict[str, object]


@pytest.fixture
def chained(office: Office) -> Office:
    """Six events; the ledger of the office is empty otherwise."""
    with office.store.write() as db:
        for number in range(1, 7):
            events.add(
                db, at=office.clock(), actor="li", verb="relinked", subject=f"comment:{number}",
                why="原因", after={"section": "1.1"},
            )  # fmt: skip
    return office


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "alone" / "verify_chain.py"
    path.parent.mkdir()
    path.write_text(verifier(), encoding="utf-8")
    return path


def run(script: Path, *arguments: object) -> tuple[int, list[str]]:
    """Run the script without this program: isolated, from another folder."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), *map(str, arguments)],
        capture_output=True, encoding="utf-8", cwd=script.parent, timeout=60, check=False,
        env={"PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"},
    )  # fmt: skip
    return done.returncode, (done.stdout + done.stderr).splitlines()


def operate(office: Office, *statements: tuple[str, list[object]] | str) -> None:
    """Change the database as somebody with a SQL prompt would."""
    with closing(sqlite3.connect(office.store.path)) as db, db:
        for statement in statements:
            db.execute(*((statement,) if isinstance(statement, str) else statement))


def rows(office: Office) -> list[Row]:
    return list(office.store.db.query("select * from events order by number"))


def rewrite(office: Office, changed: list[Row], *, seal: str | None = None) -> None:
    """Put rows in the place of all events, each chained anew to the one before."""
    previous, statements = START, ["delete from events"]
    for number, given in enumerate(changed, 1):
        row = {**given, "number": number, "previous": previous}
        row["hash"] = previous = hash_of(row)
        row["seal"] = row["seal"] if seal is None else seal
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        statements.append((f"insert into events ({names}) values ({marks})", list(row.values())))
    operate(office, *statements)


def named(office: Office) -> list[tuple[int, int, str]]:
    found = {finding.name: finding for finding in examine(office)}["events"]
    assert found.ok is not bool(found.faults)
    return list(found.faults)


FORGED = (
    "insert into events (number, consultation, at, actor, verb, subject, why, before, after,"
    " previous, hash{more}) select number + 1, consultation, at, 'nobody', verb, subject, why,"
    " before, after, hash, 'f' || substr(hash, 2){seal} from events where number = 6"
)


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("update events set why = '改过' where number = 3", (3, 3, "edited")),
        ("update events set actor = 'wang' where number = 6", (6, 6, "edited")),
        ("update events set hash = 'f' || substr(hash, 2) where number = 2", (2, 2, "edited")),
        ("delete from events where number = 4", (4, 4, "dropped")),
        ("delete from events where number < 3", (1, 2, "dropped")),
        (FORGED.format(more="", seal=""), (7, 7, "appended")),
        (FORGED.format(more=", seal", seal=", seal"), (7, 7, "edited")),
    ],
)
def test_program_and_script_name_number_and_kind(
    chained: Office, script: Path, damage: str, fault: tuple[int, int, str]
) -> None:
    assert named(chained) == []
    sound = run(script, chained.store.path)
    operate(chained, damage)
    code, said = run(script, chained.store.path)
    first, last, kind = fault
    place = f"{first}" if first == last else f"{first}-{last}"
    assert named(chained) == [fault]
    assert (sound[0], code) == (0, 1)
    told = [line for line in said if line.startswith("事件 / event")]
    assert [line.split(":")[0] for line in told] == [f"事件 / event {place}"]
    assert kind in told[0]


def test_an_event_put_in_place_of_another_with_a_right_hash_is_named(
    chained: Office, script: Path
) -> None:
    row = {**rows(chained)[2], "why": "换了一条"}
    operate(chained, ("update events set why = ?, hash = ? where number = 3",
                      [row["why"], hash_of(row)]))  # fmt: skip
    assert named(chained) == [(3, 3, "forged")]  # the office's key tells
    code, said = run(script, chained.store.path)  # without it the next event tells
    assert (code, said[0].startswith("事件 / event 3: 被换过")) == (1, True)


def test_an_event_appended_with_a_right_hash_and_a_copied_seal_is_named(chained: Office) -> None:
    last = rows(chained)[-1]
    rewrite(chained, [*rows(chained), {**last, "actor": "nobody"}])
    assert named(chained) == [(7, 7, "forged")]


def test_a_chain_rewritten_whole_is_found_with_the_key_and_with_an_earlier_head(
    chained: Office, script: Path, tmp_path: Path
) -> None:
    export = tmp_path / "digest.json"
    export.write_text(json.dumps({"masthead": {"head": events.head(chained.store.db)}}))
    rewrite(chained, [{**row, "actor": "nobody"} for row in rows(chained)], seal="")
    code, said = run(script, chained.store.path)
    against, told = run(script, chained.store.path, "--against", export)
    assert (code, against) == (0, 1)  # sound in itself: only the comparison finds it
    assert "NOT in the chain" in told[0]
    assert said[-1].startswith("事件链完好")
    assert not compare_file(chained, path=export).ok
    found = {finding.name: finding for finding in examine(chained)}["events"]
    assert (found.ok, found.detail) == (False, "1-6 unsealed")


def test_a_chain_cut_short_is_found_against_every_earlier_document(
    chained: Office, script: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "before.zip"
    backup(chained, target=saved, actor="test")
    head = events.head(chained.store.db)
    receipt = tmp_path / "receipt.txt"
    receipt.write_text(f"存证码: {head}\n", encoding="utf-8")
    sound = run(script, chained.store.path, "--against", saved, "--against", receipt)
    assert sound[0] == 0
    assert compare(chained, head=head).detail == "7"
    operate(chained, "delete from events where number > 4")
    code, said = run(
        script, chained.store.path, "--head", head, "--against", saved, "--against", receipt
    )
    assert (code, len([line for line in said if "NOT in the chain" in line])) == (1, 3)
    assert run(script, chained.store.path)[0] == 0
    assert [compare(chained, head=head).ok, compare_file(chained, path=saved).ok] == [False] * 2


def test_a_backup_carries_the_script_and_verifies_by_itself(
    chained: Office, script: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "b.zip"
    backup(chained, target=saved, actor="test")
    import zipfile

    with zipfile.ZipFile(saved) as parts:
        assert parts.read("verify_chain.py").decode() == script.read_text(encoding="utf-8")
    code, said = run(script, saved, "--against", saved)
    assert (code, "与第 7 号事件相符" in said[0]) == (0, True)


def test_a_file_without_events_is_said_in_one_line(script: Path, tmp_path: Path) -> None:
    for content in (b"", b"not json", b"SQLite format 3\0 broken", b"PK\x05\x06" + b"\0" * 18):
        path = tmp_path / "x"
        path.write_bytes(content)
        code, said = run(script, path)
        assert (code in (0, 2), len(said) <= 3) == (True, True)
    assert run(script, tmp_path / "absent")[0] == 2
