"""What a document may hold: received text made safe for Word, Excel and csv, never shortened."""

from __future__ import annotations

import re
from typing import Final

from consult.domain.text import REPLACEMENT

# Read from top to bottom; each entry is (what, becomes, why).
_RULES: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (
        re.compile("\r\n?|[\u2028\u2029\x85]"),
        "\n",
        "one line end: XML parsers fold \\r, Excel shows it as _x000D_",
    ),
    (
        re.compile("[\x00\ud800-\udfff\ufffe\uffff]"),
        REPLACEMENT,
        "not allowed in XML 1.0 at all; replaced visibly, as at intake",
    ),
    (
        re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"),
        "",
        "control characters: XML refuses C0, and none of them can be seen",
    ),
    (
        re.compile("[\u202a-\u202e\u2066-\u2069]"),
        "",
        "bidirectional overrides turn the comment number after a quote round",
    ),
)
_ANY: Final = re.compile("|".join(pattern.pattern for pattern, _, _ in _RULES))
# What Excel, WPS and LibreOffice take for a formula when a csv cell starts with it, in Chinese
# locales also full-width (OWASP, CSV Injection); white space before it does not protect.
_FORMULA: Final = re.compile("[\t\r\n']|[\\s\u200b-\u200f\ufeff]*[=+@\\-＝＋＠－]")


def printable(text: str) -> str:
    """Return the text as XML documents can hold it; nothing that can be seen is lost."""
    if _ANY.search(text):
        for pattern, becomes, _why in _RULES:
            text = pattern.sub(becomes, text)
    return text


def csv_safe(text: str) -> str:
    """Return a csv cell that no spreadsheet runs as a formula.

    Reversible: every cell that starts with ``'`` got one ``'`` too many, those that already
    started with one included, so taking one off gives the text back.
    """
    text = printable(text)
    return f"'{text}" if _FORMULA.match(text) else text
