"""The key of a form: a secret of one browser, sealed, with the instants at which it was opened."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadSignature

from consult.web.sessions import form_sealer


@dataclass(frozen=True, slots=True)
class FormKey:
    """What a key says.

    ``token`` stands for the form and all that belongs to it; ``opened`` is the consultation's time,
    which may be simulated, ``since`` the real one in seconds since 1970.
    """

    token: str
    opened: datetime
    since: float

    def age(self, clock: datetime) -> float:
        """Return for how many seconds the form has been open."""
        return clock.timestamp() - self.since


def new_key(now: datetime, clock: datetime, *, secret: bytes) -> str:
    """Return the sealed key of a form opened now, in the consultation's time and the real one."""
    return form_sealer(secret).dumps(
        [secrets.token_urlsafe(24), now.isoformat(), clock.timestamp()]
    )


def read_key(given: str, *, secret: bytes) -> FormKey | None:
    """Return what a key says, None when it is not one of ours."""
    try:
        token, opened, since = form_sealer(secret).loads(given)
    except (BadSignature, ValueError):
        return None
    return FormKey(str(token), datetime.fromisoformat(opened), float(since))
