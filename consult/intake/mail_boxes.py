"""Where letters lie: ``.eml`` files, mbox files and Maildir folders, told apart by content.

Everything is read as a stream: a mailbox of a gigabyte takes the memory of its largest letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from consult.domain.errors import InputRefused

# A letter with 50 MB of files has 68 MB of base64.
LARGEST: Final = 72 * 1024 * 1024
_LINE: Final = 1024 * 1024  # read so much at once when a line has no end
_MAILDIR: Final = ("cur", "new")
# The line before a letter in an mbox file: who, perhaps when. What it looks like is not fixed
# (RFC 4155 section 3), so the next line must be a header too.
_FROM: Final = re.compile(rb"From \S[^\r\n]{0,300}\r?\n?")
_DATED: Final = re.compile(rb"From [^\r\n]{0,250}\d{1,2}:\d{2}[^\r\n]{0,40}\r?\n?")
_FIELD: Final = re.compile(rb"[!-9;-~]{1,100}[ \t]*:|>?From ")
_QUOTED: Final = re.compile(rb"(?m)^>(>*From )")
_HEAD: Final = re.compile(
    rb"(?i)\A(?:[!-9;-~]{1,100}[ \t]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}"
)
# Fields that a letter has and other files with "name: value" lines have not.
_POSTAL: Final = re.compile(
    rb"(?im)^(?:From|Received|Message-ID|Return-Path|MIME-Version|Subject|Date|Delivered-To)[ \t]*:"
)


@dataclass(frozen=True, slots=True)
class RawLetter:
    """A letter's bytes and its place; ``size`` beyond the limit has no bytes."""

    place: str
    data: bytes
    size: int


def is_mail(path: Path) -> bool:
    """Tell whether a file or folder holds letters, by its content."""
    if path.is_dir():
        return bool(_in_folder(path))
    with path.open("rb") as file:
        return looks_like_mail(file.read(65_536))


def looks_like_mail(head: bytes) -> bool:
    """Tell whether bytes begin like a letter or an mbox file."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    return _HEAD.match(head + b"\n") is not None and len(_POSTAL.findall(head[:20_000])) >= 2


def raw_letters(path: Path) -> Iterator[RawLetter]:
    """Yield the letters of an mbox or eml file, or of a folder (Maildir or files), in order.

    Raises ``InputRefused``: ``file.missing``, ``file.unreadable``, ``mail.none`` for a folder
    without letters.
    """
    try:
        if path.is_dir():
            yield from _of_folder(path)
            return
        with path.open("rb") as file:
            yield from letters_of(file, path.name)
    except FileNotFoundError as error:
        raise InputRefused("file.missing", field="file", path=str(path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputRefused(
            "file.unreadable", field="file", path=str(path), reason=reason
        ) from error


def letters_of(file: BinaryIO, name: str) -> Iterator[RawLetter]:
    """Yield the letters of a file: one, unless it begins like an mbox."""
    start = file.read(5)
    file.seek(0)
    if start == b"From ":
        yield from _of_mbox(file, name)
        return
    data = file.read(LARGEST + 1)
    size = len(data) if len(data) <= LARGEST else len(data) + _rest(file)
    yield RawLetter(name, data if size <= LARGEST else b"", size)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, or of the names and sizes of a folder's letters."""
    found = sha256()
    if path.is_dir():
        for item in _in_folder(path):
            found.update(f"{_stable(item)} {item.stat().st_size}\n".encode("utf-8", "replace"))
        return found.hexdigest()
    with path.open("rb") as file:
        while block := file.read(_LINE):
            found.update(block)
    return found.hexdigest()


def _rest(file: BinaryIO) -> int:
    size = 0
    while block := file.read(_LINE):
        size += len(block)
    return size


def _of_folder(path: Path) -> Iterator[RawLetter]:
    found = _in_folder(path)
    if not found:
        raise InputRefused("mail.folder", field="file", path=str(path))
    for item in found:
        with item.open("rb") as file:
            yield from letters_of(file, f"{path.name}/{_stable(item)}")


def _in_folder(path: Path) -> list[Path]:
    """Return the files of a Maildir (``cur`` and ``new``, not ``tmp``), or the eml files."""
    boxes = [path / name for name in _MAILDIR if (path / name).is_dir()]
    if boxes:
        found = [item for box in boxes for item in box.iterdir()]
    else:
        found = [item for item in path.rglob("*") if item.suffix.lower() in (".eml", ".mbox")]
    files = [item for item in found if item.is_file() and not item.name.startswith(".")]
    return sorted(files, key=_stable)


def _stable(path: Path) -> str:
    """Return the part of a name that stays: behind the colon a Maildir keeps its flags."""
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"[:;!]2,[A-Za-z]*$", "", name)


def _of_mbox(file: BinaryIO, name: str) -> Iterator[RawLetter]:
    number, size = 0, 0
    letter = bytearray()
    blank, waiting = True, file.readline(_LINE)
    while waiting:
        line, waiting = waiting, file.readline(_LINE)
        if _separates(line, waiting, after_blank=blank):
            if number:
                yield _closed(f"{name}:{number}", letter, size)
            number, size, letter = number + 1, 0, bytearray()
        else:
            size += len(line)
            if size <= LARGEST:
                letter += line
            else:
                letter.clear()
        blank = line in (b"\n", b"\r\n")
    if number:
        yield _closed(f"{name}:{number}", letter, size)


def _separates(line: bytes, following: bytes, *, after_blank: bool) -> bool:
    """Tell whether a line begins a letter: missing blank lines are borne if it has a time."""
    if not line.startswith(b"From ") or not _FIELD.match(following):
        return False
    return (_FROM if after_blank else _DATED).fullmatch(line) is not None


def _closed(place: str, letter: bytearray, size: int) -> RawLetter:
    """Undo what the mbox format did to the letter: a blank line at its end, ``>From``."""
    if size > LARGEST:
        return RawLetter(place, b"", size)
    data = bytes(letter)
    for end in (b"\r\n\r\n", b"\n\n"):
        if data.endswith(end):
            data = data[: -len(end) // 2]
            break
    return RawLetter(place, _QUOTED.sub(rb"\1", data), size)
