"""Two derived forms of a text for comparing; the text itself is never altered.

``align`` keeps every position, so a span found in the aligned text is a span of the original.
``fold`` keeps what is said and drops how it is set: blanks, punctuation, symbols.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from opencc import OpenCC

# Ideographs and radicals: the only characters a traditional-to-simplified table can know.
_IDEOGRAPHS: Final = ((0x2E80, 0x2FDF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
# Unicode categories that carry no wording: punctuation, separators, symbols, controls.
_SILENT: Final = frozenset("PZSC")


@cache
def _converter() -> OpenCC:
    """Load OpenCC's character table on first use (about 20 ms)."""
    from opencc import OpenCC

    return OpenCC("t2s")


def _single(candidate: str, otherwise: str) -> str:
    return candidate if len(candidate) == 1 else otherwise


def _aligned(char: str) -> str:
    """Return the one character that stands for this one."""
    char = _single(unicodedata.normalize("NFKC", char), char)
    if any(low <= ord(char) <= high for low, high in _IDEOGRAPHS):
        char = _single(_converter().convert(char), char)
        char = _single(_converter().convert(char), char)  # 薴 becomes 苧, itself a key of the table
    return _single(char.lower(), char)


class _AlignTable(dict[int, str]):
    """Maps a code point to its aligned character, computed on first sight."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _aligned(chr(code))
        return found


class _FoldTable(dict[int, str]):
    """Maps a code point to its aligned character, or to a sign where it carries no wording."""

    def __init__(self, silence: str) -> None:
        super().__init__()
        self._silence = silence

    def __missing__(self, code: int) -> str:
        char = _aligned(chr(code))
        silent = unicodedata.category(char)[0] in _SILENT
        self[code] = found = self._silence if silent else char
        return found


_SILENCE: Final = "\0"  # itself silent, so it stands for no other character
_SPOKEN: Final = re.compile(f"[^{_SILENCE}]+")
_ALIGN: Final = _AlignTable()
_FOLD: Final = _FoldTable("")
_MARK: Final = _FoldTable(_SILENCE)
# The full-width marks of any Chinese text.
_MARKS: Final = tuple((mark, _ALIGN[ord(mark)]) for mark in "，：；？！（）\u3000")


def align(text: str) -> str:
    """Return the text in half width, simplified characters and lower case, position by position.

    The result has exactly as many characters as the text: a character whose normal form is longer
    (``℃``, ``…``) stays as it is.
    """
    for wide, narrow in _MARKS:
        text = text.replace(wide, narrow)
    return text.translate(_ALIGN) if _changing().search(text) else text


@cache
def _changing() -> re.Pattern[str]:
    """Return what finds a character that is not known to stay as it is.

    A table costs 60 ns a character, this search 2: of 100 comments 97 hold nothing but common
    characters and the marks above. Those of GB 2312 are the common ones (a standard of 1980).
    """
    staying = {char for char in _common() if _ALIGN[ord(char)] == char}
    return re.compile(f"[^{re.escape(''.join(sorted(staying)))}]")


@cache
def _common() -> str:
    """Return the characters of GB 2312 and ASCII."""
    rows = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return b"".join(rows).decode("gb2312", "ignore") + "".join(map(chr, range(128)))


def fold(text: str) -> str:
    """Return the aligned text without blanks, punctuation, symbols and invisible characters."""
    return text.translate(_FOLD)


def fold_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the position in the text."""
    marked = text.translate(_MARK)
    places = [place for place, char in enumerate(marked) if char != _SILENCE]
    return marked.replace(_SILENCE, ""), places


def said_runs(text: str) -> list[tuple[int, int]]:
    """Return where the stretches of a text start and end that ``fold`` leaves characters of."""
    said, other = _saying()
    if other.search(text):
        text, said = text.translate(_MARK), _SPOKEN
    return [match.span() for match in said.finditer(text)]


@cache
def _saying() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds stretches that say something among common characters, and any others.

    Of common characters (see ``_changing``) is known which are silent; of others the table tells.
    """
    common = _common() + "".join(mark for mark, _ in _MARKS)
    silent = {char for char in common if not _FOLD[ord(char)]}
    return (
        re.compile(f"[^{re.escape(''.join(sorted(silent)))}]+"),
        re.compile(f"[^{re.escape(''.join(sorted(set(common))))}]"),
    )
