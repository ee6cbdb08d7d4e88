"""Tables as people send them: every encoding, every layout, and what is wrong with a cell."""

from __future__ import annotations

import codecs
import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook

from consult.domain.comment import Channel, NewSubmission, Refusal, Speaker
from consult.domain.errors import InputRefused
from consult.domain.ledger import Empty
from consult.domain.table import Columns, Role, Row, Sheet
from consult.intake.section_words import section_words
from consult.intake.table import read_table
from consult.intake.table_items import Item, read_items
from consult.intake.table_read import batches
from consult.intake.table_rows import Reading
from tests.old_office import LOCKED, XLS

HEAD = ["序号", "单位/姓名", "联系电话", "章节条款", "意见内容", "理由", "来信日期"]


def rows_of(data: bytes) -> list[Sheet | Row]:
    """Read without the child, as it would."""
    found: list[Sheet | Row] = []
    from consult.intake.table import _cell

    for batch in batches(data):
        if "rows" in batch:
            found += [Row(n, tuple(_cell(c if isinstance(c, str) else list(c)) for c in cells))
                      for n, cells in batch["rows"]]  # fmt: skip
        else:
            found.append(Sheet(batch["sheet"], batch["hidden"], tuple(batch.get("lines", ()))))
    return found


def items(data: bytes, columns: Columns | None = None, **more: Any) -> list[Item]:
    reading = Reading("意见.xlsx", "d1", columns or Columns(), **more)
    return list(read_items(rows_of(data), reading))


