from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from consult.domain.comment import NewSubmission
from consult.domain.errors import InputRefused, NotFound
from consult.services.archive import archive
from consult.services.deliver import document
from consult.services.office import Office, open_office
from consult.services.office_templates import (
    add_template,
    remove_template,
    template_file,
    templates,
)
from consult.services.restore_archive import restore_archive
from consult.services.write_letters import write_letters
from tests.conftest import OPEN, SLUG, Clock
from tests.correspondence import answer, write
from tests.export.office_files import template

PAPER = template()  # its bytes hold the time they were made


def add(office: Office, purpose: str = "digest", data: bytes | None = None) -> None:
    add_template(office, slug=SLUG, purpose=purpose, name="../红头.docx", data=data or PAPER,
                 reference="清水发〔2024〕1号", actor="li")  # fmt: skip


def digest(office: Office) -> bytes:
    return document(office, slug=SLUG, name="digest.docx", as_of=OPEN).data


def test_documents_come_in_the_office_s_own_template_until_it_is_removed(
    published: Office, tmp_path: Path, clock: Clock
) -> None:
    plain = digest(published)
    add(published)
    made = digest(published)
    texts = [paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs]
    assert texts[:3] == [
        "清河县水务局文件", "清水发〔2024〕1号", "关于印发《清河整治规划》公众意见分章节摘要的通知",
    ]  # fmt: skip
    (item,) = templates(published, slug=SLUG)
    assert (item.name, item.actor) == ("红头.docx", "li")
    assert template_file(published, slug=SLUG, purpose="digest") == PAPER
    archive(published, slug=SLUG, target=tmp_path / "a.zip", as_of=OPEN, passphrase="x",
            actor="t")  # fmt: skip
    restore_archive(tmp_path / "a.zip", data_dir=tmp_path / "new", passphrase="x")
    restored = digest(open_office(tmp_path / "new", clock=clock))
    assert restored == zipfile.ZipFile(tmp_path / "a.zip").read("documents/digest.docx")
    remove_template(published, slug=SLUG, purpose="digest", actor="li")
    assert len(Document(io.BytesIO(digest(published))).paragraphs) == len(
        Document(io.BytesIO(plain)).paragraphs
    )
    with pytest.raises(NotFound):
        remove_template(published, slug=SLUG, purpose="digest", actor="li")


def test_letters_come_in_it_one_file_each(published: Office) -> None:
    write(published, [NewSubmission(text="请清淤。", name="张三", contact="清河路1号")])
    answer(published, 1)
    add(published, "letter")
    made = write_letters(published, slug=SLUG, form="zip", as_of=OPEN, why="寄", actor="li")
    packed = zipfile.ZipFile(io.BytesIO(made.data))
    texts = [p.text for p in Document(io.BytesIO(packed.read(packed.namelist()[0]))).paragraphs]
    assert texts[0] == "清河县水务局文件"
    assert "收信人：张三　清河路1号" in texts


@pytest.mark.parametrize(
    ("purpose", "body", "code"),
    [
        ("digest", "没有", "template.body"),
        ("digest", "{{题目}}", "template.names"),
        ("digest", "{{收信人}}", "template.names"),
        ("poem", "{{正文}}", "template.purpose"),
    ],
)
def test_an_unfit_template_changes_nothing(
    published: Office, purpose: str, body: str, code: str
) -> None:
    with pytest.raises(InputRefused) as error:
        add(published, purpose, template(body=body))
    assert (error.value.code, templates(published, slug=SLUG)) == (code, ())
    if code == "template.names":
        assert error.value.values["names"] == [body.strip("{}")]
