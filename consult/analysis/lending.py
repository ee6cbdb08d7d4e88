"""Large values on their way to other processes: each goes once, however many functions hold it.

A fitted mapper is 45 MB. What divides letters holds it, and what maps comments does: written and
read twice it took half a second of a run, in which nothing else was done.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast
from weakref import WeakKeyDictionary, finalize

from consult.analysis.private_folder import PrivateFolder


class Lent:
    """A value that goes to processes of this machine by a file; it must not change once lent."""

    __slots__ = ("__weakref__",)


_PATHS: Final[WeakKeyDictionary[Lent, str]] = WeakKeyDictionary()


class Lender(pickle.Pickler):
    """Puts the path of a file, which lasts as long as the value does, in place of a lent value."""

    def reducer_override(self, obj: object) -> tuple[Callable[[str], object], tuple[str]]:
        """Return how another process gets a lent value; others go the usual way."""
        if isinstance(obj, Lent):
            return _borrowed, (_lent(obj),)
        usual: Any = NotImplemented
        return cast(tuple[Callable[[str], object], tuple[str]], usual)


def _lent(value: Lent) -> str:
    if value not in _PATHS:
        folder = PrivateFolder()
        finalize(value, folder.close)
        path = folder.path / "value"
        with path.open("wb") as file:
            pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
        _PATHS[value] = str(path)
    return _PATHS[value]


_HELD: Final[dict[str, object]] = {}  # at most one value, by its file


def _borrowed(path: str) -> object:
    if path not in _HELD:
        _HELD.clear()
        with Path(path).open("rb") as file:  # arrays go where they stay: 35 MB less at the peak
            _HELD[path] = pickle.load(file)  # noqa: S301 - our own
    return _HELD[path]


def give_back() -> None:
    """Let go a value that its owner has let go."""
    for path in [path for path in _HELD if not Path(path).exists()]:
        del _HELD[path]
