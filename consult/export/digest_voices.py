"""How the documents tell who makes an ask, and what else is said of its matter."""

from __future__ import annotations

from collections.abc import Sequence

from consult.domain.voice import Voice
from consult.export.phrases import first_numbers, number_list


def said_beside(voices: Sequence[Voice], beside: Sequence[int] = (), *, short: bool = False) -> str:
    """Return the other asks of a theme, each in its own words with the numbers that make it.

    ``voices`` are those beside the first, ``beside`` the comments that are in none; ``short`` cuts
    long lists of numbers.
    """
    listed = first_numbers if short else number_list
    told = [f"“{voice.text}”（意见{listed(voice.numbers)}）" for voice in voices]
    if beside:
        told.append(f"其余各有说法{len(beside)}条（意见{listed(beside)}）")
    return "；".join(told)
