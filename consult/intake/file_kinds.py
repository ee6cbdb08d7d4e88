"""What a file is, told by its first bytes, whatever its name says; what of it is never taken.

Old Office files and password-protected new ones are the same container (MS-CFB): the names of its
streams tell them apart. Nothing is parsed here, so the site itself may ask.
"""

from __future__ import annotations

import re
import struct
from typing import Final

from consult.domain.errors import InputRefused

ZIP: Final = "zip"  # also docx and xlsx, which are told by what is in them
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGICS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", ZIP),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x78\x9f\x3e\x22", "winmail"),  # winmail.dat, which only Outlook can read
    (b"{\\rtf", "rtf"),
    (b"PK\x05\x06", "other"),  # a zip file with nothing in it
    (b"MZ", "other"),
    (b"\x7fELF", "other"),
    (b"GIF8", "other"),
)
# A stream of the container → what it makes of the file (MS-OFFCRYPTO 2.3.4, MS-DOC 2.1.1,
# MS-XLS 2.1.2, MS-PPT 2.1.2). WPS writes the same streams into its .wps and .et.
_STREAMS: Final = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_ARCHIVES: Final = frozenset({"rar", "7z", "gz", "bz2", "xz"})
# A member of this name in the directory of a zip file makes it an Office package (ECMA-376 part 2).
_TYPES: Final = re.compile(rb"PK\x01\x02(?s:.{24})\x13\x00(?s:.{16})\[Content_Types\]\.xml")
_END: Final = b"PK\x05\x06"
_END64: Final = b"PK\x06\x06"
# An old format → what its own program saves it as instead.
_NEWER: Final = {"doc": "docx", "rtf": "docx", "xls": "xlsx", "ppt": "pdf"}


def kind_of(data: bytes) -> str:
    """Return what a file is: pdf, zip, jpg, png, doc, xls, ppt, rtf, locked, an archive, other.

    Empty for what has no mark of its own: text, and whatever nobody knows.
    """
    if data.startswith(_OLE):
        places = [(data.find(name.encode("utf-16-le")), kind) for name, kind in _STREAMS]
        found = sorted(place for place in places if place[0] >= 0)
        locked = any(kind == "locked" for _, kind in found)
        return "locked" if locked else found[0][1] if found else "other"
    return next((kind for magic, kind in _MAGICS if data.startswith(magic)), "")


def is_archive(data: bytes) -> bool:
    """Tell a zip file from the Office packages, which are zip files too.

    Its own directory decides, which stands at the end: a Word file that lies in an archive
    unpressed brings the same names.
    """
    if kind_of(data) != ZIP:
        return False
    end = data.rfind(_END)
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if size == 0xFFFFFFFF and (wide := data.rfind(_END64)) >= 0:
        end, (size,) = wide, struct.unpack("<Q", data[wide + 40 : wide + 48].ljust(8, b"\0"))
    return end < 0 or _TYPES.search(data, max(0, end - size), end) is None


def refusal_of(kind: str) -> InputRefused | None:
    """Return why files of a kind are not taken and what to do instead; None for the others."""
    if kind == "locked":
        return InputRefused("attachment.locked")
    if kind in _NEWER:
        return InputRefused("attachment.old", kind=kind, newer=_NEWER[kind])
    if kind in _ARCHIVES:
        return InputRefused("attachment.archive", kind=kind)
    if kind == "winmail":
        return InputRefused("attachment.winmail")
    return InputRefused("attachment.unknown") if kind == "other" else None
