"""JSON Lines: one submission a line; what cannot be taken becomes a refusal, never an exception."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Final, NoReturn
from zoneinfo import ZoneInfo

from consult.domain.comment import Channel, NewSubmission, Refusal, Speaker
from consult.domain.errors import InputRefused
from consult.domain.text import is_blank, normalise, unstorable

# Dates without an offset are the office's own; China has had one time zone without summer time
# since 1991.
CHINA: Final = ZoneInfo("Asia/Shanghai")
_SHOWN = 40  # characters of a wrong value that a refusal repeats


def read_jsonl(
    lines: Iterable[bytes], source: str, *, zone: tzinfo = CHINA
) -> Iterator[NewSubmission | Refusal]:
    """Yield a submission or a refusal for every line that is not blank.

    Keys: ``text`` (must), ``channel``, ``speaker``, ``name``, ``contact``, ``received`` (ISO date
    or time; without an offset in ``zone``), ``chosen`` (codes), ``publish`` (true: may be quoted),
    ``id``; other keys are left alone.
    Without a channel a line counts as imported (``table``). The key of a submission is
    ``SOURCE#ID``, or its line number; a key that occurs twice in the file is refused, since the
    store would take the second for a repeated send of the first.
    """
    keys: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        plain = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if not plain.strip():
            continue
        place = f"{source}:{number}"
        try:
            new = _submission(_object(plain), f"{source}#", number, zone, place)
            first = keys.setdefault(new.key, number)
            if first != number:
                _refuse("item.duplicate-id", "id", value=new.key, line=first)
        except InputRefused as refused:
            yield Refusal(place, refused.field, refused.code, refused.values)
        else:
            yield new


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8"), object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        _refuse("item.undecodable", "", position=error.start)
    except json.JSONDecodeError as error:
        _refuse("item.bad-json", "", column=error.colno, reason=error.msg)
    # Nesting without end, or a whole number of thousands of digits.
    except (RecursionError, ValueError) as error:
        _refuse("item.bad-json", "", column=0, reason=type(error).__name__)
    if not isinstance(found, dict):
        _refuse("item.not-an-object", "", found=type(found).__name__)
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key given twice: JSON would keep the last one and lose the first."""
    table = dict(pairs)
    if len(table) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        _refuse("item.duplicate-key", _show(twice), key=_show(twice))
    return table


def _submission(
    row: Mapping[str, Any], prefix: str, number: int, zone: tzinfo, place: str
) -> NewSubmission:
    return NewSubmission(
        text=_text(row),
        channel=_channel(row),
        speaker=_speaker(row),
        name=_short(row, "name"),
        contact=_short(row, "contact"),
        chosen=_chosen(row),
        publish=_publish(row),
        received=_received(row, zone),
        key=prefix + (_short(row, "id") or str(number)),
        source=place,
    )


def _text(row: Mapping[str, Any]) -> str:
    text = row.get("text")
    if text is None:
        _refuse("item.no-text", "text")
    if not isinstance(text, str):
        _refuse("item.wrong-type", "text", found=type(text).__name__, value=_show(text))
    if is_blank(text):
        _refuse("item.blank-text", "text")
    return _storable(text)


def _short(row: Mapping[str, Any], key: str) -> str:
    """Return a short field; whole numbers (telephone numbers, ids) keep all their digits."""
    value = row.get(key)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        _refuse("item.wrong-type", key, found=type(value).__name__, value=_show(value))
    return _storable(value.strip())


def _channel(row: Mapping[str, Any]) -> Channel:
    value = _short(row, "channel") or Channel.TABLE.value
    if value not in set(Channel):
        _refuse("item.wrong-channel", "channel", value=_show(value), allowed=[*Channel])
    return Channel(value)


def _speaker(row: Mapping[str, Any]) -> Speaker:
    value = _short(row, "speaker")
    if value not in set(Speaker):
        allowed = [speaker for speaker in Speaker if speaker]
        _refuse("item.wrong-speaker", "speaker", value=_show(value), allowed=allowed)
    return Speaker(value)


def _chosen(row: Mapping[str, Any]) -> tuple[str, ...]:
    value = row.get("chosen")
    codes = [value] if isinstance(value, str) else value or []
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        _refuse("item.wrong-type", "chosen", found=type(value).__name__, value=_show(value))
    return tuple(_storable(code.strip()) for code in codes if code.strip())


def _publish(row: Mapping[str, Any]) -> bool:
    """Return whether the words may be quoted; consent is said, never guessed."""
    value = row.get("publish")
    if value is not None and not isinstance(value, bool):
        _refuse("item.wrong-publish", "publish", value=_show(value))
    return bool(value)


# Years outside are slips of the pen, and at the ends of the calendar no time zone can be applied.
EARLIEST, LATEST = 1990, 2100


def _received(row: Mapping[str, Any], zone: tzinfo) -> datetime | None:
    value = _short(row, "received")
    if not value:
        return None
    try:
        found = datetime.fromisoformat(value)
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        if not EARLIEST <= found.astimezone(UTC).year <= LATEST:
            raise ValueError(value)
    except (ValueError, OverflowError):
        _refuse("item.wrong-date", "received", value=_show(value))
    return found


def _storable(text: str) -> str:
    """Replace visibly what cannot be stored: nobody is here to correct a file (U+FFFD)."""
    return normalise(text, strict=False) if unstorable(text) else text


def _show(value: object) -> str:
    """Return the head of a wrong value, safe to print and to store."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    head = text[:_SHOWN]
    return ascii(head)[1:-1] if unstorable(head) else head


def _refuse(code: str, field: str, /, **values: object) -> NoReturn:
    raise InputRefused(code, field=field, **values)
