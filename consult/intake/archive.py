"""Zip files that come with a letter: what is in them, within bounds; runs in the sandbox.

The standard library's ``zipfile`` reads the members; sizes are counted while unpacking, since what
an archive says of itself need not be true, and members that lie over each other are refused.
"""

from __future__ import annotations

import stat
import zipfile
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

from consult.domain.errors import InputRefused
from consult.intake.charsets import decode

MOST_FILES: Final = 50
LARGEST: Final = 30_000_000  # bytes unpacked, all members together
_UTF8: Final = 0x800  # flag bit 11: the name is UTF-8
_ENCRYPTED: Final = 0x1
_BLOCK: Final = 65_536
_SKIPPED: Final = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def read(data: bytes) -> list[dict[str, Any]]:
    """Return name and data of each file in an archive; folders and system files are left out.

    ``link`` marks one that only names another file (a symbolic link): it is nobody's letter.

    Raises ``InputRefused``: ``attachment.broken``, ``attachment.locked``, ``attachment.bomb``
    (more or larger than any letter), ``attachment.empty``.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            members = [item for item in package.infolist() if not _skipped(item)]
            _check(members, package)
            return _unpacked(package, members)
    except InputRefused:
        raise
    except Exception as error:  # zipfile fails in as many ways as files can be damaged
        raise InputRefused("attachment.broken") from error


def _check(members: list[zipfile.ZipInfo], package: zipfile.ZipFile) -> None:
    if any(item.flag_bits & _ENCRYPTED for item in members):
        raise InputRefused("attachment.locked")
    if not members:
        raise InputRefused("attachment.empty")
    places = sorted((item.header_offset, item.compress_size) for item in package.infolist())
    overlapping = any(a + size > b for (a, size), (b, _) in pairwise(places))
    if overlapping or len(members) > MOST_FILES:
        raise InputRefused("attachment.bomb", limit=MOST_FILES)


def _unpacked(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> list[dict[str, Any]]:
    found, left = [], LARGEST
    for item in members:
        blocks = []
        with package.open(item) as file:
            while block := file.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise InputRefused("attachment.bomb", limit=MOST_FILES)
                blocks.append(block)
        found.append({"name": _name(item), "data": b"".join(blocks), "link": _is_link(item)})
    return found


def _is_link(item: zipfile.ZipInfo) -> bool:
    """Tell a symbolic link by the mode that Unix programs keep in the upper half."""
    return stat.S_ISLNK(item.external_attr >> 16)


def _skipped(item: zipfile.ZipInfo) -> bool:
    name = item.filename.lower()
    return item.is_dir() or name.startswith(_SKIPPED[0]) or name.rpartition("/")[2] in _SKIPPED


def _name(item: zipfile.ZipInfo) -> str:
    """Return a member's name; Chinese programs write GBK where the format says code page 437."""
    if item.flag_bits & _UTF8:
        return item.filename
    try:
        return decode(item.filename.encode("cp437"))
    except UnicodeEncodeError:
        return item.filename
