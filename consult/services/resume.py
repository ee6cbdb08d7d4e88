"""Resume (接着做): bring acts to their end that a process left in the middle when it died.

An act was confirmed by a person after a look at what it would do, and every item of it knows its
state; so it is finished (or, where it was being undone, undone to the end) as soon as any process
looks: when a server starts, and when somebody of the staff opens a page.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from consult.domain.errors import ConsultError
from consult.services.acts import STALE, carry_on, going_on, left_behind
from consult.services.office import Office

_PAUSE: Final = 2.0  # seconds between two looks at an act whose process may still live
_busy = threading.Lock()


def resume(office: Office, *, told: Callable[[str], None], wait: bool = False) -> bool:
    """Go on with what was left behind, in a thread of its own; False when there is nothing to do.

    ``wait``: acts that may still have a living process are looked at again until it has shown no
    life for ``STALE``; what a server does when it starts. ``told`` gets what went wrong.
    """
    if not (going_on(office) if wait else left_behind(office)):
        return False
    if not _busy.acquire(blocking=False):  # this process is at it already
        return False
    work = threading.Thread(
        target=_work, args=(office, told, wait), name="acts-resumed", daemon=True
    )
    work.start()
    return True


def _work(office: Office, told: Callable[[str], None], wait: bool) -> None:
    try:
        until = time.monotonic() + STALE.total_seconds() + 2 * _PAUSE
        _all(office, told)
        while wait and going_on(office) and time.monotonic() < until:
            time.sleep(_PAUSE)
            _all(office, told)
    finally:
        office.store.close()  # the connection of this thread
        _busy.release()


def _all(office: Office, told: Callable[[str], None]) -> None:
    for consultation, number in left_behind(office):
        try:
            carry_on(office, consultation=consultation, number=number)
        except ConsultError as error:
            told(f"act {number} was not resumed: {error.code}")
