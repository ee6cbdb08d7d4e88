"""Reads what a corpus folder ships of a consultation: its frame, outline, lexicon and samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from consult.domain.comment import Channel, NewSubmission, Refusal, Speaker
from consult.domain.consultation import Consultation, Window
from consult.domain.errors import InputRefused
from consult.domain.questions import FIELDS, Asked
from consult.intake.corpus_fields import Fields, read_file
from consult.intake.corpus_lexicon import read_lexicon
from consult.intake.corpus_outline import merge, read_outline
from consult.intake.jsonl import read_jsonl

__all__ = [
    "CorpusConsultation",
    "merge",
    "read_consultation",
    "read_lexicon",
    "read_outline",
    "read_samples",
]

CONSULTATION: Final = "consultation.toml"
SAMPLES: Final = "comments.jsonl"
# What the office words itself; each becomes a text of the consultation under its own name.
_TEXTS: Final = ("summary", "next_steps", "privacy", "privacy_version")


@dataclass(frozen=True, slots=True)
class CorpusConsultation:
    """A consultation as its folder describes it.

    ``speakers`` are the choices offered, as (code, label); ``channels`` the ways to comment, as
    (channel, text), which stand in the consultation's texts as ``channel.NAME`` too.
    """

    consultation: Consultation
    plan_title: str
    published: date | None
    speakers: tuple[tuple[Speaker, str], ...]
    channels: tuple[tuple[Channel, str], ...]


def read_consultation(folder: Path) -> CorpusConsultation:
    """Read ``consultation.toml``.

    Raises ``InputRefused`` (``corpus.*``): see ``corpus_fields``, ``corpus.wrong-slug``,
    ``corpus.wrong-timezone``, ``corpus.window-reversed``, ``corpus.wrong-choice`` (``allowed``
    lists the codes) and ``corpus.duplicate``.
    """
    fields = read_file(folder, CONSULTATION)
    channels = tuple(_channel(table) for table in fields.tables("channels"))
    speakers = tuple(_speaker(table) for table in fields.tables("speakers"))
    _refuse_twice(fields, "channels", [channel for channel, _ in channels])
    _refuse_twice(fields, "speakers", [speaker for speaker, _ in speakers])
    texts = {key: fields.text(key, "") for key in _TEXTS}
    texts |= {f"channel.{channel}": text for channel, text in channels}
    window = _window(fields)
    texts["answer_by"] = _answer_by(fields, window)
    texts["speakers"] = "\n".join(f"{speaker}={label}" for speaker, label in speakers)
    texts |= _asked(fields.table("fields"))
    consultation = Consultation(
        slug=_slug(fields),
        title=fields.text("title"),
        office=fields.text("office"),
        window=window,
        texts={key: text for key, text in texts.items() if text},
    )
    plan_title, published = fields.text("plan_title"), fields.day_or_none("published")
    fields.finish()
    return CorpusConsultation(consultation, plan_title, published, speakers, channels)


def read_samples(folder: Path) -> Iterator[NewSubmission | Refusal]:
    """Yield the sample comments of ``comments.jsonl``.

    Raises ``InputRefused("corpus.missing-file")`` at once; bad lines come as refusals.
    """
    path = folder / SAMPLES
    if not path.is_file():
        raise InputRefused("corpus.missing-file", field=SAMPLES, file=SAMPLES)
    return _samples(path)


def _samples(path: Path) -> Iterator[NewSubmission | Refusal]:
    with path.open("rb") as lines:
        yield from read_jsonl(lines, SAMPLES)


def _slug(fields: Fields) -> str:
    slug = fields.text("slug")
    plain = slug.replace("-", "")
    if not (plain.isascii() and plain.isalnum() and plain == plain.lower()) or len(slug) > 60:
        fields.refuse("corpus.wrong-slug", "slug", value=slug)
    return slug


def _window(fields: Fields) -> Window:
    timezone = fields.text("timezone", "Asia/Shanghai")
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):
        fields.refuse("corpus.wrong-timezone", "timezone", value=timezone)
    window = Window(fields.day("opens"), fields.day("closes"), timezone)
    if window.closes < window.opens:
        fields.refuse("corpus.window-reversed", "closes", opens=window.opens, closes=window.closes)
    return window


def _answer_by(fields: Fields, window: Window) -> str:
    day = fields.day_or_none("answer_by")
    if day is not None and day <= window.closes:
        fields.refuse("corpus.wrong-value", "answer_by", value=day)
    return day.isoformat() if day else ""


def _channel(fields: Fields) -> tuple[Channel, str]:
    code = fields.text("channel")
    if code not in set(Channel):
        fields.refuse("corpus.wrong-choice", "channel", value=code, allowed=[*Channel])
    text = fields.text("text")
    fields.finish()
    return Channel(code), text


def _speaker(fields: Fields) -> tuple[Speaker, str]:
    code = fields.text("code")
    if code not in set(Speaker):
        allowed = [speaker for speaker in Speaker if speaker]
        fields.refuse("corpus.wrong-choice", "code", value=code, allowed=allowed)
    label = fields.text("label")
    fields.finish()
    return Speaker(code), label


def _asked(fields: Fields) -> dict[str, str]:
    """Read ``[fields]``: what the form asks for, ``off``, ``optional`` or ``required``."""
    found = {}
    for name, allowed in FIELDS.items():
        value = fields.text(name, Asked.OPTIONAL)
        if value not in allowed:
            fields.refuse("corpus.wrong-choice", name, value=value, allowed=[*allowed])
        if value != Asked.OPTIONAL:
            found[f"field.{name}"] = str(value)
    fields.finish()
    return found


def _refuse_twice(fields: Fields, key: str, codes: Sequence[str]) -> None:
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        fields.refuse("corpus.duplicate", key, value=twice)
