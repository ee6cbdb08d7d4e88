"""A row of a table becomes a submission, or a refusal that names the cell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final

from consult.domain.comment import Channel, NewSubmission, Refusal, Speaker
from consult.domain.entry import Entry, words_of
from consult.domain.errors import InputRefused
from consult.domain.ledger import Empty
from consult.domain.table import Cell, Columns, Flaw, Role, Row
from consult.intake.jsonl import CHINA
from consult.intake.section_words import codes_of
from consult.intake.table_headers import Header
from consult.intake.table_words import agreed, body_of, channel_of, moment_of, speaker_of

_FLAWS: Final = {
    Flaw.ERROR: "table.error-cell",
    Flaw.FORMULA: "table.formula",
    Flaw.ROUNDED: "table.rounded",
}
_ROUNDED_ARE_NAMES: Final = frozenset({Role.CONTACT, Role.ID})
_SAID: Final = (Role.SECTION, Role.ORIGINAL, Role.REPLACEMENT, Role.TEXT, Role.REASON)
_PERSON: Final = frozenset({Role.UNIT, Role.NAME, Role.CONTACT})
# What stands below a table and is no comment: sums and instructions.
_FOOT: Final = re.compile(r"(合计|总计|小计|共计|注\s*[:：]|填表|填报|说明\s*[:：]|备注\s*[:：])")
_NUMBER: Final = re.compile(r"[\d.、()（）\s-]*|[一二三四五六七八九十]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read: its columns, its name and digest, the zone of its dates.

    ``sections`` are what people call the sections, folded, with their codes; ``channel`` is for
    rows that name none.
    """

    name: str
    digest: str
    columns: Columns = field(default_factory=Columns)
    zone: tzinfo = CHINA
    sections: Mapping[str, str] = field(default_factory=dict)
    channel: Channel = Channel.TABLE


@dataclass(frozen=True, slots=True)
class Line:
    """What the columns of a row say, by role; several columns of one role are put together."""

    number: int
    words: Mapping[Role, str]
    labels: Mapping[Role, str]
    row: tuple[tuple[str, str], ...]
    loose: bool  # whether words stand in columns that mean nothing


def line_of(row: Row, header: Header) -> Line:
    """Read a row; raises ``InputRefused`` (``table.*``) naming role and column of a bad cell."""
    words: dict[Role, str] = {}
    labels: dict[Role, str] = {}
    loose = False
    for place, cell in enumerate(row.cells):
        role = header.roles[place] if place < len(header.roles) else Role.IGNORED
        if not cell.text and cell.flaw is Flaw.NONE:
            continue
        if role is Role.IGNORED:
            loose |= not _NUMBER.fullmatch(cell.text) and cell.flaw is not Flaw.MERGED
            continue
        if cell.flaw is Flaw.MERGED and role not in _PERSON:
            continue
        _check(cell, role, _label(header, place))
        between = "\n" if role in (Role.TEXT, Role.REASON, Role.ORIGINAL) else " "
        words[role] = f"{words[role]}{between}{cell.text}" if role in words else cell.text
        labels.setdefault(role, _label(header, place))
    pairs = tuple((_label(header, i), cell.text) for i, cell in enumerate(row.cells) if cell.text)
    return Line(row.number, words, labels, pairs, loose)


def _label(header: Header, place: int) -> str:
    words = header.words[place] if place < len(header.words) else ""
    return words or letters(place)


