"""The container of old Office files and of encrypted new ones (MS-CFB), made by hand.

Only what tells them apart is in it: a directory that names the streams of the kind.
"""

from __future__ import annotations

import struct

_FREE = 0xFFFFFFFF
_CHAIN_END = 0xFFFFFFFE
_FAT = 0xFFFFFFFD
_SECTOR = 512
_CUTOFF = 4_096  # bytes; what is shorter would need a mini stream


def container(*streams: str) -> bytes:
    """Return a compound file of these streams, each of 4,096 bytes."""
    each = _CUTOFF // _SECTOR
    fat = [_FAT, _CHAIN_END]  # sector 0: the table itself, sector 1: the directory
    entries = [_entry("Root Entry", 5, child=1 if streams else _FREE)]
    for place, name in enumerate(streams, 1):
        first = len(fat)
        fat += [*range(first + 1, first + each), _CHAIN_END]
        right = place + 1 if place < len(streams) else _FREE
        entries.append(_entry(name, 2, right=right, start=first, size=_CUTOFF))
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    body = struct.pack("<128L", *fat) + directory + b"\x01" * _CUTOFF * len(streams)
    return _header() + body


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)  # version 3, sectors of 512 bytes
    head += struct.pack("<9L", 0, 1, 1, 0, _CUTOFF, _CHAIN_END, 0, _CHAIN_END, 0)
    return head + struct.pack("<109L", 0, *[_FREE] * 108)


def _entry(
    name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int = 0, size: int = 0
) -> bytes:
    said = name.encode("utf-16-le")
    entry = said.ljust(64, b"\0") + struct.pack("<HBB", len(said) + 2, kind, 1)
    entry += struct.pack("<3L", _FREE, right, child) + bytes(36)
    return entry + struct.pack("<LQ", start, size)


LOCKED = container("EncryptionInfo", "EncryptedPackage")
DOC = container("1Table", "WordDocument")
XLS = container("Workbook")
PPT = container("PowerPoint Document", "Current User")
