"""The order in which texts join families: each after its heads, closer looks many at a time.

What a text is compared with depends on what became of its heads. So every text waits for them; all
that a glance decides goes on at once. Those that need a closer look are looked at together: by
other processes while this one goes on, or when nothing else can go on. What a text joins follows
from its heads alone, never from when they are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from consult.analysis.families_candidates import Candidates
from consult.analysis.families_clause_table import different
from consult.analysis.families_distinct import Distinct
from consult.analysis.families_verdict import Verdict
from consult.analysis.families_verdicts import WORTH, Looks, Verdicts

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE: Final = 2_000  # texts that go on by a glance before others may begin a closer look


class Placing:
    """Lets each text join the first of its heads' families that it copies, the likest head first.

    Texts and heads are positions in ``places``, which are those of different folded texts.
    """

    def __init__(
        self, found: Distinct, places: NDArray[Any], own: Candidates, verdicts: Verdicts
    ) -> None:
        import numpy as np

        self._found, self._places, self._own, self._verdicts = found, places, own, verdicts
        self._by_head = np.argsort(own.head, kind="stable")
        self._heads = own.head[self._by_head]
        compared = np.bincount(own.text, minlength=len(places)) > 0
        self._waiting = np.bincount(own.text[compared[own.head]], minlength=len(places))  # pairs
        self._ready = np.flatnonzero(compared & (self._waiting == 0))
        self._base = np.zeros(len(own.text), np.int64)  # of each pair: the head's family's head
        self._next = np.zeros(len(own.text), np.int64)  # of each pair: the same text's next, or -1
        self._at = np.zeros(len(places), np.int64)  # the pair that is each text's turn
        self._turned, self._joined = np.zeros((2, len(places)), bool)
        self._closer = np.zeros(0, np.int64)  # texts whose turn needs a closer look

    def run(self, processes: int) -> NDArray[Any]:
        """Return the texts that were like some heads, and all of these turned round, by rank."""
        import numpy as np

        enough = WORTH if processes > 1 else len(self._places) + 1
        compared = different(np.append(self._own.text, self._own.head))
        self._verdicts.about(self._found.number[self._places[compared]], processes)
        looking: tuple[NDArray[Any], Looks] | None = None
        active = self._begun(self._ready)
        while len(active) or len(self._closer) or looking:
            if len(active):
                active = np.concatenate((active[_AT_ONCE:], self._glanced(active[:_AT_ONCE])))
            if looking and (looking[1].done() or not len(active)):
                active = np.concatenate((active, self._gone_on(looking[0], looking[1].verdicts())))
                looking = None
            if not looking and len(self._closer) >= (enough if len(active) else 1):
                asked, self._closer = self._closer, self._closer[:0]
                looking = asked, self._verdicts.closer(*self._asked(asked), processes)
        left = np.flatnonzero(self._turned & ~self._joined)
        ordered: NDArray[Any] = self._places[left[np.argsort(self._own.rank[left])]]
        return ordered

    def _glanced(self, texts: NDArray[Any]) -> NDArray[Any]:
        """Let texts go on by a glance at their pairs, or put them down for a closer look."""
        import numpy as np

        verdicts = self._verdicts.glances(*self._asked(texts))
        told = verdicts != 0
        if not told.all():
            self._closer = np.concatenate((self._closer, texts[~told]))
        return self._gone_on(texts[told], verdicts[told])

    def _begun(self, texts: NDArray[Any]) -> NDArray[Any]:
        """Let texts whose heads have had their turn begin with their first pair."""
        import numpy as np

        text = self._own.text
        begin, end = np.searchsorted(text, texts), np.searchsorted(text, texts, side="right")
        pairs = _spans(begin, end)
        self._base[pairs] = base = self._found.head[self._places[self._own.head[pairs]]]
        # Two heads of one family are one.
        first = np.unique(text[pairs] << 32 | base, return_index=True)[1]
        fresh = pairs[np.sort(first)]
        same = text[fresh[1:]] == text[fresh[:-1]]
        self._next[fresh] = np.append(np.where(same, fresh[1:], -1), -1)[: len(fresh)]
        self._at[texts] = begin
        return texts

    def _asked(self, texts: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return the pairs whose turn it is: representative, text, and whether they are near."""
        pairs, number = self._at[texts], self._found.number
        return number[self._base[pairs]], number[self._places[texts]], self._own.near[pairs]

    def _gone_on(self, texts: NDArray[Any], verdicts: NDArray[Any]) -> NDArray[Any]:
        """Let texts join, or turn to their next pair; return these and who need wait no longer."""
        import numpy as np

        pairs = self._at[texts]
        copies = verdicts == Verdict.COPY
        self._found.head[self._places[texts[copies]]] = self._base[pairs[copies]]
        self._joined[texts[copies]] = True
        self._turned[texts[verdicts == Verdict.TURNED]] = True
        following = np.where(copies, -1, self._next[pairs])
        more = following >= 0
        self._at[texts[more]] = following[more]
        return np.concatenate((texts[more], self._begun(self._freed(texts[~more]))))

    def _freed(self, heads: NDArray[Any]) -> NDArray[Any]:
        """Return the texts that waited for the last of these heads alone."""
        import numpy as np

        low = np.searchsorted(self._heads, heads)
        high = np.searchsorted(self._heads, heads, side="right")
        waiting = self._own.text[self._by_head[_spans(low, high)]]
        np.subtract.at(self._waiting, waiting, 1)
        free = np.sort(waiting[self._waiting[waiting] == 0])
        found: NDArray[Any] = free[np.append(True, free[1:] != free[:-1])[: len(free)]]
        return found


def _spans(begin: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
    """Return the numbers from each begin up to its end, one span behind the other."""
    import numpy as np

    count = end - begin
    spans: NDArray[Any] = np.arange(count.sum()) + np.repeat(
        begin - (np.cumsum(count) - count), count
    )
    return spans
