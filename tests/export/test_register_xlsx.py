from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from xlsxwriter import Workbook

from consult.export.register_xlsx import register_xlsx
from consult.export.xlsx_cells import CELL_LIMIT, excel_text, pieces, put

HOSTILE = [
    "=1+1",
    "+86",
    "-3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "https://example.org/",
    "<w:t>&",
    "１３８00000000",
    "510502199001011234",
    " 首尾空格 ",
    "一\n二",
    "👨‍👩‍👧‍👦𠮷",
]


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def sheet_xml(data: bytes, number: int = 1) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.fixture
def written(make_register, sample_rows):
    """Write a register of one comment with this text."""

    def write(text: str) -> bytes:
        return register_xlsx(make_register((replace(sample_rows[0], text=text),)))

    return write


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text_as_it_was_written(written, text):
    cell = opened(written(text))["意见汇总表"]["F5"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_control_characters_are_made_safe(written):
    cell = opened(written("一\x0b二\x00三\ud800四\uffff"))["意见汇总表"]["F5"]

    assert cell.value == "一二\ufffd三\ufffd四\ufffd"


def test_text_that_looks_like_an_escape_of_excel_is_kept_literal(written):
    assert "<t>_\u2060x0041_是编号</t>" in sheet_xml(written("_x0041_是编号"))
    assert excel_text("_x0041_ _xyz_ __x000D_") == "_\u2060x0041_ _xyz_ __\u2060x000D_"


@pytest.mark.parametrize(
    "text", ["长" * 40_000, "👍" * 40_000, "_x0041_" * 9_000], ids=["han", "emoji", "escapes"]
)
def test_a_text_too_long_for_a_cell_goes_on_on_its_own_sheet(written, text):
    book = opened(written(text))

    first = book["意见汇总表"]["F5"].value
    note = "\n（未完，见“续页”，意见编号1）"
    rest = list(book["续页"].iter_rows(min_row=2, values_only=True))
    assert first.endswith(note)
    assert [row[:3] for row in rest] == [(1, "意见内容", n) for n in range(2, len(rest) + 2)]
    whole = first.removesuffix(note) + "".join(row[3] for row in rest)
    assert whole.replace("\u2060", "") == text
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in [first, *(r[3] for r in rest)]) <= (
        32_767
    )


def test_a_register_of_short_texts_has_no_sheet_for_what_is_too_long(make_register):
    assert opened(register_xlsx(make_register())).sheetnames == [
        "意见汇总表", "同类意见", "分章节统计", "核对",
    ]  # fmt: skip


@pytest.mark.parametrize("length", [CELL_LIMIT, CELL_LIMIT + 1, 3 * CELL_LIMIT])
def test_pieces_of_a_text_joined_are_the_text(length):
    text = "意" * length

    assert "".join(pieces(text)) == text
    assert max(map(len, pieces(text))) == CELL_LIMIT


def test_the_head_is_frozen_filtered_and_repeated_on_paper(make_register):
    sheet = opened(register_xlsx(make_register()))["意见汇总表"]

    assert [cell.value for cell in sheet[4]] == [
        "序号", "章节", "条款", "意见编号", "回执号", "意见内容", "类型", "提出主体", "姓名/单位",
        "渠道", "收到时间", "是否逾期", "同类意见", "同类件数", "归属来源", "置信度", "归类理由",
        "另涉章节", "修改请求", "采纳情况", "答复",
    ]  # fmt: skip
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:U63"
    assert sheet.print_title_rows == "$4:$4"
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 8, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True


def test_values_keep_their_types(make_register):
    row = opened(register_xlsx(make_register()))["意见汇总表"][6]
    stamp = datetime.fromisoformat("2022-10-25 23:05")

    assert [cell.value for cell in row] == [
        2, "二", "总体要求", 2, "7K3M-5838", "连通为先的思路很好，我们全家都赞成。", "支持", "个人",
        "刘＊", "网上填写", stamp, "否", "支持连通为先", 2, "系统推断", 0.83,
        "提到“桥下”“涵洞”", None,
        "修改：“重点路段”→“全部路段”；删去：（第2页）“逐步”（未在原文中找到）；"
        "增补：在“路灯”之前加“和座椅”；调高：绿道长度 210公里→260公里",
        "部分采纳", "已在文本中补充。",
    ]  # fmt: skip


def test_rows_are_high_enough_and_may_still_grow(written):
    xml = sheet_xml(written("长" * 200))

    # 200 Han characters in a column of 42: 10 lines of 14 points, rounded to pixels
    assert re.findall(r'<row r="5"[^>]* ht="([0-9.]+)"', xml) == ["141.75"]
    assert xml.count("customHeight") == 0


def test_comments_higher_than_any_row_are_named_in_the_accounting(written, read_xlsx):
    line = read_xlsx(written("长" * 5_000))["核对"][-1]

    assert line == ["行高不足、请在编辑栏查看全文的意见", "1"]


def test_the_statistics_have_a_bar_chart_of_the_comments_by_section(make_register):
    sheet = opened(register_xlsx(make_register()))["分章节统计"]

    (chart,) = sheet._charts
    assert chart.series[0].val.numRef.f == "分章节统计!$E$2:$E$14"
    assert chart.series[0].cat.strRef.f == "分章节统计!$A$2:$A$14"
    assert [cell.value for cell in sheet["E"]][1:15] == [
        1,
        0,
        3,
        1,
        9,
        12,
        15,
        8,
        3,
        0,
        5,
        1,
        1,
        59,
    ]


def test_an_empty_register_has_no_chart_and_says_so(make_register):
    book = opened(register_xlsx(make_register(())))

    assert book["分章节统计"]._charts == []
    assert book["意见汇总表"]["A5"].value == "未收到意见。"


def test_more_rows_than_a_sheet_holds_go_on_on_the_next(make_register, monkeypatch, read_xlsx):
    monkeypatch.setattr("consult.export.register_xlsx.SHEET_ROWS", 40)

    sheets = read_xlsx(register_xlsx(make_register()))

    listed = [row[0] for name in ("意见汇总表", "意见汇总表2") for row in sheets[name][4:]]
    assert listed == list(range(1, 60))


def test_the_properties_carry_the_time_of_the_data_not_of_writing(make_register):
    properties = opened(register_xlsx(make_register())).properties

    assert properties.created.isoformat() == "2022-10-26T01:05:00"
    assert properties.creator == "滨江市园林绿化局"


def test_a_short_text_is_one_piece():
    assert pieces("意见") == ["意见"]


def test_a_cell_that_the_library_would_cut_is_an_error_instead():
    sheet = Workbook(io.BytesIO()).add_worksheet()

    with pytest.raises(ValueError, match="row 2, column 3 was not written whole"):
        put(sheet, 2, 3, "长" * 40_000, None)


def test_a_header_is_words_and_what_is_wide_lies_on_a3(make_register):
    data = register_xlsx(make_register(partial="章节：R&D经费\x0b、&D"))

    book = openpyxl.load_workbook(io.BytesIO(data))

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "R&amp;&amp;D经费、&amp;&amp;D" in sheet
    assert str(book["意见汇总表"].page_setup.paperSize) == book["意见汇总表"].PAPERSIZE_A3
