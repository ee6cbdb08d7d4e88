"""A letter's own words: without quoted mail, signature and what programs add.

Nothing is taken away that would leave nothing: a letter that is all quotation stays as it is. The
original is kept byte for byte beside it, so that staff can always see what was cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from consult.domain.text import is_blank, normalise
from consult.intake.mail_furniture import (
    ANSWERED,
    AS_SUBJECT,
    DISCLAIMERS,
    FOOTERS,
    FORWARD_BEGINS,
    FORWARDED,
    HEADER_LINE,
    HEADER_SENDER,
    QUOTE_BEGINS,
    RULE,
    SIGNATURE,
)

_LONGEST = 400  # characters of a line that a program writes
_NOTICE = 15  # lines that may follow where a notice of confidentiality begins
_HEADERS = 3  # lines of headers in a row that make a block, not a sentence with a colon


def own_words(text: str, *, subject: str = "") -> str:
    """Return the words of the letter itself; a forwarded letter counts as its own.

    Without any words in the body, or with 如题, the subject speaks.
    """
    lines = [line.rstrip() for line in normalise(text, strict=False).split("\n")]
    kept = _trimmed(_unquoted(lines, forwarded=FORWARDED.match(subject) is not None))
    if _blank(kept):
        kept = _trimmed([_bare(line) for line in lines])
    body = "\n".join(kept)
    if is_blank(body) or AS_SUBJECT.fullmatch(body.strip()):
        bare = plain_subject(subject)
        return "\n".join(part for part in (bare, body) if not is_blank(part))
    return body


def plain_subject(subject: str) -> str:
    """Return a subject without 回复: and 转发: before it."""
    while (found := ANSWERED.match(subject)) is not None:
        subject = subject[found.end() :]
    return subject.strip()


def _unquoted(lines: Sequence[str], *, forwarded: bool) -> list[str]:
    """Leave out quoted mail: the lines with ``>``, and all behind a line that begins one.

    Behind a line of attribution that is followed by ``>``, only those lines go: people answer
    between them.
    """
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place].strip()
        passed_on = _matches(FORWARD_BEGINS, line)
        block = _header_block(lines, place)
        begins = _matches(QUOTE_BEGINS, line) or _matches(QUOTE_BEGINS, _pair(lines, place))
        if passed_on or (forwarded and (begins or block)):
            forwarded = True
            place += 1 if passed_on or begins else 0
            place += _header_block(lines, place)
        elif begins and _marked_follows(lines, place + 1):
            place += 1 if _matches(QUOTE_BEGINS, line) else 2
        elif begins or block:
            while kept and RULE.fullmatch(kept[-1].strip()):
                kept.pop()  # the rule that Foxmail and Outlook draw over the block
            break
        elif line.startswith(">") and not forwarded:
            place += 1
        else:
            kept.append(_bare(lines[place]))
            place += 1
    return kept


def _matches(patterns: Sequence[re.Pattern[str]], line: str) -> bool:
    return len(line) <= _LONGEST and any(pattern.fullmatch(line) for pattern in patterns)


def _pair(lines: Sequence[str], place: int) -> str:
    """Return a line joined with the next: long attributions are broken in two."""
    following = lines[place + 1].strip() if place + 1 < len(lines) else ""
    if not following.endswith((":", "：")) or _matches(QUOTE_BEGINS, following):
        return ""
    return f"{lines[place].strip()} {following}"


def _marked_follows(lines: Sequence[str], place: int) -> bool:
    """Tell whether the next lines that say something are marked with ``>``."""
    following = [line for line in lines[place : place + 4] if line.strip()]
    return any(line.lstrip().startswith(">") for line in following[:2])


def _header_block(lines: Sequence[str], place: int) -> int:
    """Return how many lines of headers (and blanks between) begin here with a sender, else 0."""
    ahead = [line.strip().lstrip("> ") for line in lines[place : place + 24]]
    if not ahead or not HEADER_LINE.fullmatch(ahead[0]):
        return 0
    block = list(takewhile(lambda line: not line or HEADER_LINE.fullmatch(line), ahead))
    named = [line for line in block if line]
    if len(named) < _HEADERS or not any(HEADER_SENDER.fullmatch(line) for line in named):
        return 0
    return len(block)


def _bare(line: str) -> str:
    """Return a line without the marks of quotation."""
    return line.lstrip("> ").rstrip() if line.lstrip().startswith(">") else line


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Cut signature, notices and footers off the end, blank lines off both ends."""
    kept = list(lines)
    for place, line in enumerate(kept):
        bare = line.strip()
        notice = len(kept) - place <= _NOTICE and any(p.fullmatch(bare) for p in DISCLAIMERS)
        if (SIGNATURE.fullmatch(line) or notice) and not _blank(kept[:place]):
            kept = kept[:place]
            break
    while kept and (is_blank(kept[-1]) or _is_footer(kept[-1])):
        kept.pop()
    while kept and is_blank(kept[0]):
        kept.pop(0)
    return kept


def _is_footer(line: str) -> bool:
    bare = line.strip()
    return _matches(FOOTERS, bare) or RULE.fullmatch(bare) is not None


def _blank(lines: Sequence[str]) -> bool:
    return all(is_blank(line) for line in lines)
