from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.errors import InputRefused
from consult.export.blocks import TableColumn
from consult.export.docx_package import docx_package
from consult.export.docx_parts import paragraph, table
from consult.export.office_template import fill
from consult.export.sanitise import printable
from consult.intake.office_template import placeholders_in
from tests.conftest import OPEN
from tests.export.office_files import changed, landscape, template

VALUES = {
    "单位": "市科技局",
    "文号": "泸科发〔2022〕1号",
    "事项": "征求意见",
    "日期": "2022年11月20日",
    "截至": "2022年11月20日 09:00",
}


def ours(*texts: str) -> bytes:
    body = paragraph("分章节摘要", "Title") + paragraph("第一部分", "Heading1")
    body += "".join(paragraph(text, "Body") for text in texts)
    body += table((TableColumn("甲", 20), TableColumn("乙", 20)), [("一", "二")])
    return docx_package(body, title="分章节摘要", author="市科技局", created=OPEN)


def lines(data: bytes) -> list[str]:
    return [item.text for item in Document(io.BytesIO(data)).paragraphs]


def test_placeholders_torn_apart_by_word_are_found() -> None:
    assert placeholders_in(template()) == ("单位", "文号", "标题", "正文", "日期", "截至", "事项")


def test_a_template_is_filled_and_keeps_its_own_look() -> None:
    made = [fill(template(), ours("内容"), VALUES) for _ in range(2)]
    document = Document(io.BytesIO(made[0]))
    assert made[0] == made[1]
    assert lines(made[0]) == [
        "市科技局文件", "泸科发〔2022〕1号", "关于印发分章节摘要的通知", "第一部分", "内容",
        "市科技局，2022年11月20日",
    ]  # fmt: skip
    assert [run.bold for run in document.paragraphs[0].runs if run.text] == [True, True]
    heading, text = document.paragraphs[3:5]
    assert (heading.style.name, heading.style.font.name) == ("Heading 1", "黑体")
    assert text.style.name == "正文仿宋"
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["一", "二"]
    section = document.sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == (
        "征求意见", "（2022年11月20日 09:00）",
    )  # fmt: skip
    assert (document.core_properties.title, document.core_properties.author) == (
        "分章节摘要", "市科技局",
    )  # fmt: skip


def test_a_wide_document_gets_wide_pages_of_its_own() -> None:
    document = Document(io.BytesIO(fill(template(), landscape("宽表"), VALUES)))
    wide = [section.page_width > section.page_height for section in document.sections]
    assert wide == [False, True, False]


@given(st.text(max_size=60))
@settings(max_examples=40)
def test_what_is_put_in_is_text_and_is_not_looked_at_again(text: str) -> None:
    hostile = f"{text}{{{{正文}}}}</w:t><w:p>&\x0b\u202e{text}"
    made = fill(template(), ours(hostile), VALUES | {"单位": hostile})
    shown = lines(made)
    assert shown[4] == printable(hostile)
    assert shown[0] == " ".join(printable(hostile).split("\n")) + "文件"
    assert len(shown) == 6


W = b'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r>'


def with_body(piece: bytes) -> bytes:
    return changed(template(), "word/document.xml", lambda x: x.replace(b"<w:body>", b"<w:body>"
                                                                        + piece))  # fmt: skip


def external(kind: bytes) -> bytes:
    relation = (b'<Relationship Id="rId99" Type="http://x/' + kind + b'" Target="http://evil/"'
                b' TargetMode="External"/></Relationships>')  # fmt: skip
    return changed(template(), "word/_rels/document.xml.rels",
                   lambda x: x.replace(b"</Relationships>", relation))  # fmt: skip


BOMB = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "template.unknown"),
        (b"%PDF-", "template.unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "template.locked"),
        (template()[:-200], "template.unknown"),
        (template() * 200, "template.large"),
        (changed(template(), "word/vbaProject.bin", lambda _: b"x"), "template.active"),
        (changed(template(), "word/embeddings/a.bin", lambda _: b"x"), "template.active"),
        (external(b"attachedTemplate"), "template.active"),
        (external(b"image"), "template.active"),
        (with_body(W + b"<w:instrText> DDEAUTO c:\\\\cmd </w:instrText></w:r></w:p>"),
         "template.active"),
        (with_body(W.replace(b"<w:r>", b"") + b'<w:fldSimple w:instr="INCLUDETEXT x"/></w:p>'),
         "template.active"),
        (changed(template(), "word/document.xml",
                 lambda x: x.replace(b"<w:document", BOMB + b"<w:document", 1)
                 .replace("文号".encode(), b"&c;")), "template.broken"),
        (changed(template(), "word/document.xml", lambda x: x[:200]), "template.broken"),
        (template(body="见{{正文}}"), "template.body-place"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_harmless_template_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputRefused) as error:
        placeholders_in(data)
    assert (error.value.code, error.value.field) == (code, "file")


def test_a_link_to_a_page_may_stay() -> None:
    assert placeholders_in(external(b"hyperlink"))


def test_the_parts_of_a_filled_template_hold_no_time_of_writing() -> None:
    entries = zipfile.ZipFile(io.BytesIO(fill(template(), ours(), VALUES))).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
