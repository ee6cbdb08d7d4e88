"""What only Word files do: automatic numbers, styles, changes, boxes and damage."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml

from consult.domain.errors import InputRefused
from consult.intake import draft_docx
from consult.intake.draft import MAX_BYTES, read_draft

OFFICIAL = [("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_automatic_numbers_are_counted_out(numbered_word: Callable[..., bytes]) -> None:
    blocks = [(0, "现状"), (1, "步道"), "有路。", (1, "桥梁"), (0, "任务"), (1, "修路"), (2, "灯")]

    plan = read_draft(numbered_word(OFFICIAL, blocks), "plan.docx").plan

    assert [(node.code, node.number, node.title) for node in plan.walk()] == [
        ("1", "一", "现状"),
        ("1.1", "（一）", "步道"),
        ("1.2", "（二）", "桥梁"),
        ("2", "二", "任务"),
        ("2.1", "（一）", "修路"),
        ("2.1.1", "1.", "灯"),
    ]


def test_automatic_articles_run_on_through_the_chapters(
    numbered_word: Callable[..., bytes],
) -> None:
    formats = [("decimal", "第%1条"), ("decimal", "%1.%2")]
    blocks = [(0, "为了修路，制定本办法。"), (0, "适用于全镇。"), "本条另有一款。"]

    plan = read_draft(numbered_word(formats, blocks), "plan.docx").plan

    assert [(node.code, node.number, node.paragraphs) for node in plan.walk()] == [
        ("1", "第1条", ("为了修路，制定本办法。",)),
        ("2", "第2条", ("适用于全镇。", "本条另有一款。")),
    ]


def test_an_automatically_numbered_sentence_keeps_its_number_as_text(
    numbered_word: Callable[..., bytes],
) -> None:
    blocks = ["一、任务", (0, "今年修三公里，明年修两公里。"), (0, "装路灯。")]

    plan = read_draft(numbered_word([("decimal", "%1.")], blocks), "plan.docx").plan

    assert plan.chapters[0].paragraphs == ("1.今年修三公里，明年修两公里。", "2.装路灯。")


def test_bullets_add_nothing(numbered_word: Callable[..., bytes]) -> None:
    blocks = ["一、任务", (0, "修路。")]

    plan = read_draft(numbered_word([("bullet", "")], blocks), "plan.docx").plan

    assert plan.chapters[0].paragraphs == ("修路。",)


def test_entries_in_contents_styles_are_dropped_and_give_pages() -> None:
    document = Document()
    for level in (1, 2):
        document.styles.add_style(f"toc {level}", 1)
    document.add_paragraph("一、现状\t7", style="toc 1")
    document.add_paragraph("（一）步道\t8", style="toc 2")
    document.add_paragraph("附录", style="toc 1")
    document.add_paragraph("一、现状", style="Heading 1")
    document.add_paragraph("（一）步道", style="Heading 2")
    document.add_paragraph("有路。")

    plan = read_draft(_saved(document), "plan.docx").plan

    assert [(n.code, n.page, n.paragraphs) for n in plan.walk()] == [
        ("1", 7, ()),
        ("1.1", 8, ("有路。",)),
    ]


def test_inserted_text_counts_deleted_text_does_not() -> None:
    document = Document()
    document.add_paragraph("一、任务")
    element = document.add_paragraph("修路")._p
    element.append(parse_xml(f"<w:ins {W}><w:r><w:t>和桥</w:t></w:r></w:ins>"))
    element.append(parse_xml(f"<w:del {W}><w:r><w:delText>和灯</w:delText></w:r></w:del>"))

    plan = read_draft(_saved(document), "plan.docx").plan

    assert plan.chapters[0].paragraphs == ("修路和桥",)


def test_content_controls_are_read_through() -> None:
    document = Document()
    control = (
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>一、任务</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>修路。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(0, parse_xml(control))

    assert read_draft(_saved(document), "a.docx").plan.chapters[0].paragraphs == ("修路。",)


def test_a_box_of_one_column_is_text_without_headings(word: Callable[..., bytes]) -> None:
    box = [["专栏1 绿道工程"], ["一、步道一期"], ["1.路面"]]

    plan = read_draft(word("一、任务", box, "二、保障", "出钱。"), "plan.docx").plan

    assert [(node.title, node.paragraphs) for node in plan.walk()] == [
        ("任务", ("专栏1 绿道工程", "一、步道一期", "1.路面")),
        ("保障", ("出钱。",)),
    ]


def test_merged_cells_of_a_word_table_keep_the_columns() -> None:
    document = Document()
    document.add_paragraph("一、目标")
    table = document.add_table(3, 4)
    for row, texts in zip(
        table.rows,
        [["绿道指标", "", "", ""], ["序号", "指标", "2020年", "2025年"], ["1", "步道", "8", "12"]],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[0].cells[0].merge(table.rows[0].cells[3])

    plan = read_draft(_saved(document), "plan.docx").plan

    assert [(row.name, row.base, row.target) for row in plan.indicators] == [("步道", "8", "12")]
    assert plan.chapters[0].paragraphs == ("绿道指标",)


def _saved(document: object) -> bytes:
    buffer = BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def _zip(**files: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "plan.docx", "draft.empty"),
        (b" \r\n\t", "plan.txt", "draft.empty"),
        ("\u3000\ufeff\n".encode(), "plan.txt", "draft.empty"),
        (b"<p> </p>", "plan.html", "draft.empty"),
        ("没有编号的一段话。".encode(), "plan.txt", "draft.no-headings"),
        (b"PK\x03\x04 cut off", "plan.docx", "draft.broken-docx"),
        (b"no zip at all", "plan.docx", "draft.broken-docx"),
        (_zip(a=b"1"), "plan.docx", "draft.broken-docx"),
        (OLE, "plan.docx", "draft.encrypted"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "plan.doc", "draft.encrypted"),
        (OLE + "WordDocument".encode("utf-16-le"), "plan.doc", "draft.old-word"),
        (OLE + "WordDocument".encode("utf-16-le"), "plan.docx", "draft.old-word"),
        (b"%PDF-1.7", "plan.pdf", "draft.unknown-type"),
        (b"%PDF-1.7", "plan.txt", "draft.unknown-type"),
        (_zip(a=b"1"), "plan.txt", "draft.unknown-type"),
        ("一、现状".encode(), "plan", "draft.unknown-type"),
        (b"\x00\x01\x02", "plan.txt", "draft.undecodable"),
        (b"\xff\xff\xff", "plan.txt", "draft.undecodable"),
        (b"x" * (MAX_BYTES + 1), "plan.txt", "draft.too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_a_plan_is_refused_with_its_reason(
    data: bytes, name: str, code: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        read_draft(data, name)

    assert (refused.value.code, refused.value.field) == (code, "file")


def test_a_word_file_without_headings_is_refused(word: Callable[..., bytes]) -> None:
    with pytest.raises(InputRefused, match=r"draft\.no-headings"):
        read_draft(word("只有一段话。"), "plan.docx")


def test_a_damaged_word_file_is_refused_wherever_it_is_cut(word: Callable[..., bytes]) -> None:
    whole = word("一、任务", "修路。")

    codes = set()
    for end in range(4, len(whole), len(whole) // 40):
        with pytest.raises(InputRefused) as refused:
            read_draft(whole[:end], "plan.docx")
        codes.add(refused.value.code)

    assert codes == {"draft.broken-docx"}


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _zip(**{"word/document.xml": bytes(draft_docx.MAX_UNPACKED + 1)})

    with pytest.raises(InputRefused) as refused:
        read_draft(bomb, "plan.docx")

    assert refused.value.code == "draft.too-large"
    assert refused.value.values == {
        "name": "plan.docx",
        "what": "unpacked",
        "limit": draft_docx.MAX_UNPACKED,
    }


def test_too_many_parts_or_tags_are_refused(word: Callable[..., bytes]) -> None:
    parts = _zip(**{f"f{at}": b"" for at in range(draft_docx.MAX_PARTS + 1)})
    tags = _zip(**{"word/document.xml": b"<w:p/>" * (draft_docx.MAX_TAGS + 1)})

    found = []
    for data in (parts, tags):
        with pytest.raises(InputRefused) as refused:
            read_draft(data, "plan.docx")
        found.append((refused.value.code, refused.value.values["what"]))

    assert found == [("draft.too-large", "parts"), ("draft.too-large", "tags")]


def test_an_encrypted_zip_member_is_refused_as_encrypted(word: Callable[..., bytes]) -> None:
    data = bytearray(word("一、任务"))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # general purpose flag, bit 0, of the first entry

    with pytest.raises(InputRefused, match=r"draft\.encrypted"):
        read_draft(bytes(data), "plan.docx")
