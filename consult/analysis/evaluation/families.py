"""Families against the pairs that ``near_dup_of`` implies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from consult.analysis.evaluation.gold import GoldRow
from consult.analysis.evaluation.pairs import agreement, ratio
from consult.analysis.normalise import fold

FOUND: Final = 0.8  # share of an addition's characters that must be found to count it


class Finder(Protocol):
    """What labels near-duplicates."""

    def fit_predict(self, texts: Sequence[str]) -> Sequence[int]: ...  # noqa: D102


def evaluate_families(
    rows: Sequence[GoldRow],
    finder: Finder,
    remainder: Callable[[str, str], str] | None = None,
) -> dict[str, float]:
    """Return pair precision, recall and F1, and ``remainder_recall`` where lines have a remainder.

    ``remainder`` takes a base text and a copy, and returns what the copy adds.
    """
    labels = finder.fit_predict([row.text for row in rows])
    measured = agreement(true_families(rows), labels)
    result = {
        "pair_precision": measured.pair_precision,
        "pair_recall": measured.pair_recall,
        "pair_f1": measured.pair_f1,
    }
    if any(row.remainder is not None for row in rows):
        result["remainder_recall"] = _remainder_recall(rows, remainder)
    return result


def true_families(rows: Sequence[GoldRow]) -> list[str]:
    """Return for each line the id at the end of its chain of copies."""
    base = {row.id: row.near_dup_of for row in rows}
    labels = []
    for row in rows:
        seen, current = {row.id}, row.id
        while (before := base[current]) is not None and before not in seen:
            seen.add(before)
            current = before
        labels.append(current)
    return labels


def _remainder_recall(
    rows: Sequence[GoldRow], remainder: Callable[[str, str], str] | None
) -> float:
    texts = {row.id: row.text for row in rows}
    added = [row for row in rows if row.remainder and row.near_dup_of is not None]
    if remainder is None:
        return 0.0
    found = sum(
        _holds(remainder(texts[row.near_dup_of or ""], row.text), row.remainder or "")
        for row in added
    )
    return ratio(found, len(added))


def _holds(found: str, wanted: str) -> bool:
    """Tell whether most character pairs of the wanted words are among the found ones."""
    have, want = _character_pairs(fold(found)), _character_pairs(fold(wanted))
    return bool(want) and len(have & want) >= FOUND * len(want)


def _character_pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(max(1, len(text) - 1))} - {""}
