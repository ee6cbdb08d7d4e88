"""LibreOffice, which shares no code with the writers, opens what they wrote."""

from __future__ import annotations

import csv
import shutil
import subprocess
from dataclasses import replace

import pytest

from consult.export.digest_docx import digest_docx
from consult.export.register_xlsx import register_xlsx

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def convert(folder, name: str, form: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, "--headless", profile, "--convert-to", form, "--outdir", folder,
               folder / name]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_both_documents_convert_to_pdf(tmp_path, make_digest, make_register):
    (tmp_path / "digest.docx").write_bytes(digest_docx(make_digest()))
    (tmp_path / "register.xlsx").write_bytes(register_xlsx(make_register()))

    convert(tmp_path, "digest.docx", "pdf")
    convert(tmp_path, "register.xlsx", "pdf")

    heads = [(tmp_path / name).read_bytes()[:5] for name in ("digest.pdf", "register.pdf")]
    assert heads == [b"%PDF-", b"%PDF-"]


def test_the_words_of_the_digest_are_all_there(tmp_path, make_digest, read_docx):
    data = digest_docx(make_digest())
    (tmp_path / "digest.docx").write_bytes(data)

    convert(tmp_path, "digest.docx", "txt:Text (encoded):UTF8")

    shown = (tmp_path / "digest.txt").read_text("utf-8-sig").split()
    written = read_docx(data).split()
    assert [w for w in shown if "意见编号：" in w] == [w for w in written if "意见编号：" in w]


def test_the_cells_of_the_register_come_back_as_text(tmp_path, make_register, sample_rows):
    texts = ["=1+1", "_x0041_", "@SUM(A1)", "一\n二"]
    pairs = zip(sample_rows, texts, strict=False)
    rows = tuple(replace(row, text=text) for row, text in pairs)
    (tmp_path / "register.xlsx").write_bytes(register_xlsx(make_register(rows)))

    convert(tmp_path, "register.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1")

    with (tmp_path / "register.csv").open(encoding="utf-8-sig", newline="") as lines:
        read = list(csv.reader(lines))
    assert [row[5].replace("\u2060", "") for row in read[4:]] == texts