def letters(place: int) -> str:
    """Return what a column is called by its place from 0: ``A``, ``AB``."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _check(cell: Cell, role: Role, column: str) -> None:
    bad = cell.flaw in (Flaw.ERROR, Flaw.FORMULA) or (
        cell.flaw is Flaw.ROUNDED and role in _ROUNDED_ARE_NAMES
    )
    if bad:
        raise InputRefused(_FLAWS[cell.flaw], field=role.value, column=column, value=cell.text[:40])


def entry_of(line: Line, sections: Mapping[str, str]) -> tuple[Entry, tuple[str, ...]]:
    """Return what a row says, and the codes of the sections it names.

    The words of the draft it is about stand before what is said of them, under their own label; so
    does a place in the draft that is none of its sections by name. Nothing is left out.
    """
    said = {role: line.words.get(role, "") for role in _SAID}
    codes = codes_of(said[Role.SECTION], sections)
    before = [] if codes or not said[Role.SECTION] else [(Role.SECTION, said[Role.SECTION])]
    if said[Role.ORIGINAL] and not said[Role.REPLACEMENT]:
        before.append((Role.ORIGINAL, said[Role.ORIGINAL]))
    lines = [f"{line.labels[role]}：{words}" for role, words in before]
    entry = Entry(
        text="\n".join([*lines, said[Role.TEXT]] if said[Role.TEXT] else lines),
        original=said[Role.ORIGINAL] if said[Role.REPLACEMENT] else "",
        replacement=said[Role.REPLACEMENT],
        reason=said[Role.REASON],
    )
    return entry, codes


def says_something(line: Line) -> bool:
    """Tell whether a row holds a comment."""
    return bool(line.words.get(Role.TEXT) or line.words.get(Role.REPLACEMENT))


def is_empty(line: Line) -> bool:
    """Tell whether a row is only laid out: numbered, or a sum, or a note; it says nothing."""
    first = line.row[0][1] if line.row else ""
    if _FOOT.match(first) and _NUMBER.fullmatch(line.words.get(Role.TEXT, "")):
        return True
    if says_something(line):
        return False
    telling = line.words.keys() - {Role.SECTION, Role.CHANNEL, Role.SPEAKER}
    return not telling and not line.loose


def item_of(
    row: Row, header: Header, reading: Reading, place: str
) -> NewSubmission | Refusal | Empty:
    """Return what becomes of a row that is a submission of its own."""
    line: Line | None = None
    try:
        line = line_of(row, header)
        if is_empty(line):
            return Empty(place)
        if not says_something(line):
            raise InputRefused("table.no-text", field="text")
        return _submission(line, reading, place)
    except InputRefused as error:
        return Refusal(
            place, error.field, error.code, error.values, fields=_fields(row, header, reading),
            row=tuple((_label(header, i), c.text) for i, c in enumerate(row.cells) if c.text),
            key=_key(reading, place, line),
        )  # fmt: skip


def _submission(line: Line, reading: Reading, place: str) -> NewSubmission:
    entry, codes = entry_of(line, reading.sections)
    words = line.words
    received = None
    if Role.RECEIVED in words:
        received = moment_of(words[Role.RECEIVED], reading.zone)
        if received is None:
            raise InputRefused("table.date", field="received", value=words[Role.RECEIVED][:40])
    unit, name = words.get(Role.UNIT, ""), words.get(Role.NAME, "")
    return NewSubmission(
        text=words_of(entry),
        channel=channel_of(words.get(Role.CHANNEL, "")) or reading.channel,
        speaker=_speaker(words),
        name=" ".join(dict.fromkeys(part for part in (unit, name) if part)),
        contact=words.get(Role.CONTACT, ""),
        chosen=codes,
        publish=agreed(words.get(Role.PUBLISH, "")),
        received=received,
        key=_key(reading, place, line),
        source=place,
    )


def _speaker(words: Mapping[Role, str]) -> Speaker:
    """Return who speaks: as the row says, else by the name of the body that does."""
    bodies = (body_of(words.get(role, "")) for role in (Role.UNIT, Role.NAME))
    told = speaker_of(words.get(Role.SPEAKER, ""))
    return told or next((kind for kind in bodies if kind), Speaker.UNKNOWN)


def _key(reading: Reading, place: str, line: Line | None) -> str:
    """Return the key that stores a row once: its office's number with its words, or file and row.

    The number alone would take a second opinion under it for the first.
    """
    number = line.words.get(Role.ID, "") if line else ""
    if line is not None and number:
        words = "\n".join(line.words.get(role, "") for role in (Role.TEXT, Role.REPLACEMENT))
        content = hashlib.sha256(words.encode()).hexdigest()[:16]
        return f"table:{line.labels[Role.ID]}:{number}:{content}"
    return file_key(reading, place)


def file_key(reading: Reading, place: str) -> str:
    """Return the key of a place in a file, whatever the file is called."""
    return f"table:{reading.digest[:32]}:{place.removeprefix(reading.name)}"


def _fields(row: Row, header: Header, reading: Reading) -> dict[str, str]:
    """Return what of a refused row can be read, for a person to correct."""
    found: dict[str, str] = {"channel": reading.channel.value}
    names = {Role.TEXT: "text", Role.REPLACEMENT: "text", Role.UNIT: "name", Role.NAME: "name",
             Role.CONTACT: "contact", Role.SECTION: "section", Role.REASON: "reason"}  # fmt: skip
    for place, cell in enumerate(row.cells):
        role = header.roles[place] if place < len(header.roles) else Role.IGNORED
        if role is Role.RECEIVED and (moment := moment_of(cell.text, reading.zone)):
            found["received"] = moment.isoformat()
        if role is Role.CHANNEL:
            found["channel"] = (channel_of(cell.text) or reading.channel).value
        if role is Role.SPEAKER and (speaker := speaker_of(cell.text)):
            found["speaker"] = speaker.value
        if role in names and cell.text and cell.flaw in (Flaw.NONE, Flaw.MERGED):
            name = names[role]
            found[name] = f"{found[name]} {cell.text}" if name in found else cell.text
    return found
