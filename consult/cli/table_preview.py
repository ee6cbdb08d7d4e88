"""The first rows of a table on a terminal: what they would become, before anything happens."""

from __future__ import annotations

from collections.abc import Sequence

from consult.cli import say
from consult.domain.comment import NewSubmission
from consult.domain.ledger import Empty
from consult.intake.table_headers import Header
from consult.services.import_table import Preview, Tried
from consult.wording import sentence

_WIDTH = 60  # characters of a text that are shown


def show_preview(name: str, found: Sequence[Preview], *, as_json: bool) -> None:
    """Print what would become of the rows that were looked at."""
    if as_json:
        say.as_json({"file": name, "sheets": [_sheet(preview) for preview in found]})
        return
    for preview in found:
        _show_columns(f"{name} {preview.layout.sheet.name}", preview.layout.header)
        for tried in preview.rows:
            if tried.error is not None:
                say.warn(f"  {_place(tried)} {sentence(tried.error.code, tried.error.values)}")
            elif isinstance(tried.item, NewSubmission):
                text = tried.item.text.replace("\n", " ")[:_WIDTH]
                say.line(f"  {_place(tried)} {tried.item.name}：{text}")
        if preview.more:
            say.line("  ……")


def _show_columns(name: str, header: Header) -> None:
    """Print what the columns are read as, and which are not read: nothing is left out unseen."""
    columns = list(zip(header.words, header.roles, strict=True))
    read = [f"{words}={role.value}" for words, role in columns if role]
    say.line(f"{name}：表头在第 {header.row} 行，{'，'.join(read)}")
    left = [words for words, role in columns if words and not role]
    if left:
        say.line(f"  不读的列：{'、'.join(left)}（要读的，用 --mapping 列名=含义 说明）")


def _place(tried: Tried) -> str:
    return f"第 {tried.row.number} 行" if tried.row else "整张表"


def _sheet(preview: Preview) -> dict[str, object]:
    header = preview.layout.header
    return {
        "sheet": preview.layout.sheet.name,
        "header": header.row,
        "columns": dict(zip(header.words, (role.value for role in header.roles), strict=True)),
        "form": preview.layout.form,
        "rows": [_row(tried) for tried in preview.rows],
        "more": preview.more,
    }


def _row(tried: Tried) -> dict[str, object]:
    item = tried.item
    row: dict[str, object] = {"row": tried.row.number if tried.row else None}
    if tried.error is not None:
        reason = sentence(tried.error.code, tried.error.values)
        return row | {"code": tried.error.code, "field": tried.error.field, "reason": reason}
    if isinstance(item, NewSubmission):
        return row | {"text": item.text, "name": item.name, "chosen": list(item.chosen)}
    return row | {"empty": item.count if isinstance(item, Empty) else 0}
