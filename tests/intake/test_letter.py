from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from consult.domain.attachment import FileKind, Letter, Reading
from consult.domain.errors import InputRefused
from consult.intake.letter import look_at
from consult.intake.letter_pdf import joined
from consult.intake.sandbox import Limits
from tests.letters import DOCM, JPEG, XLSX, docx_of, pdf_of, png
from tests.old_office import DOC, LOCKED

WORDS = ("关于清河整治的意见", "一、建议增加路灯。", "二、步道太窄，请加宽到三米。")


def test_a_word_file_is_read_paragraph_by_paragraph() -> None:
    assert look_at(docx_of(*WORDS)) == Letter(FileKind.DOCX, "\n".join(WORDS), Reading.READ)


def test_a_pdf_with_a_text_layer_is_read() -> None:
    assert look_at(pdf_of(WORDS)) == Letter(FileKind.PDF, "\n".join(WORDS), Reading.READ)


def test_a_table_is_read_row_by_row_and_what_is_hidden_or_repeated_is_not() -> None:
    book = Workbook()
    first = book.active
    first.title = "意见"
    for row in (("序号", "意见"), (1, "建议增加路灯。"), (None, "步道太窄，\n请加宽。"), ()):
        first.append(row)
    first.merge_cells("A2:A3")
    book.create_sheet("备注").append(["以上是全村的意见"])
    book.create_sheet("空")
    hidden = book.create_sheet("旧稿")
    hidden.append(["作废"])
    hidden.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    words = "意见\n序号\t意见\n1\t建议增加路灯。\n\t步道太窄，\n请加宽。\n\n备注\n以上是全村的意见"
    assert look_at(out.getvalue()) == Letter(FileKind.XLSX, words, Reading.READ)


def test_a_table_with_a_formula_that_was_never_computed_is_read_and_waits_too() -> None:
    book, out = Workbook(), BytesIO()
    book.active.append(["路灯太暗", "=1+1"])
    book.save(out)
    assert look_at(out.getvalue()) == Letter(FileKind.XLSX, "路灯太暗", Reading.AWAITING)


def test_a_page_without_text_leaves_the_file_waiting_but_what_can_be_read_is_read() -> None:
    assert look_at(pdf_of(WORDS, ())) == Letter(FileKind.PDF, "\n".join(WORDS), Reading.AWAITING)
    assert look_at(pdf_of(())) == Letter(FileKind.PDF, "", Reading.AWAITING)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(), FileKind.PNG),
        (JPEG, FileKind.JPEG),
        (XLSX, FileKind.XLSX),
        (docx_of(), FileKind.DOCX),
    ],
)
def test_pictures_tables_and_empty_letters_wait_for_staff(data: bytes, kind: FileKind) -> None:
    assert look_at(data) == Letter(kind, "", Reading.AWAITING)


def zipped(**parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "attachment.empty"),
        (b"MZ\x90\x00", "attachment.unknown"),
        (b"<html><script>alert(1)</script>", "attachment.unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "attachment.unknown"),
        (zipped(readme="x"), "attachment.unknown"),
        (DOCM, "attachment.macros"),
        (LOCKED, "attachment.locked"),
        (DOC, "attachment.old"),
        (docx_of("x")[:900], "attachment.broken"),
        (b"PK\x03\x04" + bytes(30), "attachment.broken"),
        (b"%PDF-1.7\n%%EOF", "attachment.broken"),
        (docx_of("长" * 100_001), "attachment.long"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        look_at(data)
    assert refusal.value.code == code


def test_a_document_that_takes_too_long_ends_its_child_only() -> None:
    with pytest.raises(InputRefused) as refusal:
        look_at(docx_of("x"), limits=Limits(clock=0.01))
    assert refusal.value.code == "attachment.complex"


def test_five_million_empty_paragraphs_are_refused_at_once() -> None:
    source, out = zipfile.ZipFile(BytesIO(docx_of("x"))), BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 5_000_000)
            package.writestr(name, data)
    with pytest.raises(InputRefused) as refusal:
        look_at(out.getvalue())
    assert refusal.value.code == "attachment.complex"


def test_printed_lines_are_joined_to_paragraphs() -> None:
    printed = ["一、建议把步道加宽到三米以上，方便推轮", "椅的老人通行。", "二、多装路灯。", "谢谢"]
    assert joined(printed) == (
        "一、建议把步道加宽到三米以上，方便推轮椅的老人通行。\n二、多装路灯。\n谢谢"
    )
