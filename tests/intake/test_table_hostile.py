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
from xlsxwriter import Workbook

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


def test_words_of_300_mb_are_refused_before_they_are_unpacked() -> None:
    shared, out = io.BytesIO(), io.BytesIO()
    with Workbook(shared) as made:  # openpyxl writes the words into their cells
        made.add_worksheet().write(0, 0, "意见")
    source = zipfile.ZipFile(shared)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in source.namelist():
            before, mark, after = source.read(name).partition(b"</si>")
            with target.open(name, "w") as part:
                part.write(before)
                for _ in range(300 if name == "xl/sharedStrings.xml" else 0):
                    part.write(b"<t>%s</t>" % (b"x" * 1_000_000))
                part.write(mark + after)
    assert len(out.getvalue()) < 3_000_000
    with pytest.raises(InputRefused, match=r"attachment\.complex"):
        list(read_table(out.getvalue()))


def test_a_link_to_another_workbook_is_not_followed_and_its_kept_value_is_read() -> None:
    data = book(["姓名", "意见"], ["甲", "=[1]Sheet1!A1"])
    kept = rezipped(data, SHEET, b"<v></v>", b"<v>7</v>")
    out = io.BytesIO(kept)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink")
        package.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            b'<Relationships><Relationship Target="http://127.0.0.1:9/x.xlsx"/></Relationships>',
        )
    (found,) = read_items(rows_of(out.getvalue()), READING)
    assert isinstance(found, NewSubmission)
    assert found.text == "7"


def test_a_header_of_merged_cells_is_a_header() -> None:
    data = book(
        ["征求意见反馈表", None, None], ["序号", "意见建议", None], [1, "一。", "因为。"],
        [2, "二。", None], merge=("A1:C1", "B2:C2"),
    )  # fmt: skip
    found = list(read_items(rows_of(data), READING))
    assert [i.text for i in found if isinstance(i, NewSubmission)] == ["一。\n因为。", "二。"]


def test_telephones_that_a_table_program_spoilt_are_said_to_be() -> None:
    whole = book(["意见", "联系电话"], ["好", 13_800_000_000.0])
    (kept,) = read_items(rows_of(whole), READING)
    assert isinstance(kept, NewSubmission)
    assert kept.contact == "13800000000"
    (spoilt,) = read_items(rows_of("意见,联系电话\n好,1.38E+10\n".encode()), READING)
    assert refusal(spoilt) == ("table.rounded", "contact")


def test_characters_written_by_their_number_are_read_and_gaps_are_counted() -> None:
    data = book(["意见"], ["甲_x000D_\n乙_x005F_x0041_"], *([None] for _ in range(3)), ["丙"])
    found = list(read_items(rows_of(data), READING))
    assert [i.text for i in found if isinstance(i, NewSubmission)] == ["甲\n乙_x0041_", "丙"]
    assert sum(i.count for i in found if isinstance(i, Empty)) == 3
