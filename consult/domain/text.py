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
# C0 without tab and line feed, DEL, C1: invisible, break docx and xlsx writers.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85]")
# What counts as empty: white space of every kind and characters without any width.
_BLANK = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u3164\u00ad]+")


def unstorable(text: str) -> bool:
    """Tell whether a text holds NUL or a lone surrogate."""
    return _UNSTORABLE.search(text) is not None


def normalise(text: str, *, strict: bool = True) -> str:
    """Return the text as it will be stored.

    ``strict`` refuses what cannot be stored (a person sees the message and corrects it); otherwise
    it is replaced by U+FFFD, visibly. Raises ``InputRefused("text.unstorable")``.
    """
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
