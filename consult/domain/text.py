r"""The normalising gate: what every received text passes before it is stored.

Received text is never altered in meaning: line ends become ``\\n``, control characters that no form
can show are dropped, and what no database can hold is refused (a person can correct it) or replaced
visibly (mail and files, where nobody is there to correct it). Measured: lone surrogates give an
error at SQLite, NUL cuts its ``length()``.
"""

from __future__ import annotations

import re

from consult.domain.errors import InputRefused

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Lone surrogates (half of a pair, from broken JSON) and NUL cannot be stored faithfully.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LAST = (0xFFFE, 0xFFFF)  # of each plane
_PLANES = "".join(chr(plane + end) for plane in range(0x0, 0x110000, 0x10000) for end in _LAST)
# C0 without tab and line feed, DEL, C1, and the code points that Unicode keeps from being
# characters (chapter 23.7): invisible, no valid HTML, and writers of docx and xlsx break on them.
_CONTROL = re.compile(f"[\x01-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_PLANES}]")
# VT and FF (a page break of a word processor) end a line too: dropped, they would glue words.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\u2028\u2029\x85]")
# What counts as empty: white space and controls, the characters Unicode calls formats (zero width,
# direction marks, tags), variation selectors, and the letters that are drawn as nothing.
_FORMATS = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_BLANK = re.compile(f"[\\s\x00-\x1f\x7f-\x9f{_FORMATS}{_SELECTORS}{_FILLERS}]+")


def unstorable(text: str) -> bool:
    """Tell whether a text holds NUL or a lone surrogate."""
    return _UNSTORABLE.search(text) is not None


def normalise(text: str, *, strict: bool = True) -> str:
    """Return the text as it will be stored.

    ``strict`` refuses what cannot be stored (a person sees the message and corrects it); otherwise
    it is replaced by U+FFFD, visibly. Raises ``InputRefused("text.unstorable")``.
    """
    # Python calls nothing printable that is changed below; asked first, since nearly every text is.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    if unstorable(text):
        if strict:
            raise InputRefused("text.unstorable", field="text")
        text = _UNSTORABLE.sub(REPLACEMENT, text)
    return _CONTROL.sub("", _LINE_END.sub("\n", text))


def is_blank(text: str) -> bool:
    """Tell whether nothing in the text can be seen."""
    return not text or _BLANK.fullmatch(text) is not None


def single_line(text: str, *, strict: bool = True) -> str:
    """Normalise a one-line field (a name, a title): white space folded, ends stripped."""
    return re.sub(r"\s+", " ", normalise(text, strict=strict)).strip()
