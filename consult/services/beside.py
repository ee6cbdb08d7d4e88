"""Find the families of all comments beside their mapping: neither needs the other's result."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from consult.analysis.families import FamilyFinder
from consult.services.group import Families, families_of


def beside(finder: FamilyFinder, texts: Sequence[str], processes: int) -> Callable[[], Families]:
    """Begin to find families, and return what waits for them.

    Where other processes map, this one has nothing to do meanwhile: a thread of it compares. The
    finder must not be used until they are found; then it forgets what it remembered. With one
    process they are found when asked for.
    """
    if processes == 1:
        return lambda: _last(finder, texts)
    found: list[Families] = []
    failed: list[BaseException] = []

    def find() -> None:
        try:
            found.append(_last(finder, texts))
        except BaseException as error:  # raised again where it is waited for
            failed.append(error)

    finder.processes = 1  # all the others are at work
    thread = threading.Thread(target=find, name="consult-families", daemon=True)
    thread.start()

    def wait() -> Families:
        thread.join()
        finder.processes = processes
        if failed:
            raise failed[0]
        return found[0]

    return wait


def _last(finder: FamilyFinder, texts: Sequence[str]) -> Families:
    """Return the families of texts; the stages to come need the room of what a finder keeps."""
    found = families_of(finder, texts)
    finder.forget()
    return found
