"""What a request works with: the office, the settings and the date the pages go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, g, has_request_context, request

from consult.domain.consultation import Consultation, Window
from consult.services.browse import Published, published
from consult.services.office import Office
from consult.services.propose import Proposer
from consult.settings import Settings

EXTENSION = "consult"
_LAST = "consult last opened"


@dataclass(frozen=True, slots=True)
class Desk:
    """The collaborators of the running application."""

    office: Office
    settings: Settings
    proposer: Proposer

    def today(self) -> datetime:
        """Return the instant the pages and the window go by: simulated or real.

        Events, sessions and limits go by the office's own clock, which is real (DESIGN §8).
        """
        return self.simulation or self.office.clock()

    @property
    def simulation(self) -> datetime | None:
        """The simulated date: that of the rehearsal this request is about, else the site's."""
        mine: datetime | None = g.get("simulated") if has_request_context() else None
        return mine or self.settings.now

    @property
    def simulated(self) -> bool:
        """Whether the pages go by a simulated date: whatever is made then is a rehearsal."""
        return self.simulation is not None


def desk() -> Desk:
    """Return the desk of the current application."""
    return cast("Desk", current_app.extensions[EXTENSION])


def opened(slug: str) -> Published:
    """Return a consultation with its plan and let the page's frame show it. Raises ``NotFound``."""
    found = published(desk().office, slug=slug)
    g.consultation = found.consultation
    current_app.extensions[_LAST] = found.consultation
    g.results_shown = found.released is not None
    return found


def last_opened() -> Consultation | None:
    """Return the consultation this process opened last: known even when nothing can be read.

    Pages of errors name its other channels: whoever cannot write here must learn where they can.
    """
    found: Consultation | None = current_app.extensions.get(_LAST)
    return found


def as_of(window: Window) -> datetime:
    """Return the instant of a report, in the consultation's own time zone."""
    return desk().today().astimezone(ZoneInfo(window.timezone))


def client() -> str:
    """Return the address the limits count by; the real one only behind the configured proxies."""
    return request.remote_addr or ""
