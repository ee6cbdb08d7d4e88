"""Zip files that break careless readers (T3 of the project's test matrix), each made by hand."""

from __future__ import annotations

import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from unittest.mock import patch

from tests.letters import docx_of

WORDS = "请加装路灯。"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return a zip file of these members, one name twice where that is asked for."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in members:
            package.writestr(name, data)
    return out.getvalue()


def as_zip64(data: bytes) -> bytes:
    """Return a zip file written again with the fields for sizes above 4 GB, all of them."""
    source, out = zipfile.ZipFile(BytesIO(data)), BytesIO()
    with patch.object(zipfile, "ZIP64_LIMIT", 0), zipfile.ZipFile(out, "w") as package:
        for name in source.namelist():
            package.writestr(name, source.read(name))
    made = out.getvalue()
    assert b"PK\x06\x06" in made  # the end record of such files
    return made


def crowded(count: int) -> bytes:
    """Return a Word file with so many further members, all empty."""
    out = BytesIO(docx_of(WORDS))
    with zipfile.ZipFile(out, "a") as package:
        for number in range(count):
            package.writestr(zipfile.ZipInfo(str(number)), b"")
    return out.getvalue()


def overlapping(name: str = "a.txt") -> bytes:
    """Return a zip file whose directory names one member's bytes fifty times."""
    data = zipped((name, b"x" * 100))
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    return data[:start] + entry * 50 + _end(50, 50 * len(entry), start)


def quoting(count: int = 40, kernel: int = 10_000_000) -> bytes:
    """Return a bomb of overlapping members, each of which quotes the heads of those behind it.

    Every member unpacks rightly and by its own checksum; all share one kernel of zeros, so that
    some kilobytes unpack to ``count * kernel`` bytes (D. Fifield, USENIX WOOT 2019).
    """
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    tail = squeezer.compress(bytes(kernel)) + squeezer.flush()
    plain_tail_crc, size = zlib.crc32(bytes(kernel)), kernel
    members: list[tuple[int, int, int, int]] = []  # place from the end, packed, plain, checksum
    for number in reversed(range(count)):
        head = _local(number, len(tail), size, plain_tail_crc)
        members.append((len(head) + len(tail), len(tail), size, plain_tail_crc))
        if number:
            plain_tail_crc = _joined_crc(head, plain_tail_crc, size)
            size += len(head)
            tail = b"\x00" + struct.pack("<HH", len(head), len(head) ^ 0xFFFF) + head + tail
        else:
            tail = head + tail
    directory = b"".join(
        _central(count - 1 - at, *item[1:], len(tail) - item[0])
        for at, item in reversed(list(enumerate(members)))
    )
    return tail + directory + _end(count, len(directory), len(tail))


def _joined_crc(head: bytes, crc: int, size: int) -> int:
    """Return the checksum of a head before ``size`` bytes of zeros and heads (crc32_combine)."""
    # zlib's own combination is not in Python: zeros are fed instead, then the parts are added.
    shifted = zlib.crc32(bytes(size), zlib.crc32(head))
    return shifted ^ zlib.crc32(bytes(size)) ^ crc


def _local(number: int, packed: int, plain: int, crc: int) -> bytes:
    name = f"{number}.txt".encode()
    sizes = struct.pack("<LLL", crc, packed, plain)
    return b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0" + sizes + struct.pack("<HH", len(name), 0) + name


def _central(number: int, packed: int, plain: int, crc: int, place: int) -> bytes:
    name = f"{number}.txt".encode()
    sizes = struct.pack("<LLLH", crc, packed, plain, len(name))
    head = b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0"
    return head + sizes + bytes(12) + struct.pack("<L", place) + name


def _end(count: int, size: int, start: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, start, 0)


def declared_smaller() -> bytes:
    """Return a Word file whose main part is larger than the directory says."""
    data = bytearray(docx_of(WORDS))
    place = data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 46
    data[place + 24 : place + 28] = struct.pack("<L", 10)
    return bytes(data)


def smaller_archive() -> bytes:
    """Return an archive whose member is larger than the directory says."""
    data = bytearray(zipped(("a.txt", b"x" * 1_000)))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<L", 10)
    return bytes(data)


def linking() -> bytes:
    """Return an archive in which a symbolic link to a file of the machine lies beside a letter."""
    link = zipfile.ZipInfo("意见.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((link, b"../../../etc/passwd"), ("信.txt", WORDS.encode()))


def locked() -> bytes:
    """Return an archive that wants a password."""
    data = bytearray(zipped(("a.txt", b"x" * 100)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


# What comes in a letter → what becomes of each file in it: its words, or why it is refused.
ARCHIVES: Mapping[str, tuple[Callable[[], bytes], list[tuple[str, str]]]] = {
    "a letter in a zip": (
        lambda: zipped(("信/来信.docx", docx_of(WORDS))), [("x.zip/信/来信.docx", WORDS)],
    ),
    "zip64": (
        lambda: as_zip64(zipped(("a.docx", docx_of(WORDS)))), [("x.zip/a.docx", WORDS)],
    ),
    "members that overlap": (overlapping, [("x.zip", "attachment.bomb")]),
    "members that quote each other": (quoting, [("x.zip", "attachment.bomb")]),
    "100,000 members": (
        lambda: crowded(100_000).replace(b"[Content_Types].xml", b"[content_types].xml"),
        [("x.zip", "attachment.bomb")],
    ),
    "40 MB of zeros": (
        lambda: zipped(("a.txt", bytes(40_000_000))), [("x.zip", "attachment.bomb")],
    ),
    "a zip in a zip": (
        lambda: zipped(("b.zip", zipped(("c.txt", b"x")))),
        [("x.zip/b.zip", "attachment.nested")],
    ),
    "a symbolic link": (
        linking, [("x.zip/意见.txt", "attachment.link"), ("x.zip/信.txt", WORDS)],
    ),
    "ways out": (
        lambda: zipped(*[(name, WORDS.encode()) for name in ("../../a.txt", "/etc/b.txt")]),
        [("x.zip/../../a.txt", WORDS), ("x.zip//etc/b.txt", WORDS)],
    ),
    "the same name twice": (
        lambda: zipped(("a.txt", "甲说".encode()), ("a.txt", "乙说".encode())),
        [("x.zip/a.txt", "甲说"), ("x.zip/a.txt", "乙说")],
    ),
    "less declared than there is": (smaller_archive, [("x.zip", "attachment.broken")]),
    "garbage behind it": (
        lambda: zipped(("a.txt", WORDS.encode())) + b"garbage" * 10, [("x.zip/a.txt", WORDS)],
    ),
    "a password": (locked, [("x.zip", "attachment.locked")]),
    "nothing in it": (lambda: b"PK\x05\x06" + bytes(18), [("x.zip", "attachment.unknown")]),
    "cut off": (lambda: zipped(("a.txt", b"x" * 100))[:60], [("x.zip", "attachment.broken")]),
    "rar": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(60), [("x.zip", "attachment.archive")]),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(60), [("x.zip", "attachment.archive")]),
}  # fmt: skip
