"""What two people said about a sample, as CSV and JSON; numbers and answers, no words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict

from consult.domain.sample import Judged, Sample

_COLUMNS = ("item", "kind", "comment", "other", "theme", "stratum", "machine", "first", "second")


def coding_csv(sample: Sample, judged: tuple[Judged, ...], *, head: str = "") -> bytes:
    """Return a row an item, with the names of the two as headings of their answers.

    The title of the last column, which is empty, is the head hash of the events.
    UTF-8 with a byte order mark, for spreadsheets.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    more = [head] if head else []
    writer.writerow([*_COLUMNS[:-2], *(_plain(name) for name in sample.coders), *more])
    writer.writerows(
        [*(row[name] for name in _COLUMNS), *([""] if head else [])] for row in _rows(judged)
    )
    return text.getvalue().encode("utf-8-sig")


def coding_json(sample: Sample, judged: tuple[Judged, ...], *, head: str = "") -> bytes:
    """Return the sample and its items as one JSON object."""
    about = {
        **asdict(sample), "created": sample.created.isoformat(), "state": sample.state.value,
    }  # fmt: skip
    content = {"head": head, "sample": about, "items": list(_rows(judged))}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _rows(judged: tuple[Judged, ...]) -> Iterator[dict[str, object]]:
    for own in judged:
        item = own.item
        yield {
            "item": item.id,
            "kind": item.kind.value,
            "comment": item.comment or "",
            "other": item.other or "",
            "theme": item.theme or "",
            "stratum": item.stratum,
            "machine": item.machine,
            "first": own.first,
            "second": own.second,
        }


def _plain(name: str) -> str:
    """Return a name that no spreadsheet takes for a formula."""
    return f"'{name}" if name[:1] in "=+-@" else name
