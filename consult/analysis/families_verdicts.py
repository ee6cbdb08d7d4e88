"""The verdicts on pairs of texts, remembered: at a glance, by processes ahead, one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.engine import begin_shards, cut
from consult.analysis.families_clause_table import ClauseTable
from consult.analysis.families_glance import glanced
from consult.analysis.families_harmless import Harmless
from consult.analysis.families_matcher import Look, Matcher, closer_looks
from consult.analysis.families_texts import Texts
from consult.analysis.families_verdict import Verdict
from consult.analysis.remainder import Span
from consult.domain.lexicon import Opposite

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORTH: Final = 400  # comparisons that earn what other processes cost (15 ms)
_SHARD: Final = 100  # comparisons handed to another process at once, at least
_REMEMBERED: Final = 4_000_000
Pair = tuple[int, int]  # the numbers of a representative and of a text


@dataclass(frozen=True, slots=True)
class Looks:
    """Closer looks under way: ``verdicts`` waits for them, ``done`` tells whether it need not."""

    verdicts: Callable[[], NDArray[Any]]
    done: Callable[[], bool]


class Verdicts:
    """Compares texts by number (see ``Texts``).

    A verdict is on a representative, a text, and whether both are as near as copies are: one pair
    may be asked about both ways, and only partly alike texts have to show more.
    """

    def __init__(self, opposites: tuple[Opposite, ...], texts: Texts) -> None:
        self._opposites = opposites
        self._texts = texts
        self._matcher = Matcher(opposites)
        self._table = ClauseTable(self._matcher.clauses, texts)
        self._harmless = Harmless(self._table)
        self._known: dict[int, int] = {}
        # What copies add to representatives, by both numbers, where somebody wants to know.
        self.additions: dict[tuple[int, int], tuple[Span, ...]] | None = None

    def about(self, numbers: NDArray[Any], processes: int = 1) -> None:
        """Get ready to glance at pairs of these texts."""
        self._table.add(numbers, processes)

    def glances(self, base: NDArray[Any], copy: NDArray[Any], near: NDArray[Any]) -> NDArray[Any]:
        """Return what each text is to its representative; 0 where only a closer look can tell."""
        import numpy as np

        keys = _key(base, copy, near)
        found = np.array([self._known.get(key, 0) for key in keys.tolist()], np.int8)
        new = np.flatnonzero(found == 0)
        new = new[np.lexsort((copy[new], base[new]))]  # one representative's texts side by side
        seen = glanced(self._table, self._harmless, base[new], copy[new], near[new])
        found[new] = seen
        told = seen != 0
        self._remember(keys[new[told]], seen[told])
        return found

    def closer(
        self, base: NDArray[Any], copy: NDArray[Any], near: NDArray[Any], processes: int
    ) -> Looks:
        """Begin a closer look at pairs; other processes look where it is worth it."""
        import numpy as np

        order = np.lexsort((copy, base))
        pairs = list(zip(base[order].tolist(), copy[order].tolist(), strict=True))
        if processes == 1 or len(pairs) < WORTH:
            found = self._looked(pairs)
            verdicts = self._told(order, pairs, found, _key(base, copy, near))
            return Looks(lambda: verdicts, lambda: True)
        texts = self._texts.text
        shards = [
            [texts[number] for pair in shard for number in pair]
            for shard in cut(pairs, processes, _SHARD)
        ]
        look = partial(closer_looks, self._opposites, self.additions is not None)
        begun = begin_shards(look, shards, processes)

        def told() -> NDArray[Any]:
            found = list(chain.from_iterable(begun.result()))
            return self._told(order, pairs, found, _key(base, copy, near))

        return Looks(told, begun.done)

    def _told(
        self, order: NDArray[Any], pairs: list[Pair], looked: list[Look], keys: NDArray[Any]
    ) -> NDArray[Any]:
        """Return verdicts, which stand in another order, in that of their keys, and keep them."""
        import numpy as np

        found = np.zeros(len(order), np.int8)
        found[order] = [verdict for verdict, _ in looked]
        self._remember(keys, found)
        if self.additions is not None:
            for pair, (verdict, added) in zip(pairs, looked, strict=True):
                if verdict is Verdict.COPY:
                    self.additions[pair] = added
        return found

    def _looked(self, pairs: list[Pair]) -> list[Look]:
        """Look at pairs character by character."""
        whole, additions = self._texts.whole, self.additions is not None
        return [
            self._matcher.closer(whole(base), whole(copy), additions=additions)
            for base, copy in pairs
        ]

    def _remember(self, keys: NDArray[Any], verdicts: NDArray[Any]) -> None:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(zip(keys.tolist(), verdicts.tolist(), strict=True))


def _key(base: Any, copy: Any, near: Any) -> Any:
    """Return one number for two texts and whether they are near."""
    return base << 33 | copy << 1 | near
