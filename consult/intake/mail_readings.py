"""One letter read in each encoding that Chinese letters come in; runs in the sandbox.

What nobody could tell from the bytes, a person sees at a glance.
"""

from __future__ import annotations

from typing import Final

from consult.domain.errors import InputRefused
from consult.intake.charsets import told
from consult.intake.mail import read

# Codec → what it is called; in the order in which they are likely.
ENCODINGS: Final[dict[str, str]] = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030（GBK、GB2312）",
    "big5hkscs": "Big5",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "hz": "HZ",
}


def read_each(data: bytes) -> dict[str, dict[str, str]]:
    """Return text, subject and sender's name of a letter by codec; those that fail are left out."""
    found = {}
    for codec in ENCODINGS:
        try:
            with told(codec):
                letter = read(data)
        except (InputRefused, UnicodeError):
            continue
        found[codec] = {name: str(letter[name]) for name in ("text", "subject", "name")}
    return found
