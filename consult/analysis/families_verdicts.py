"""The verdicts on pairs of texts, remembered: at a glance, by processes ahead, one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.engine import begin_shards, cut
from consult.analysis.families_clause_table import ClauseTable
from consult.analysis.families_glance import glanced
from consult.analysis.families_harmless import Harmless
from consult.analysis.families_matcher import Matcher, closer_looks
from consult.analysis.families_texts import Texts
from consult.domain.lexicon import Opposite

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORTH: Final = 400  # comparisons that earn what other processes cost (15 ms)
_SHARD: Final = 100  # comparisons handed to another process at once, at least
_REMEMBERED: Final = 4_000_000


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
        bases, copies = base[order].tolist(), copy[order].tolist()
        if processes == 1 or len(bases) < WORTH:
            found = self._looked(bases, copies)
            return Looks(lambda: self._told(order, found, _key(base, copy, near)), lambda: True)
        texts = self._texts.text
        pairs = list(zip(bases, copies, strict=True))
        shards = [
            [texts[number] for pair in shard for number in pair]
            for shard in cut(pairs, processes, _SHARD)
        ]
        begun = begin_shards(partial(closer_looks, self._opposites), shards, processes)

        def verdicts() -> NDArray[Any]:
            found = [verdict for own in begun.result() for verdict in own]
            return self._told(order, found, _key(base, copy, near))

        return Looks(verdicts, begun.done)

    def _told(self, order: NDArray[Any], looked: list[int], keys: NDArray[Any]) -> NDArray[Any]:
        """Return verdicts, which stand in another order, in that of their pairs, and keep them."""
        import numpy as np

        found = np.zeros(len(order), np.int8)
        found[order] = looked
        self._remember(keys, found)
        return found

    def _looked(self, bases: list[int], copies: list[int]) -> list[int]:
        """Look at pairs character by character."""
        texts = self._texts
        folded = texts.folded(bases), texts.folded(copies)
        return [
            self._matcher.closer(texts.text[one], said, texts.text[other], says)
            for one, other, said, says in zip(bases, copies, *folded, strict=True)
        ]

    def _remember(self, keys: NDArray[Any], verdicts: NDArray[Any]) -> None:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(zip(keys.tolist(), verdicts.tolist(), strict=True))


def _key(base: Any, copy: Any, near: Any) -> Any:
    """Return one number for two texts and whether they are near."""
    return base << 33 | copy << 1 | near
