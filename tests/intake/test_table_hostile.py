"""Tables that nobody means well with: each a refusal or rows, never a crash of anybody else.

``fuzzed_tables`` are units of a coverage-guided run over the reader (atheris, 38,342 inputs in 621
seconds without a crash).
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest

from consult.domain.comment import NewSubmission, Refusal
from consult.domain.errors import InputRefused
from consult.domain.ledger import Empty
from consult.domain.table import Row
from consult.intake.sandbox import Limits
from consult.intake.table import read_table
from consult.intake.table_items import Item, read_items
from consult.intake.table_rows import Reading
from tests.intake.test_table import SHEET, book, refusal, rezipped, rows_of

FUZZED = sorted((Path(__file__).parent / "fuzzed_tables").iterdir())
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]>"
)
READING = Reading("f", "d")


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def with_entities(entities: bytes, use: bytes) -> bytes:
    """A sheet whose one comment is an entity."""
    data = book(["意见"], ["换掉"])
    words = "换掉".encode("ascii", "xmlcharrefreplace")
    return rezipped(
        rezipped(data, SHEET, b"<worksheet", entities + b"<worksheet"), SHEET, words, use
    )


@pytest.mark.parametrize("data", [
    with_entities(LAUGHS, b"&m;"),
    with_entities(b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>', b"&x;"),
], ids=["billion laughs", "a file of the machine"])  # fmt: skip
def test_entities_are_not_followed(data: bytes) -> None:
    found: list[str] = []
    with contextlib.suppress(InputRefused):
        for row in read_table(data):
            found += [cell.text for cell in row.cells] if isinstance(row, Row) else []
    hostname = Path("/etc/hostname")
    name = hostname.read_text(encoding="utf-8").strip() if hostname.exists() else "\0"
    assert [text for text in found if name in text or "haha" in text] == []


@pytest.mark.parametrize(("data", "code"), [
    (zipped(**{"a.zip": zipped(b=b"x")}), "attachment.unknown"),
    (zipped(**{"../../etc/passwd": b"x"}), "attachment.unknown"),
    (zipped(), "attachment.unknown"),
    (book(["意见"])[:-40], "attachment.broken"),
    (b"GIF89a", "attachment.unknown"),
], ids=["a zip in a zip", "a way out", "an empty zip", "cut off", "a picture"])  # fmt: skip
def test_other_archives_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        list(read_table(data))
    assert refused.value.code == code


def test_a_cell_without_end_is_cut_before_it_leaves_the_child() -> None:
    cell = b'<c r="A2" t="inlineStr"><is><t>' + b"a" * 2_000_000 + b"</t></is></c>"
    row = b'<row r="2">' + cell + b"</row></sheetData>"
    data = rezipped(book(["意见"]), SHEET, b"</sheetData>", row)
    with pytest.raises(InputRefused, match=r"sandbox\.failed"):
        list(read_table(data, limits=Limits(output=100_000)))
    found = [row for row in read_table(data) if isinstance(row, Row)]
    assert len(found[1].cells[0].text) == 200_000  # and no submission may be as long


def test_text_longer_than_a_cell_can_be_is_one_refused_row_of_many() -> None:
    data = book(["意见", "日期"], ["好", None], ["x" * 30_000, None], ["y", "昨天"])
    found = list(read_items(rows_of(data), READING))
    assert [isinstance(item, NewSubmission) for item in found] == [True, True, False]
    assert refusal(found[2]) == ("table.date", "received")


@pytest.mark.parametrize("path", FUZZED, ids=lambda path: path.stem)
def test_what_the_fuzzer_found_is_rows_or_a_refusal(path: Path) -> None:
    found: list[Item] = []
    with contextlib.suppress(InputRefused):
        found += read_items(rows_of(path.read_bytes()), READING)
    assert all(isinstance(item, NewSubmission | Refusal | Empty) for item in found)
    places = [item.source if isinstance(item, NewSubmission) else item.place for item in found]
    assert len(set(places)) == len(places)
