"""``export``: the documents of so many comments, from a digest and a register in memory.

The digest has a line a group of near-duplicates, about one for each two and a half comments.
Naive: python-docx with ``table.cell``, openpyxl, and the csv module, the same rows and cells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

from benchmarks.material import Sample
from benchmarks.measure import Benchmark, Stopwatch
from benchmarks.reports import documents
from consult.domain.digest import Digest, Register, ThemeLine
from consult.export.columns import COLUMNS, Cell, local_time

_DOCX: Final = 20_000  # rows of a register that Word still opens; beyond it is a workbook
_HEADS: Final = ("意见要点", "人数", "来件数", "不同文本数", "意见条数", "原话", "意见编号")


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.export.digest_docx import digest_docx
    from consult.export.register_csv import register_csv
    from consult.export.register_docx import register_docx
    from consult.export.register_xlsx import register_xlsx

    digest, register = documents(material)
    with watch.stage("digest.docx"):
        digest_docx(digest)
    with watch.stage("register.xlsx"):
        register_xlsx(register)
    with watch.stage("register.csv"):
        register_csv(register)
    if len(material) <= _DOCX:
        with watch.stage("register.docx"):
            register_docx(register)


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    import docx
    import openpyxl

    digest, register = documents(material)
    with watch.stage("digest.docx"):
        _tables(docx.Document(), digest).save(io.BytesIO())
    with watch.stage("register.xlsx"):
        workbook = openpyxl.Workbook()
        sheet = workbook.create_sheet()
        for row in _rows(register):
            sheet.append(row)
        workbook.save(io.BytesIO())
    with watch.stage("register.csv"):
        out = io.StringIO(newline="")
        csv.writer(out).writerows(_rows(register))
        out.getvalue().encode("utf-8-sig")


def _tables(document: Any, digest: Digest) -> Any:
    """Add a heading a section and a table of its asks, cell by cell."""
    for section in digest.sections:
        document.add_heading(f"{section.label}{section.title}")
        document.add_paragraph(section.summary)
        table = document.add_table(rows=len(section.themes) + 1, cols=len(_HEADS))
        for place, values in enumerate([_HEADS, *map(_line, section.themes)]):
            for column, value in enumerate(values):
                table.cell(place, column).text = value
    return document


def _line(line: ThemeLine) -> tuple[str, ...]:
    counts = line.counts
    return (
        line.label,
        *map(str, (counts.people, counts.submissions, counts.texts, counts.comments)),
        "\n".join(f"“{quote.text}”（{quote.number}）" for quote in line.quotes),
        "、".join(map(str, line.numbers)),
    )


def _rows(register: Register) -> list[list[Cell]]:
    zone = register.masthead.as_of.tzinfo
    return [
        [column.title for column in COLUMNS],
        *(
            [
                local_time(row.received, zone) if column.style == "time" else column.value(row)
                for column in COLUMNS
            ]
            for row in register.rows
        ),
    ]


BENCHMARK = Benchmark(
    consult=_consult,
    naive=_naive,
    reach=2_000,
    reason="table.cell reads the whole table each time: a quarter of an hour at 10,000",
)
