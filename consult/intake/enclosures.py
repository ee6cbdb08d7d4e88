"""The files that came with a letter: each read in the sandbox, or refused with its reason.

A zip file is opened, since people pack their letter into one; an archive inside of an archive is
not. Nothing here trusts a file's name: it is shown, never used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from consult.domain.attachment import Enclosure, FileKind, Letter, Reading
from consult.domain.errors import InputRefused
from consult.intake.letter import FAILURES, MAX_CHARACTERS, is_picture
from consult.intake.sandbox import Limits, ManyInSandbox

# First bytes of archives that are not opened → what they are called.
_ARCHIVES: Final = (
    (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"),
)  # fmt: skip
_TNEF: Final = b"\x78\x9f\x3e\x22"  # winmail.dat, which only Outlook can read
_ZIP: Final = b"PK\x03\x04"
MOST: Final = 100  # files of one letter that are looked at
# Unpacked files go back through the pipe: 30 MB and what JSON adds.
_LIMITS: Final = Limits(output=64 * 1024 * 1024, clock=20.0)


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that was not taken: its name, its bytes, why."""

    name: str
    data: bytes
    error: InputRefused


class Opener:
    """Opens the files of many letters, one child process after another. Use in ``with``."""

    def __init__(self) -> None:
        self._letters = ManyInSandbox("consult.intake.letter:read_any", limits=_LIMITS)
        self._archives = ManyInSandbox("consult.intake.archive:read", limits=_LIMITS)

    def __enter__(self) -> Opener:
        return self

    def __exit__(self, *_: object) -> None:
        self._letters.close()
        self._archives.close()

    def open(self, files: Sequence[Mapping[str, Any]]) -> Iterator[Enclosure | BadFile]:
        """Yield what each file is and says, or why it is not taken."""
        for item in files[:MOST]:
            yield from self._one(str(item["name"]), bytes(item["data"]))
        for item in files[MOST:]:
            error = InputRefused("attachment.many", limit=MOST)
            yield BadFile(str(item["name"]), bytes(item["data"]), error)

    def _one(self, name: str, data: bytes) -> Iterable[Enclosure | BadFile]:
        try:
            return self._members(name, data) if _is_archive(data) else (self._read(name, data),)
        except InputRefused as error:
            return (BadFile(name, data, _of_file(error, name)),)

    def _members(self, name: str, data: bytes) -> Iterator[Enclosure | BadFile]:
        """Yield the files of an archive; raises what the archive itself is refused for."""
        return iter([self._member(f"{name}/{item['name']}", bytes(item["data"]))
                     for item in self._archives(data)])  # fmt: skip

    def _member(self, name: str, data: bytes) -> Enclosure | BadFile:
        try:
            if _is_archive(data):
                raise InputRefused("attachment.nested")
            return self._read(name, data)
        except InputRefused as error:
            return BadFile(name, data, _of_file(error, name))

    def _read(self, name: str, data: bytes) -> Enclosure:
        kind = next((kind for magic, kind in _ARCHIVES if data.startswith(magic)), "")
        if kind:
            raise InputRefused("attachment.archive", kind=kind)
        if data.startswith(_TNEF):
            raise InputRefused("attachment.winmail")
        picture = is_picture(data)
        if picture:
            return Enclosure(name, data, Letter(picture, state=Reading.AWAITING))
        found = self._letters(data)
        letter = Letter(FileKind(found["kind"]), str(found["text"]), Reading(found["state"]))
        if len(letter.text) > MAX_CHARACTERS:
            raise InputRefused("attachment.long", length=len(letter.text), limit=MAX_CHARACTERS)
        return Enclosure(name, data, letter)


def _is_archive(data: bytes) -> bool:
    """Tell a zip file from the Office packages, which are zip files too."""
    return data.startswith(_ZIP) and b"[Content_Types].xml" not in data


def _of_file(error: InputRefused, name: str) -> InputRefused:
    code = FAILURES.get(error.code, error.code)
    return InputRefused(code, field="files", **{**error.values, "name": name})
