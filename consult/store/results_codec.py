"""How published results become one JSON document and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from consult.domain.decision import Ruling
from consult.domain.digest import Accounting, Counts
from consult.domain.masthead import Masthead
from consult.domain.results import Change, ResultLine, Results, ResultSection
from consult.domain.triage import Disposition
from consult.store import codec

T = TypeVar("T")


def dump_results(results: Results) -> str:
    """Write results."""
    return codec.dump(_plain(asdict(results)))


def load_results(text: str) -> Results:
    """Read what :func:`dump_results` wrote, by this version or an earlier one."""
    data = codec.load(text)
    head = {**data["masthead"], "as_of": datetime.fromisoformat(data["masthead"]["as_of"])}
    return Results(
        masthead=_made(Masthead, head),
        counts=_made(Counts, data["counts"]),
        sections=tuple(_section(item) for item in data["sections"]),
        dispositions=tuple((Disposition(name), count) for name, count in data["dispositions"]),
        changes=tuple(
            _made(Change, {**item, "words": tuple(item["words"])}) for item in data["changes"]
        ),
        accounting=_made(Accounting, data["accounting"]),
        doubtful=data.get("doubtful", 0),
    )


def without(text: str, submission: int) -> str:
    """Return results without the words of a submission that was withdrawn or erased.

    What was counted and decided stays as it was published; words that quote it go, and so do the
    office's own where they are about nothing else: they may repeat it.
    """
    data = codec.load(text)
    gone: set[str] = set()
    for section in data["sections"]:
        for line in section["lines"]:
            if submission not in (line["voice"], line["sole"]):
                continue
            gone.add(line["words"])
            line |= {"words": "", "quoted": False, "keywords": []}
            if line["sole"] == submission and line["ruling"]:
                gone.add(line["ruling"]["change"])
                line["ruling"] |= dict.fromkeys(_SAID, "")
    for change in data["changes"]:
        change["words"] = [words for words in change["words"] if words not in gone]
    data["changes"] = [change for change in data["changes"] if change["change"] not in gone - {""}]
    return codec.dump(data)


_SAID = ("reason", "answer", "change", "gist")


def _section(data: Mapping[str, Any]) -> ResultSection:
    lines = tuple(_line(item) for item in data["lines"])
    counts = _made(Counts, data["counts"])
    return _made(ResultSection, {**data, "counts": counts, "lines": lines})


def _line(data: Mapping[str, Any]) -> ResultLine:
    said = data["ruling"]
    ruling = None
    if said:
        ruling = _made(Ruling, {**said, "disposition": Disposition(said["disposition"])})
    parts = {"counts": _made(Counts, data["counts"]), "keywords": tuple(data["keywords"])}
    return _made(ResultLine, {**data, **parts, "ruling": ruling})


def _made(kind: type[T], data: Mapping[str, Any]) -> T:
    """Make a value of the fields it has; others were left out since."""
    names = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in data.items() if name in names})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value
