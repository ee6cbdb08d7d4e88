"""What a citizen writes in one form: several entries, put together into one text.

An entry is free words, a change of wording (原文 / 建议修改为 / 理由), or both. The change is put
into the sentence that people use for it, so that it reads as part of the text; every word typed
stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.comment import Choice
from consult.domain.text import is_blank, normalise

BETWEEN = "\n\n"  # a blank line stands between two entries


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a citizen says; ``section`` is "" where none was chosen."""

    text: str = ""
    section: str = ""
    original: str = ""
    replacement: str = ""
    reason: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing that can be seen was written."""
        written = (self.text, self.original, self.replacement, self.reason)
        return all(is_blank(words) for words in written)


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a submission, the span of each entry in it, and the sections chosen."""

    text: str
    spans: tuple[tuple[int, int], ...]
    choices: tuple[Choice, ...]


def compose(entries: Sequence[Entry]) -> Composed:
    """Put entries together; blank ones are left out. The same entries give the same text."""
    text = ""
    spans: list[tuple[int, int]] = []
    choices: list[Choice] = []
    for entry in entries:
        words = words_of(entry)
        if is_blank(words):
            continue
        start = len(text) + (len(BETWEEN) if text else 0)
        text = f"{text}{BETWEEN}{words}" if text else words
        spans.append((start, len(text)))
        if entry.section:
            choices.append(Choice(start, len(text), entry.section))
    return Composed(text, tuple(spans), tuple(choices))


def words_of(entry: Entry) -> str:
    """Return an entry as one piece of text."""
    parts = [_ends(entry.text), amendment(entry)]
    if not is_blank(entry.reason):
        parts.append(f"理由：{_ends(entry.reason)}")
    return "\n".join(part for part in parts if not is_blank(part))


def amendment(entry: Entry) -> str:
    """Return the change of wording as the sentence people write for it; empty without one."""
    old, new = _ends(entry.original), _ends(entry.replacement)
    if is_blank(old):
        return "" if is_blank(new) else f"建议增加“{new}”。"
    return f"建议删去“{old}”。" if is_blank(new) else f"建议将“{old}”修改为“{new}”。"


def _ends(words: str) -> str:
    """Cut the line ends around what was typed; nothing inside of it changes."""
    return normalise(words, strict=False).strip("\n")
