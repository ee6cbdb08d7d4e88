"""The learning curve: how good the mapper is after so many corrections, over many random draws."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from consult.analysis.evaluation.gold import GoldRow
from consult.analysis.evaluation.mapping import Mapper, answer, mean
from consult.analysis.evaluation.split import Splitter

SIZES: Final = (25, 50, 100, 200)
SEEDS: Final = 20
Point = dict[str, float | int]
LearningMeasures = dict[str, int | list[Point]]
# Returns a mapper that was offered these corrections, and whether it uses them.
School = Callable[[Sequence[GoldRow]], tuple[Mapper, bool]]


@dataclass(frozen=True, slots=True)
class Draw:
    """How corrections are drawn from a labelled file.

    ``sizes`` are numbers of corrections, ``seeds`` how many draws of each. ``wrong`` is the share
    of corrections that name another section than the right one, 0 to 1. ``sections`` bounds the
    corrections to so many sections, drawn as well; 0 takes them from everywhere.
    """

    sizes: tuple[int, ...] = SIZES
    seeds: int = SEEDS
    wrong: float = 0.0
    sections: int = 0


def evaluate_learning(
    rows: Sequence[GoldRow],
    pool: Sequence[GoldRow],
    school: School,
    splitter: Splitter,
    draw: Draw,
) -> LearningMeasures:
    """Return accuracy without and with corrections drawn from ``pool``, measured on ``rows``.

    Lines that were drawn, and near copies of them, are left out of what is measured, so ``pool``
    may be ``rows`` itself. ``start`` is the accuracy without corrections on the very same lines;
    sizes that leave nothing to draw or to measure are left out. The same arguments give the same
    draws.
    """
    lab = _Lab(rows, pool, school, splitter, draw)
    points: list[Point] = []
    for size in draw.sizes:
        trials = [trial for seed in range(draw.seeds) if (trial := lab.trial(size, seed))]
        if trials:
            points.append(_point(size, trials))
    return {"n": len(rows), "pool": len(pool), "seeds": draw.seeds, "curve": points}


@dataclass(frozen=True, slots=True)
class _Trial:
    start: float
    after: float
    used: bool


class _Lab:
    """What all trials share: the lines, and what the mapper says of them without corrections."""

    def __init__(
        self,
        rows: Sequence[GoldRow],
        pool: Sequence[GoldRow],
        school: School,
        splitter: Splitter,
        draw: Draw,
    ) -> None:
        self._rows, self._pool, self._school = rows, pool, school
        self._splitter, self._draw = splitter, draw
        untaught, _ = school(())
        hits = self._right(untaught, rows)
        self._before = {row.id: hit for row, hit in zip(rows, hits, strict=True)}

    def trial(self, size: int, seed: int) -> _Trial | None:
        """Return what so many corrections bring; None where there are not so many."""
        drawn = drawn_from(self._pool, self._draw, size, seed)
        copies = {_base(row) for row in drawn}
        rest = [row for row in self._rows if _base(row) not in copies]
        if len(drawn) < size or not rest:
            return None
        mapper, used = self._school(drawn)
        hits = self._right(mapper, rest)
        return _Trial(mean([self._before[row.id] for row in rest]), mean(hits), used)

    def _right(self, mapper: Mapper, rows: Sequence[GoldRow]) -> list[bool]:
        return [answer(row.text, mapper, self._splitter).top in row.sections for row in rows]


def _base(row: GoldRow) -> str:
    return row.near_dup_of or row.id


def drawn_from(pool: Sequence[GoldRow], draw: Draw, size: int, seed: int) -> list[GoldRow]:
    """Return so many corrections, fewer when the pool is smaller.

    The draws of one seed contain each other: the first 25 of 50 are the 25. A wrong one names
    another code of the pool.
    """
    chance = random.Random(seed)  # noqa: S311 - a draw to be repeated, no secret
    codes = sorted({row.sections[0] for row in pool})
    kept = set(chance.sample(codes, min(draw.sections, len(codes))) if draw.sections else codes)
    lines = sorted((row for row in pool if row.sections[0] in kept), key=lambda row: row.id)
    chance.shuffle(lines)
    return [_corrected(row, draw.wrong, codes, chance) for row in lines][:size]


def _corrected(row: GoldRow, wrong: float, codes: Sequence[str], chance: random.Random) -> GoldRow:
    others = [code for code in codes if code not in row.sections]
    if chance.random() >= wrong or not others:
        return row
    code = chance.choice(others)
    return GoldRow(row.id, row.text, (code,), row.point, row.kind, row.cue, (), row.near_dup_of)


def _point(size: int, trials: Sequence[_Trial]) -> Point:
    gains = [trial.after - trial.start for trial in trials]
    return {
        "corrections": size,
        "start": mean([trial.start for trial in trials]),
        "accuracy": mean([trial.after for trial in trials]),
        "gain": mean(gains),
        "lowest_gain": min(gains),
        "highest_gain": max(gains),
        "used": mean([trial.used for trial in trials]),
        "draws": len(trials),
    }
