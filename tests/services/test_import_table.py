"""Tables taken in: looked at first, in the background, broken off by kill, with the file kept."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.errors import Conflict, InputRefused
from consult.domain.ledger import ImportState, Outcome, Source, SourceKind
from consult.domain.table import Columns, Role
from consult.services import import_table as importing
from consult.services.admit import Rules
from consult.services.import_table import preview_table
from consult.services.ledger import import_lines, import_page, ledger
from consult.services.office import Office
from consult.services.queue_import import begin, file_content, give_up, hold_file
from consult.services.run_imports import import_file, run_imports
from consult.store import imports, totals
from tests.conftest import OPEN, SLUG
from tests.intake.test_table import book

ROWS = [
    ["姓名", "电话", "心声"],
    ["甲", "1", "多装路灯。"],
    ["乙", "2", "x" * 60],
    ["丙", "3", "种树。"],
]
TOLD = {"心声": Role.TEXT}
SHORT = Rules(max_text=50)


def source(data: bytes) -> Source:
    return Source(SourceKind.TABLE, "心声.xlsx", hashlib.sha256(data).hexdigest())


def held(office: Office, data: bytes) -> int:
    return hold_file(
        office, slug=SLUG, kind=SourceKind.TABLE, name="C:\\桌面\\心声.xlsx", data=data, actor="li",
        most=1_000_000,
    )  # fmt: skip


def run(office: Office) -> int:
    return run_imports(office, now=lambda: OPEN, rules=SHORT)


def test_a_table_is_looked_at_and_nothing_happens(published: Office) -> None:
    data = book(*ROWS)
    bare = preview_table(published, slug=SLUG, data=data, source=source(data), columns=Columns())
    assert [tried.error.code for tried in bare[0].rows if tried.error] == ["table.no-header"]
    assert bare[0].layout.header.words == ("姓名", "电话", "心声")  # offered to be told
    (found,) = preview_table(
        published, slug=SLUG, data=data, source=source(data), columns=Columns(TOLD), rules=SHORT
    )
    assert found.layout.header.roles == (Role.NAME, Role.CONTACT, Role.TEXT)
    texts = [t.item.text[:5] for t in found.rows if isinstance(t.item, NewSubmission)]
    assert texts == ["多装路灯。", "xxxxx", "种树。"]
    assert [t.error.code if t.error else "" for t in found.rows] == ["", "text.too-long", ""]
    assert totals.accounting(published.store.db, 1).received == 0


def test_the_worker_takes_in_what_was_confirmed_and_the_columns_are_remembered(
    published: Office,
) -> None:
    data = book(*ROWS)
    number = held(published, data)
    assert run(published) == 0
    begin(published, slug=SLUG, number=number, columns=Columns(TOLD), told=TOLD, actor="li")
    with pytest.raises(Conflict, match=r"import\.settled"):
        give_up(published, slug=SLUG, number=number)
    assert (run(published), run(published)) == (1, 0)
    (record,) = ledger(published, slug=SLUG)
    assert (record.source.name, record.state) == ("心声.xlsx", ImportState.DONE)
    assert (record.report.taken, record.report.refused, record.open) == (2, 1, 1)
    page = import_page(published, slug=SLUG, number=number, outcome=Outcome.REFUSED)
    (line,) = page.items
    assert (line.place, line.code, line.values["length"]) == (
        "心声.xlsx:汇总!3",
        "text.too-long",
        60,
    )
    assert file_content(published, slug=SLUG, number=number)[1] == data
    again = book(*ROWS, ["丁", "4", "新的。"])
    found = preview_table(published, slug=SLUG, data=again, source=source(again), columns=Columns())
    assert found[0].layout.header.usable  # what was told is remembered


def test_the_same_file_under_another_name_adds_nothing(published: Office) -> None:
    data = book(*ROWS)
    first, second = (
        import_file(
            published, slug=SLUG, data=data, source=Source(SourceKind.TABLE, name, "d"), now=OPEN,
            actor="cli", rules=Rules(), options={"roles": {"心声": "text"}},
        )
        for name in ("a.xlsx", "b.xlsx")
    )  # fmt: skip
    assert (first.taken, second.taken, second.repeated) == (3, 0, 3)


def test_a_file_that_is_no_table_is_one_refused_item_with_the_file_kept(published: Office) -> None:
    data = b"%PDF-1.7 scan"
    report = import_file(
        published, slug=SLUG, data=data, source=Source(SourceKind.TABLE, "扫描.csv", "d"), now=OPEN,
        actor="cli", rules=Rules(), options={},
    )  # fmt: skip
    assert (report.found, report.refused) == (1, 1)
    _, lines = import_lines(published, slug=SLUG, number=report.number)
    assert [(line.place, line.code) for line in lines] == [("扫描.csv", "attachment.unknown")]


def test_a_file_too_large_or_empty_is_not_kept(published: Office) -> None:
    for data, code in ((b"", "attachment.empty"), (b"x" * 1_000_001, "import.large")):
        with pytest.raises(InputRefused) as refused:
            held(published, data)
        assert refused.value.code == code
    assert ledger(published, slug=SLUG) == ()


def test_what_was_looked_at_and_never_begun_goes_after_a_day(
    published: Office, clock: object
) -> None:
    held(published, book(*ROWS))
    clock.advance(hours=25)  # type: ignore[attr-defined]
    second = held(published, book(*ROWS))
    assert [record.number for record in ledger(published, slug=SLUG)] == [second]


def test_a_reader_that_breaks_off_leaves_what_was_taken_and_says_so(
    published: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = importing.read_table

    def broken(data: bytes) -> object:
        yield from list(whole(data))[:40]
        raise InputRefused("sandbox.time")

    monkeypatch.setattr(importing, "read_table", broken)
    number = held(published, book(*ROWS, *(["戊", str(n), "好"] for n in range(60))))
    begin(published, slug=SLUG, number=number, columns=Columns(TOLD), told={}, actor="li")
    assert run(published) == 1
    (record,) = ledger(published, slug=SLUG)
    assert (record.state, record.error) == (ImportState.FAILED, "sandbox.time")


KILLED = """
import sys
from pathlib import Path
from datetime import datetime
from consult.services.office import open_office
from consult.services.admit import Rules
from consult.services.run_imports import run_imports
office = open_office(Path(sys.argv[1]))
run_imports(office, now=lambda: datetime.fromisoformat(sys.argv[2]), rules=Rules())
"""


def test_killed_five_times_it_takes_each_row_once(published: Office, tmp_path: Path) -> None:
    data = book(ROWS[0], *(["甲", str(n), f"第{n}条意见。"] for n in range(3_000)))
    number = held(published, data)
    begin(published, slug=SLUG, number=number, columns=Columns(TOLD), told={}, actor="li")
    command = [sys.executable, "-c", KILLED, str(published.store.path.parent), OPEN.isoformat()]
    for _ in range(5):
        before = totals.accounting(published.store.db, 1).received
        child = subprocess.Popen(command, start_new_session=True)
        deadline = time.monotonic() + 60
        while totals.accounting(published.store.db, 1).received == before:
            if child.poll() is not None or time.monotonic() > deadline:
                break
            time.sleep(0.005)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    assert run_imports(published, now=lambda: OPEN, rules=Rules()) in (0, 1)
    record = imports.one(published.store.db, 1, number)
    assert (record.state, record.report.taken, record.report.found) == (
        ImportState.DONE, 3_000, 3_000,
    )  # fmt: skip
    assert totals.accounting(published.store.db, 1).received == 3_000
