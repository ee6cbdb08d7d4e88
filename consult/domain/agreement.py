"""How far two judges agree, with 95 % confidence intervals. Plain arithmetic on pairs of answers.

Shares and their Wilson interval are in ``domain.lesson``.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consult.domain.lesson import Share

Pair = tuple[str, str]
_TIMES = 1000  # resamples: the bounds of a 95 % interval then move by about one hundredth
_FEWEST = 2  # items; fewer have no interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure between -1 and 1 with its bounds; None where it is not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two judges over the same items: share of equal answers, kappa, and F1 of one answer."""

    share: Share
    kappa: Estimate
    f1: Estimate = Estimate(None)


def agreement(pairs: Sequence[Pair], *, seed: str, positive: str = "") -> Agreement:
    """Return how far both agree; ``positive`` is the answer whose F1 is wanted."""
    found = Share(sum(one == other for one, other in pairs), len(pairs))
    f1 = Estimate(None)
    if positive:
        f1 = bootstrap(pairs, lambda some: f1_of(some, positive), seed=f"{seed} f1")
    return Agreement(found, bootstrap(pairs, kappa_of, seed=f"{seed} kappa"), f1)


def kappa_of(pairs: Sequence[Pair]) -> float | None:
    """Return Cohen's kappa, None where both always give one and the same answer.

    Agreement beyond what the judges' own habits would bring by chance: J. Cohen, A coefficient of
    agreement for nominal scales, Educational and Psychological Measurement 20 (1960), 37-46.
    """
    if not pairs:
        return None
    size = len(pairs)
    seen = sum(one == other for one, other in pairs) / size
    mine, yours = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(mine[answer] * yours[answer] for answer in mine) / (size * size)
    return None if chance == 1.0 else (seen - chance) / (1.0 - chance)


def f1_of(pairs: Sequence[Pair], positive: str) -> float | None:
    """Return the F1 of one answer, the same whichever judge is taken for the truth (Dice).

    None where neither ever gives it.
    """
    mine = sum(one == positive for one, _ in pairs)
    yours = sum(other == positive for _, other in pairs)
    both = sum(one == other == positive for one, other in pairs)
    return 2 * both / (mine + yours) if mine + yours else None


def bootstrap(
    pairs: Sequence[Pair], statistic: Callable[[Sequence[Pair]], float | None], *, seed: str
) -> Estimate:
    """Return a statistic with its percentile interval over resampled items, from a seed.

    B. Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7 (1979), 1-26.
    Resamples in which it is not defined are left out.
    """
    value = statistic(pairs)
    if value is None or len(pairs) < _FEWEST:
        return Estimate(value)
    chance = random.Random(seed)  # noqa: S311 - resampling from a given seed, nothing secret
    drawn = (statistic(chance.choices(pairs, k=len(pairs))) for _ in range(_TIMES))
    values = sorted(one for one in drawn if one is not None)
    cut = len(values) // 40  # 2.5 % at each end
    return Estimate(value, values[cut], values[-1 - cut])
