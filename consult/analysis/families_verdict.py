"""What one text is to another."""

from __future__ import annotations

from enum import IntEnum


class Verdict(IntEnum):
    """What one text is to another."""

    COPY = 1
    TURNED = 2
    OTHER = 3