def book(*rows: list[Any], title: str = "汇总", merge: tuple[str, ...] = ()) -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for place in merge:
        sheet.merge_cells(place)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rezipped(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            held = source.read(name)
            if name == part:
                assert old in held
                held = held.replace(old, new)
            target.writestr(name, held)
    return out.getvalue()


def refusal(item: Item) -> tuple[str, str]:
    assert isinstance(item, Refusal), item
    return item.code, item.field


SHEET = "xl/worksheets/sheet1.xml"


def test_a_table_with_the_usual_headers_is_read_without_any_mapping(plan: Any) -> None:
    data = book(
        ["清河整治规划征求意见汇总表"],
        HEAD,
        [
            1,
            "王芳",
            13800000001,
            "二、（二）",
            "垂钓区太少。",
            "老人没有去处。",
            date(2024, 5, 2),
        ],
        [2, "清河县财政局", "0830-123456", "第9页", "资金要有保障。", None, "2024年5月3日 14:30"],
        [None] * 7,
        [3, None, None, None, None, None, None],
        ["合计", None, None, None, 2],
    )
    found = items(data, sections=section_words(plan))
    first, second = found[:2]
    assert first == NewSubmission(
        text="垂钓区太少。\n理由：老人没有去处。", channel=Channel.TABLE, name="王芳",
        contact="13800000001", chosen=("2.2",), received=first.received,  # type: ignore[union-attr]
        key="table:d1::汇总!3", source="意见.xlsx:汇总!3",
    )  # fmt: skip
    assert isinstance(second, NewSubmission)
    assert second.text == "章节条款：第9页\n资金要有保障。"
    assert (second.chosen, second.contact) == ((), "0830-123456")
    assert second.received is not None
    assert second.received.astimezone(UTC) == datetime(2024, 5, 3, 6, 30, tzinfo=UTC)
    assert found[2:] == [Empty("意见.xlsx:汇总!5"), Empty("意见.xlsx:汇总!6"),
                         Empty("意见.xlsx:汇总!7")]  # fmt: skip


def test_a_feedback_form_is_one_submission_of_many_entries(plan: Any) -> None:
    rows = [
        ["《清河整治规划》征求意见反馈表"],
        ["填报单位（盖章）：清河县财政局    联系人：李四   联系电话：0830-7654321"],
        ["序号", "条款", "原文", "修改意见", "理由"],
        [1, "（一）污水收集", "三十公里", "改为四十公里。", "现状就有三十公里。"],
        [2, "", "", "增加资金来源。", ""],
        [3, "", "", "", ""],
    ]
    document = Document()
    for line in rows[:2]:
        document.add_paragraph(str(line[0]))
    table = document.add_table(rows=0, cols=5)
    for row in rows[2:]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = str(words)
    out = io.BytesIO()
    document.save(out)
    sheet = book(*rows)
    for data in (sheet, out.getvalue()):
        (form,) = items(data, sections=section_words(plan))
        assert isinstance(form, NewSubmission)
        assert form.text == (
            "原文：三十公里\n改为四十公里。\n理由：现状就有三十公里。\n\n增加资金来源。"
        )
        assert (form.name, form.contact) == ("清河县财政局 李四", "0830-7654321")
        assert form.speaker is Speaker.AGENCY
        assert [(c.section, form.text[c.start : c.end][:7]) for c in form.choices] == [
            ("1.1", "原文：三十公里")
        ]
        assert len(form.spans) == 2


def test_merged_cells_repeat_who_speaks_and_never_what_is_said() -> None:
    data = book(
        ["单位", "意见", "电话"],
        ["财政局", "一。", 1], [None, "二。", 2], [None, None, 3],
        merge=("A2:A4", "B3:B4"),
    )  # fmt: skip
    found = items(data)
    assert [(i.name, i.text) for i in found if isinstance(i, NewSubmission)] == [
        ("财政局", "一。"), ("财政局", "二。"),
    ]  # fmt: skip
    assert refusal(found[2]) == ("table.no-text", "text")


@pytest.mark.parametrize("bom", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_are_read_in_every_encoding(encoding: str, bom: bool, delimiter: str) -> None:
    marks = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE,
             "utf-16-be": codecs.BOM_UTF16_BE, "gb18030": b""}  # fmt: skip
    text = '姓名,意见内容\r\n朱镕喆,"第一行，㎡\r\n第二行"\r\n\r\n李,好,'.replace(",", delimiter)
    data = (marks[encoding] if bom else b"") + text.encode(encoding)
    found = [i for i in items(data) if isinstance(i, NewSubmission)]
    assert [(i.name, i.text, i.source) for i in found] == [
        ("朱镕喆", "第一行，㎡\n第二行", "意见.xlsx:2"), ("李", "好", "意见.xlsx:5"),
    ]  # fmt: skip


def test_each_bad_cell_is_refused_with_its_column_and_the_row_kept() -> None:
    data = book(
        ["姓名", "联系电话", "意见", "日期"],
        ["甲", 510502199001011000 + 234, "一", None],
        ["乙", 1, "=CONCATENATE(A2,B2)", None],
        ["丙", 1, "#N/A", None],
        ["丁", 1, "四", "13月1日"],
        ["戊", 1, None, None],
    )
    found = items(data)
    assert [refusal(item) for item in found] == [
        ("table.rounded", "contact"), ("table.formula", "text"), ("table.error-cell", "text"),
        ("table.date", "received"), ("table.no-text", "text"),
    ]  # fmt: skip
    third = found[3]
    assert isinstance(third, Refusal)
    assert third.fields == {"channel": "table", "name": "丁", "contact": "1", "text": "四"}
    assert third.row == (("姓名", "丁"), ("联系电话", "1"), ("意见", "四"), ("日期", "13月1日"))


def test_the_cached_value_of_a_formula_is_read() -> None:
    data = book(["姓名", "意见"], ["甲", "=1+1"])
    saved = rezipped(data, SHEET, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    (found,) = items(saved)
    assert isinstance(found, NewSubmission)
    assert found.text == "2"


def test_a_wrong_dimension_hides_no_row() -> None:
    data = book(["意见"], *(["好"] for _ in range(50)))
    wrong = rezipped(data, SHEET, b'<dimension ref="A1:A51"', b'<dimension ref="A1"')
    assert len(items(wrong)) == 50


def test_a_far_cell_costs_nothing() -> None:
    data = book(["意见"], ["好"])
    far = rezipped(
        data, SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is>'
        b"<t>x</t></is></c></row></sheetData>",
    )  # fmt: skip
    assert isinstance(items(far)[0], NewSubmission)


def test_hidden_sheets_and_sheets_without_a_header_are_refused_not_passed_over() -> None:
    made = Workbook()
    made.active.append(["意见"])
    made.active.append(["好"])
    for title, state in (("名单", "hidden"), ("填表说明", "visible")):
        sheet = made.create_sheet(title)
        sheet.sheet_state = state
        sheet.append(["请认真填写本表，一式两份，于月底前报送。"])
    out = io.BytesIO()
    made.save(out)
    found = items(out.getvalue())
    assert [refusal(item)[0] for item in found[1:]] == ["table.hidden", "table.no-header"]


def test_columns_can_be_named_by_header_or_letters() -> None:
    data = book(["甲栏", "乙栏"], ["好", "王"])
    named = Columns({"甲栏": Role.TEXT, "乙栏": Role.NAME})
    (found,) = items(data, named)
    assert isinstance(found, NewSubmission)
    assert (found.text, found.name) == ("好", "王")
    bare = items(book(["好", "王"]), Columns({"A": Role.TEXT, "B": Role.NAME}, header=0))
    assert [i.text for i in bare if isinstance(i, NewSubmission)] == ["好"]


def test_a_work_order_is_the_same_by_its_number_and_its_words() -> None:
    rows = [["工单编号", "诉求内容"], ["GD2024001", "修路"], ["GD2024001", "种树"]]
    first, again = items(book(*rows)), items(book(*rows, ["GD2024002", "修桥"]))
    keys = [[i.key for i in found if isinstance(i, NewSubmission)] for found in (first, again)]
    assert keys[0] == keys[1][:2]
    assert len(set(keys[1])) == 3


@pytest.mark.parametrize(("data", "code"), [
    (b"", "attachment.empty"),
    (LOCKED, "attachment.locked"),
    (XLS, "attachment.old"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(30), "attachment.archive"),
    (b"%PDF-1.7", "attachment.unknown"),
    (b"PK\x03\x04broken", "attachment.broken"),
    (b"\x01\x02\x00\x04" * 4 + b"abcdef" * 200, "attachment.unknown"),
])  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        list(batches(data))
    assert refused.value.code == code


def test_a_macro_workbook_under_another_name_is_refused() -> None:
    data = rezipped(book(["意见"]), "[Content_Types].xml", b"spreadsheetml.sheet.main+xml",
                    b"ms-excel.sheet.macroEnabled.main+xml")  # fmt: skip
    with pytest.raises(InputRefused, match=r"attachment\.macros"):
        list(batches(data))


def test_the_child_streams_and_says_the_same() -> None:
    data = book(HEAD, *([n, "王", "1", "", f"意见{n}", "", ""] for n in range(1000)))
    assert list(read_table(data)) == rows_of(data)
