"""What citizens see and do: read the draft, comment, keep a receipt, look it up."""

from __future__ import annotations

from consult.web.public import (
    commenting,
    looking_up,
    reading,
    receipting,
    results,
    revising,
    saving,
)
from consult.web.public.blueprint import public

__all__ = [
    "commenting",
    "looking_up",
    "public",
    "reading",
    "receipting",
    "results",
    "revising",
    "saving",
]
