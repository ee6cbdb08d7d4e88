"""Lengths of the bars that templates draw as SVG; every chart has its figures beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask

from consult.domain.consultation import Indicator
from consult.export.blocks import shade
from consult.export.digest_tables import changes

_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Growth:
    """An indicator whose figures can be drawn; lengths are 0 to 100, the longer bar is 100."""

    indicator: Indicator
    base: float
    target: float


def growths(indicators: Iterable[Indicator]) -> list[Growth]:
    """Return the indicators with a figure for base and target; others stand in the table alone."""
    found = []
    for indicator in indicators:
        base, target = _figure(indicator.base), _figure(indicator.target)
        longest = max(base or 0, target or 0)
        if base is not None and target is not None and longest:
            found.append(Growth(indicator, _length(base, longest), _length(target, longest)))
    return found


def _figure(printed: str) -> float | None:
    """Read a figure as printed (``20.80``, ``≥35``, ``1,200``); None when there is none or two."""
    found = _FIGURE.findall(printed)
    return float(found[0].replace(",", "")) if len(found) == 1 else None


def _length(value: float, longest: float) -> float:
    return round(100 * value / longest, 1)


def share(value: int, longest: int) -> float:
    """Return the length of a bar, 0 to 100; something is never drawn as nothing."""
    return max(0.8, _length(value, longest)) if value and longest else 0.0


def install(app: Flask) -> None:
    """Make them known to the templates."""
    app.jinja_env.filters["growths"] = growths
    app.jinja_env.filters["bar_share"] = share
    app.jinja_env.filters["heat"] = shade
    app.jinja_env.filters["figures_asked"] = changes
