#!/usr/bin/env python3
"""Verify the events of ``consult`` with nothing but Python's standard library.

This file stands alone on purpose: it imports nothing of the program whose records it examines, and
can be read in ten minutes by whoever is to rely on it. It needs Python 3.10 or newer.

    python3 verify_chain.py consult.sqlite3 [--head HASH ...] [--against EXPORT ...]
    python3 verify_chain.py backup.zip      (a backup, or an archive that holds events.jsonl)

Each event is chained to the one before it: ``hash`` is the SHA-256 of the ``previous`` hash, a
line end, and the JSON of its other columns (no spaces, characters as they are). An event edited,
replaced, dropped or appended by hand breaks a link, and the place is named. A chain that was
rewritten as a whole, or cut short, is sound in itself: it is found by comparing with a head hash
that left the office earlier, on an export, a backup or a receipt (``--head``, ``--against``).

Exit codes: 0 the chain holds, 1 it does not, 2 the file could not be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

START = "0" * 64  # stands for the hash before the first event
WITHHELD = "withheld"  # an event of another consultation in an archive: its place, not its contents
HASHED = ("number", "consultation", "at", "actor", "verb", "subject", "why", "before", "after")
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_DATABASE, _LINES = "consult.sqlite3", "events.jsonl"
_LARGEST = 500_000_000  # bytes read of one member of an export
WORDS = {
    "edited": "内容与校验值不符：被改过 / edited: what it says is not what its hash was made of",
    "replaced": "被换过：下一条记的校验值不是它的 / replaced: the next event names another hash",
    "dropped": "被删除 / dropped: the number is missing",
    "appended": "事后加上的：没有程序的封签，或不接着上一条 / appended by hand",
    "forged": "封签不对：不是本程序写的 / forged: its seal was not made with the office's key",
}


class Fault(NamedTuple):
    """What is wrong with which event; ``last`` ends a run of numbers that are missing."""

    number: int
    kind: str
    last: int

    def __str__(self) -> str:
        """Return the place and the kind, for programs and people."""
        place = f"{self.number}" if self.last == self.number else f"{self.number}-{self.last}"
        return f"{place} {self.kind}"


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(row: Mapping[str, Any]) -> str:
    """Return what the hash of an event must be."""
    body = _ENCODER.encode([_column(row, name) for name in HASHED])
    return hashlib.sha256(f"{row['previous']}\n{body}".encode()).hexdigest()


def _column(row: Mapping[str, Any], name: str) -> Any:
    """Return a column as it was hashed: ``before`` and ``after`` are JSON in a text."""
    value = row[name]
    if name in ("before", "after") and not isinstance(value, str):
        return _ENCODER.encode(value)
    return value


def faults(
    rows: Iterable[Mapping[str, Any]], seal: Callable[[str], str] | None = None
) -> list[Fault]:
    """Return everything wrong with events given in the order of their numbers.

    ``seal`` makes the seal of a hash; only who holds the office's key has it. Events from before
    there were seals have none, but none may follow one that has.
    """
    found: list[Fault] = []
    before: Mapping[str, Any] | None = None
    sound_before, sealed = True, False
    for row in rows:
        number, expected = int(row["number"]), int(before["number"]) + 1 if before else 1
        if number > expected:
            found.append(Fault(expected, "dropped", number - 1))
        given = str(row.get("seal") or "")
        kind = _kind(row, given, sealed, seal)
        linked = row["previous"] == (before["hash"] if before else START)
        if not kind and not linked and number == expected:
            # The row is sound in itself: what it was chained to is no longer there.
            if before is None:
                kind = "edited"
            elif sound_before:
                found.append(Fault(expected - 1, "replaced", expected - 1))
        if kind:
            found.append(Fault(number, kind, number))
        before, sound_before, sealed = row, not kind, sealed or bool(given)
    return sorted(set(found))


def _kind(
    row: Mapping[str, Any], given: str, sealed: bool, seal: Callable[[str], str] | None
) -> str:
    """Return what is wrong with an event by itself, or nothing."""
    if sealed and not given:
        return "appended"
    if row["verb"] != WITHHELD and hash_of(row) != row["hash"]:
        return "edited"
    if given and seal is not None and seal(str(row["hash"])) != given:
        return "forged"
    return ""


def heads_in(path: Path) -> list[str]:
    """Return the head hashes that an export, backup or receipt states.

    In JSON they stand under ``head``; elsewhere every SHA-256 in the text is taken for one.
    """
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            names = sorted(parts.namelist())
            for name in ("manifest.json",):
                if name in names:
                    return _stated(parts.read(name))
            kept = [n for n in names if n.endswith((".xml", ".json", ".txt", ".html", ".csv"))]
            return [head for name in kept for head in _stated(_member(parts, name))]
    return _stated(path.read_bytes())


def _member(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as member:
        return member.read(_LARGEST)


def _stated(data: bytes) -> list[str]:
    text = data.decode("utf-8-sig", errors="replace")
    try:
        found = [str(value) for value in _under_head(json.loads(text))]
    except ValueError:
        found = []
    return list(dict.fromkeys(found or _HASH.findall(text)))


def _under_head(value: Any) -> Iterator[str]:
    """Yield what stands under a key ``head``, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "head" and isinstance(inner, str) and _HASH.fullmatch(inner):
                yield inner
            else:
                yield from _under_head(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _under_head(inner)


def read_events(path: Path) -> list[dict[str, Any]]:
    """Read the events of a database, a backup, an archive or a file of JSON lines."""
    if not zipfile.is_zipfile(path):
        head = path.open("rb").read(16)
        return (
            _from_database(path) if head.startswith(b"SQLite") else _from_lines(path.read_bytes())
        )
    with zipfile.ZipFile(path) as parts, tempfile.TemporaryDirectory() as folder:
        for name in sorted(parts.namelist()):
            if name.rsplit("/", 1)[-1] == _DATABASE:
                return _from_database(Path(parts.extract(name, folder)))
            if name.rsplit("/", 1)[-1] == _LINES:
                return _from_lines(parts.read(name))
    raise ValueError("no events in this file")


def _from_database(path: Path) -> list[dict[str, Any]]:
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        cursor = database.execute("select * from events order by number")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
    finally:
        database.close()


def _from_lines(data: bytes) -> list[dict[str, Any]]:
    events = [json.loads(line) for line in data.decode("utf-8-sig").splitlines() if line.strip()]
    return sorted(events, key=lambda event: int(event["number"]))


def main(arguments: list[str] | None = None) -> int:
    """Examine a file and say in Chinese and English what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("events", type=Path, help="consult.sqlite3, a backup, or events.jsonl")
    parser.add_argument("--head", action="append", default=[], help="a head hash known from before")
    parser.add_argument("--against", action="append", default=[], type=Path,
                        help="an earlier export, backup or receipt")  # fmt: skip
    asked = parser.parse_args(arguments)
    try:
        rows = read_events(asked.events)
        stated = [(str(path), heads_in(path)) for path in asked.against]
    except (OSError, ValueError, KeyError, TypeError, sqlite3.Error, zipfile.BadZipFile) as error:
        sys.stderr.write(f"读不出来 / cannot be read: {error}\n")
        return 2
    wrong = faults(rows)
    for fault in wrong:
        _say(f"事件 / event {str(fault).split()[0]}: {WORDS[fault.kind]}")
    known = {str(row["hash"]): int(row["number"]) for row in rows}
    known[START] = 0
    bad = [not _compare(head, [head], known) for head in asked.head]
    bad += [not _compare(name, heads, known) for name, heads in stated]
    end = str(rows[-1]["hash"]) if rows else START
    _say(f"{len(rows)} 个事件 / events, head {end}")
    _say(
        "事件链有问题 / the chain does NOT hold"
        if wrong or any(bad)
        else "事件链完好 / the chain holds"
    )
    return 1 if wrong or any(bad) else 0


def _compare(name: str, heads: list[str], known: Mapping[str, int]) -> bool:
    """Say whether a head hash from before is still in the chain."""
    numbers = [known[head] for head in heads if head in known]
    if numbers:
        _say(f"{name}: 与第 {max(numbers)} 号事件相符 / agrees with event {max(numbers)}")
        return True
    what = (
        "其中没有校验值 / it states no hash"
        if not heads
        else ("不在链上：整条链被改写，或被截短 / NOT in the chain: rewritten whole, or cut short")
    )
    _say(f"{name}: {what}")
    return False


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
