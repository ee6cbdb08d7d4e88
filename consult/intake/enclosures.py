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
from consult.intake.file_kinds import is_archive, kind_of, refusal_of
from consult.intake.letter import FAILURES, MAX_CHARACTERS, is_picture
from consult.intake.sandbox import Limits, ManyInSandbox

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
            return self._members(name, data) if is_archive(data) else (self._read(name, data),)
        except InputRefused as error:
            return (BadFile(name, data, _of_file(error, name)),)

    def _members(self, name: str, data: bytes) -> Iterator[Enclosure | BadFile]:
        """Yield the files of an archive; raises what the archive itself is refused for."""
        return iter([self._member(f"{name}/{item['name']}", bytes(item["data"]), item["link"])
                     for item in self._archives(data)])  # fmt: skip

    def _member(self, name: str, data: bytes, link: bool) -> Enclosure | BadFile:
        try:
            if link:
                raise InputRefused("attachment.link")
            if is_archive(data):
                raise InputRefused("attachment.nested")
            return self._read(name, data)
        except InputRefused as error:
            return BadFile(name, data, _of_file(error, name))

    def _read(self, name: str, data: bytes) -> Enclosure:
        if refusal := refusal_of(kind_of(data)):
            raise refusal
        picture = is_picture(data)
        if picture:
            return Enclosure(name, data, Letter(picture, state=Reading.AWAITING))
        found = self._letters(data)
        letter = Letter(FileKind(found["kind"]), str(found["text"]), Reading(found["state"]))
        if len(letter.text) > MAX_CHARACTERS:
            raise InputRefused("attachment.long", length=len(letter.text), limit=MAX_CHARACTERS)
        return Enclosure(name, data, letter)


def _of_file(error: InputRefused, name: str) -> InputRefused:
    code = FAILURES.get(error.code, error.code)
    return InputRefused(code, field="files", **{**error.values, "name": name})
