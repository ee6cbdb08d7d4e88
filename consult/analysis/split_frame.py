"""What stands around the points of a letter: greeting, closing, signature, date, quoted mail.

None of it is a comment; it stays in the submission and is left out of every span. All functions
read an aligned text and answer in its positions.
"""

from __future__ import annotations

from typing import Final

from consult.analysis.asks import asks_plainly, is_long, last_sentence, says, trimmed
from consult.analysis.split_letters import (
    CLOSING_ENDS,
    CLOSING_HEADS,
    CLOSINGS,
    DATE,
    GREETINGS,
    QUOTED,
    SIGNED,
    TITLE,
)

_LONGEST_FOOT: Final = 60  # folded characters of 此致、敬礼、names and date together

_WISHES: Final = ("此致", "顺祝", "顺颂", "敬礼")  # a line that begins so ends a letter
_LONGEST_NAME: Final = 30  # characters of an office's or a person's name with its place
_INDENT: Final = 6  # white space that sets a signature to the right
_FINISHED: Final = frozenset("。!?;…~.:”)")


def own_words(text: str) -> tuple[int, int]:
    """Return the span before quoted mail and machine-made footers."""
    if "\n" not in text:  # what was quoted opens a line, and something is said above it
        return trimmed(text, 0, len(text))
    match = QUOTED.search(text)
    end = match.start() if match and says(text, 0, match.start()) else len(text)
    start, end = trimmed(text, 0, end)
    line = text.rfind("\n", start, end) + 1
    while line > start and text[line:end].lstrip().startswith(">"):
        _, end = trimmed(text, start, line)
        line = text.rfind("\n", start, end) + 1
    return start, end


def without_greeting(text: str, start: int, end: int) -> int:
    """Return where the text goes on behind the greeting."""
    if "\n" in text:
        title = TITLE.match(text, start, end)
        start = title.end() if title else start
    while True:
        match = GREETINGS.match(text, start, end)
        if match is None or asks_plainly(match.group()) or match.end() == start:
            return start
        start, _ = trimmed(text, match.end(), end)


def without_closing(text: str, start: int, end: int) -> int:
    """Return where the text ends before closing words, signature and date."""
    letter = -1
    if "\n" in text:
        letter = max(text.rfind(f"\n{word}", start, end) for word in _WISHES)
    if letter > start and not is_long(text[letter:end], _LONGEST_FOOT + 1):
        _, end = trimmed(text, start, letter)
    dated = False
    while start < end:
        line = text.rfind("\n", start, end) + 1 or start
        cut, dated = _before_closing(text, line, end, first=line == start, dated=dated)
        if cut == end:
            return end
        _, end = trimmed(text, start, cut)
    return end


def _before_closing(
    text: str, line: int, end: int, *, first: bool, dated: bool
) -> tuple[int, bool]:
    """Return where the last line loses its end and whether it was a date."""
    tail = text[line:end]
    if not first and is_signature(tail, dated=dated, after=text[:line].rstrip()[-1:]):
        return line, DATE.fullmatch(tail) is not None
    if not first and is_closing(tail):
        return line, False
    last = line + last_sentence(tail)
    return (last if last > line and is_closing(text[last:end]) else end), False


def is_closing(sentence: str) -> bool:
    """Tell whether a sentence is about the letter only: thanks, wishes, 以上意见供参考."""
    bare = sentence.strip(" \t\u3000\n。!?;…,~.")
    if bare[:1] not in CLOSING_HEADS and bare[-1:] not in CLOSING_ENDS:
        return False
    return CLOSINGS.fullmatch(bare) is not None


def is_signature(line: str, *, dated: bool = False, after: str = "。") -> bool:
    """Tell whether a line names a writer or a day; above a date every short line does.

    ``after`` is the character before: a line behind an unfinished sentence goes on with it.
    """
    bare = line.strip()
    if any(mark in bare for mark in "。!?;,") or len(bare) > _LONGEST_NAME or asks_plainly(bare):
        return False
    if dated or DATE.fullmatch(bare):
        return True
    indented = len(line) - len(line.lstrip()) >= _INDENT
    named = after in _FINISHED and SIGNED.fullmatch(bare) is not None
    return indented or named
