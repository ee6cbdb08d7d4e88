"""A digest that was issued (发出摘要): the act by which the next one tells what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """One issued digest; ``number`` counts those of its consultation from 1, ``run`` is its run."""

    id: int
    number: int
    at: datetime
    actor: str
    run: int
    comments: int
