"""Tokens (接口令牌) with which other systems send what they received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.domain.comment import Channel


@dataclass(frozen=True, slots=True)
class Token:
    """One token as the list shows it; the secret itself is known to the other system alone.

    ``channel`` is that of items which name none.
    """

    id: int
    name: str
    channel: Channel
    created: datetime
    actor: str
    used: datetime | None = None
    revoked: datetime | None = None
    revoked_by: str = ""
