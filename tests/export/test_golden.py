"""The sample's documents, compared with files that a person has read.

After a wanted change: ``WRITE_GOLDEN=1 pytest tests/export/test_golden.py``; read what differs.
"""

from __future__ import annotations

import os
from pathlib import Path

from consult.export.digest_docx import digest_docx
from consult.export.records import digest_json, register_json
from consult.export.register_csv import register_csv
from consult.export.register_xlsx import register_xlsx

GOLDEN = Path(__file__).parent / "golden"


def compare(name: str, data: bytes) -> None:
    path = GOLDEN / name
    if os.environ.get("WRITE_GOLDEN"):
        path.write_bytes(data)
    assert data.decode() == path.read_bytes().decode()


def sheet_lines(sheets):
    for name, rows in sheets.items():
        yield f"## {name}"
        yield from (" | ".join("" if v is None else str(v) for v in row) for row in rows)


def test_the_register_as_csv_is_as_it_was_read(make_register):
    compare("register.csv", register_csv(make_register()))


def test_the_register_as_json_is_as_it_was_read(make_register):
    compare("register.json", register_json(make_register()))


def test_the_digest_as_json_is_as_it_was_read(make_digest):
    compare("digest.json", digest_json(make_digest()))


def test_the_digest_as_docx_reads_as_it_was_read(make_digest, read_docx):
    compare("digest.docx.txt", read_docx(digest_docx(make_digest())).encode())


def test_the_digest_of_no_comments_reads_as_it_was_read(make_digest, read_docx):
    empty = make_digest((), rehearsal=False, official=True, run=0)
    compare("digest-empty.docx.txt", read_docx(digest_docx(empty)).encode())


def test_the_register_as_xlsx_reads_as_it_was_read(make_register, read_xlsx):
    sheets = read_xlsx(register_xlsx(make_register()))
    compare("register.xlsx.txt", "\n".join(sheet_lines(sheets)).encode())


def test_the_register_of_no_comments_reads_as_it_was_read(make_register, read_xlsx):
    sheets = read_xlsx(register_xlsx(make_register((), rehearsal=False, official=True, run=0)))
    compare("register-empty.xlsx.txt", "\n".join(sheet_lines(sheets)).encode())
