"""Hostile text in every field of every document: nothing runs, nothing breaks, nothing is lost.

Every string of a digest, a register and results is replaced by one of the texts of ``HOSTILE`` in
turn, so that each field of each line holds many of them, whatever fields there will be.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from itertools import cycle
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from lxml import etree, html

from consult.domain.decision import Ruling
from consult.domain.digest import Digest, Register
from consult.domain.results import Change, ResultLine, Results, ResultSection
from consult.domain.triage import Disposition
from consult.export.formats import DOCUMENTS
from consult.export.notice import NOTICE_FILES
from consult.export.referral_sheet import ReferredMatter, referral_sheet
from consult.export.result_formats import RESULT_FILES
from consult.export.sanitise import printable
from tests.export.conftest import digest, register
from tests.hostile import HOSTILE

WORDS = [text for text in HOSTILE.values() if 0 < len(text) <= 20_000]
SHORT = [text for text in WORDS if len(text) < 2_500]
# What names a place or a day: other text cannot get there.
KEYS = frozenset(
    {"code", "section", "date", "opens", "closes", "slug", "chapter", "also", "chosen"}
)
WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
RUNS = {"script", "img", "iframe", "object", "embed", "form", "link", "base", "use"}


def soiled(value: Any, words: Iterator[str], name: str = "") -> Any:
    """Return a value with other words in every string of it, keys left alone."""
    if name in KEYS or isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return next(words)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return value
    if isinstance(value, tuple):
        return tuple(soiled(item, words) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: soiled(getattr(value, f.name), words, f.name) for f in fields(value)}
        return replace(value, **changed)
    return value


def found() -> Results:
    """Return results of the sample: every row of it answered."""
    whole = register()
    sections = tuple(
        ResultSection(
            total.code, total.label, total.title, total.code.partition(".")[0], total.counts,
            total.counts.comments,
            tuple(
                ResultLine(
                    line.label, True, ("词",), line.counts,
                    Ruling(Disposition.DECLINED, "理由", "答复", "单位", "1.1", "改动", "概括"), 1,
                )
                for line in whole.themes
                if line.section == total.code
            ),
        )
        for total in whole.sections
    )  # fmt: skip
    changes = tuple(Change("1.1", "一", "题", "改动", ("词",), 1) for _ in range(9))
    return Results(whole.masthead, whole.counts, sections, ((Disposition.DECLINED, 59),), changes,
                   whole.accounting, 3)  # fmt: skip


def sheet(text: Iterator[str]) -> bytes:
    rows = [ReferredMatter("comment:1", next(text), next(text), 1, next(text), "", next(text),
                           next(text)) for _ in range(40)]  # fmt: skip
    return referral_sheet(
        rows, title=next(text), to=next(text), due=date(2024, 5, 1), head=next(text)
    )


def words_in(data: bytes, name: str) -> str:
    """Return all that a reader of a document reads, and see that it is nothing but text."""
    kind = name.rsplit(".", 1)[1]
    return READERS[kind](data)


def _docx(data: bytes) -> str:
    with ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if part.endswith((".xml", ".rels")):
                tree = etree.fromstring(package.read(part))
                if part.endswith(".rels"):
                    assert tree.xpath("//*[@TargetMode='External']") == []
                if WORD_PARTS.fullmatch(part):
                    fields_ = tree.xpath("//*[local-name()='instrText']/text()")
                    assert {field.split()[0] for field in fields_} <= {"PAGE", "NUMPAGES"}
                    links = tree.xpath("//*[local-name()='hyperlink']")
                    assert all(not link.xpath("@*[local-name()='id']") for link in links)
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _xlsx(data: bytes) -> str:
    with ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        assert [n for n in names if "external" in n.lower() or n.endswith(".bin")] == []
        assert all(b"TargetMode=" not in package.read(n) for n in names if n.endswith(".rels"))
    said = []
    for own in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in own.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":  # sums of our own
                    assert re.fullmatch(r"=[A-Z]+\([A-Z0-9:$!',一-鿿]*\)", cell.value), cell.value
                said.append(str(cell.value or ""))
    return "\n".join(said)


def _csv(data: bytes) -> str:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert [
        cell for cell in cells if re.match(r"[\s\u200b-\u200f\ufeff]*[=+@\-＝＋＠－]", cell)
    ] == []
    assert {len(row) for row in rows} == {len(rows[0])}
    return "\n".join(cell.removeprefix("'") for cell in cells)


def _html(data: bytes) -> str:
    page = html.document_fromstring(data.decode())
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} & RUNS == set()
    assert [name for name in page.xpath("//@*/..") for a in name.attrib if a.startswith("on")] == []
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    return "\n".join(page.itertext())


def _md(data: bytes) -> str:
    text = data.decode()
    assert re.search(r"(?<!\\)<[a-z/!]", text) is None
    assert re.search(r"(?<!\\)\]\(", text) is None
    return (
        re.sub(r"\\(.)", r"\1", text)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )


def _json(data: bytes) -> str:
    said: list[str] = []
    json.loads(
        data, object_hook=lambda own: said.extend(v for v in own.values() if isinstance(v, str))
    )
    return printable("\n".join(said))


READERS: dict[str, Callable[[bytes], str]] = {
    "docx": _docx, "xlsx": _xlsx, "csv": _csv, "html": _html, "md": _md, "json": _json,
    "txt": bytes.decode,
}  # fmt: skip


def _made(source: str) -> Digest | Register | Results:
    return {"digest": digest, "register": register, "results": found}[source]()


FORMS = [
    *((n, form.source, form.write) for n, form in DOCUMENTS.items() if "schema" not in n),
    *((n, "results", form.write) for n, form in RESULT_FILES.items()),
    *((n, "results", write) for n, (_, write) in NOTICE_FILES.items()),
]
WRITERS: dict[str, Callable[[Iterator[str]], bytes]] = {
    **{n: lambda words, s=s, w=w: w(soiled(_made(s), words)) for n, s, w in FORMS},
    "referral.xlsx": sheet,
}


def flat(text: str) -> str:
    """Return text without white space, which cells, lines and paragraphs fold."""
    return re.sub(r"[\s\u200b-\u200f\ufeff\u3000]+", "", text)


@pytest.mark.parametrize("name", WRITERS)
def test_hostile_words_in_every_field_are_words(name: str) -> None:
    told = ""
    for start in (0, 11, 23):
        words = cycle([*SHORT[start:], *SHORT[:start]])
        told += words_in(WRITERS[name](words), name)

    seen = flat(told)
    lost = [text for text in SHORT if flat(printable(text)) not in seen]
    assert lost == []


def test_every_text_of_a_digest_and_a_register_is_replaced() -> None:
    left: list[str] = []
    for value in (digest(), register()):
        whole = json.dumps(_strings(soiled(value, cycle(["脏"]))), ensure_ascii=False)
        left += re.findall("绿道|断点", whole)

    assert left == []
    assert isinstance(soiled(digest(), cycle(["脏"])), Digest)
    assert isinstance(soiled(register(), cycle(["脏"])), Register)


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if is_dataclass(value) and not isinstance(value, type):
        return [s for f in fields(value) for s in _strings(getattr(value, f.name))]
    return [s for item in value for s in _strings(item)] if isinstance(value, tuple) else []
