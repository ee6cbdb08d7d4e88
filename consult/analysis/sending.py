"""Shards and answers on their way between processes.

Long texts go as one run of bytes: a string that is pickled keeps its UTF-8 form beside its own for
as long as it lives. A run hands every comment to several stages: 360 bytes a text were left in the
process that sends.

Many bytes go by a file in memory: a pipe holds 64 KB, and for each of these the one side waits
until a thread of the other has its turn, 5 ms where the other computes. Of the time of two
processes that was 3 %.
"""

from __future__ import annotations

import io
import pickle
import tempfile
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final

_PIPE: Final = 1 << 16  # bytes
Packed = bytes | Path  # what is sent, or the file that it is in
_LONG: Final = 8  # characters; what is shorter is mostly a code, and shared


@dataclass(frozen=True, slots=True)
class Sent:
    """A shard without its long texts, the lengths of these in characters, and their bytes."""

    body: bytes
    lengths: tuple[int, ...]
    words: bytes

    def opened(self) -> Any:
        """Return the shard."""
        words = self.words.decode(errors="surrogatepass")
        ends = list(accumulate(self.lengths, initial=0))
        return _Opener(self.body, [words[start:end] for start, end in pairwise(ends)]).load()


def put(data: bytes, folder: Path | None) -> Packed:
    """Return what goes through a pipe for some bytes: a file in the folder where they are many.

    The bytes themselves where there is no folder, and where it has no room.
    """
    if folder is None or len(data) <= _PIPE:
        return data
    try:
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(data)
    except OSError:
        return data
    return Path(file.name)


def taken(packed: Packed) -> bytes:
    """Return the bytes, taken out of their file."""
    if isinstance(packed, bytes):
        return packed
    data = packed.read_bytes()
    packed.unlink()
    return data


def sent(shard: object) -> Sent:
    """Return what is sent of a shard; equal texts go once."""
    file = io.BytesIO()
    packer = _Packer(file)
    packer.dump(shard)
    texts = list(packer.place)
    words = "".join(texts).encode(errors="surrogatepass")
    return Sent(file.getvalue(), tuple(map(len, texts)), words)


class _Packer(pickle.Pickler):
    """Puts the number of a text in its place."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.place: dict[str, int] = {}

    def persistent_id(self, obj: object) -> int | None:
        """Return the number of a long text that is not ASCII, None for anything else."""
        if type(obj) is str and len(obj) >= _LONG and not obj.isascii():
            return self.place.setdefault(obj, len(self.place))
        return None


class _Opener(pickle.Unpickler):
    """Puts the texts back."""

    def __init__(self, body: bytes, texts: list[str]) -> None:
        super().__init__(io.BytesIO(body))
        self._texts = texts

    def persistent_load(self, pid: int) -> str:
        """Return the text of a number."""
        return self._texts[pid]
