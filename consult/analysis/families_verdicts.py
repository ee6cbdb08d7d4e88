"""The verdicts on pairs of texts, remembered: at a glance, by processes ahead, one by one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.engine import cut, map_shards
from consult.analysis.families_glance import glanced
from consult.analysis.families_matcher import Matcher, closer_looks
from consult.analysis.families_texts import Texts
from consult.domain.lexicon import Opposite

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORTH: Final = 1_000  # comparisons that earn what other processes cost: from 100,000 texts on
_SHARD: Final = 200  # comparisons handed to another process at once, at least
_REMEMBERED: Final = 4_000_000


class Verdicts:
    """Compares texts by number (see ``Texts``).

    A verdict is on a representative, a text, and whether both are as near as copies are: one pair
    may be asked about both ways, and only partly alike texts have to show more.
    """

    def __init__(self, opposites: tuple[Opposite, ...], texts: Texts) -> None:
        self._opposites = opposites
        self._texts = texts
        self._matcher = Matcher(opposites)
        self._known: dict[int, int] = {}

    def glances(self, base: NDArray[Any], copy: NDArray[Any], near: NDArray[Any]) -> NDArray[Any]:
        """Return what each text is to its representative; 0 where only a closer look can tell."""
        import numpy as np

        keys = _key(base, copy, near)
        found = np.array([self._known.get(key, 0) for key in keys.tolist()], np.int8)
        new = np.flatnonzero(found == 0)
        new = new[np.lexsort((copy[new], base[new]))]  # one representative's texts side by side
        seen = glanced(self._matcher.clauses, self._texts, base[new], copy[new], near[new])
        found[new] = seen
        told = seen != 0
        self._remember(keys[new[told]], seen[told])
        return found

    def closer(
        self, base: NDArray[Any], copy: NDArray[Any], near: NDArray[Any], processes: int
    ) -> NDArray[Any]:
        """Return what each text is to its representative, by a closer look at all of them."""
        import numpy as np

        order = np.lexsort((copy, base))
        found = np.zeros(len(base), np.int8)
        found[order] = self._looked(base[order].tolist(), copy[order].tolist(), processes)
        self._remember(_key(base, copy, near), found)
        return found

    def _looked(self, bases: list[int], copies: list[int], processes: int) -> list[int]:
        """Look at pairs character by character, here or in other processes."""
        texts = self._texts
        if processes == 1 or len(bases) < _WORTH:
            folded = texts.folded(bases), texts.folded(copies)
            return [
                self._matcher.closer(texts.text[one], said, texts.text[other], says)
                for one, other, said, says in zip(bases, copies, *folded, strict=True)
            ]
        pairs = list(zip(bases, copies, strict=True))
        shards = [
            [texts.text[number] for pair in shard for number in pair]
            for shard in cut(pairs, processes, _SHARD)
        ]
        found = map_shards(partial(closer_looks, self._opposites), shards, processes)
        return [verdict for own in found for verdict in own]

    def _remember(self, keys: NDArray[Any], verdicts: NDArray[Any]) -> None:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(zip(keys.tolist(), verdicts.tolist(), strict=True))


def _key(base: Any, copy: Any, near: Any) -> Any:
    """Return one number for two texts and whether they are near."""
    return base << 33 | copy << 1 | near
