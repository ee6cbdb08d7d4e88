"""The families of each section, and the text that stands for each of them in its theme."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from numpy.typing import NDArray

Group = TypeVar("Group", bound=Hashable)


class Standing(NamedTuple):
    """The families of a section, in the order of the texts that stand for them.

    ``sizes`` are their numbers of comments; the positions of these follow each other in ``places``,
    family by family, those of a family in their order.
    """

    texts: tuple[str, ...]
    sizes: NDArray[Any]
    places: NDArray[Any]

    def first(self) -> NDArray[Any]:
        """Return the position of the first comment of each family."""
        found: NDArray[Any] = self.places[self.sizes.cumsum() - self.sizes]
        return found

    def said(self, families: Iterable[int], texts: Sequence[str]) -> list[int]:
        """Return the positions of the first comments that say what stands for their families."""
        ends, places = [0, *self.sizes.cumsum().tolist()], self.places.tolist()
        own = ((self.texts[n], places[ends[n] : ends[n + 1]]) for n in families)
        return [next(i for i in among if texts[i] == text) for text, among in own]


def standing(
    texts: Sequence[str], sections: Sequence[str], families: Sequence[int]
) -> Iterator[Standing]:
    """Yield the sections of texts in their order, each when it is asked for.

    So the first are counted by others while the next are made.
    """
    import numpy as np

    number = {section: n for n, section in enumerate(sorted(set(sections)))}
    section = np.fromiter(map(number.__getitem__, sections), np.int32, len(sections))
    family = np.asarray(families, dtype=np.int64)
    order = np.lexsort((family, section))
    new = np.diff(section[order], prepend=-1) != 0
    first = np.flatnonzero(new | (np.diff(family[order], prepend=-1) != 0))
    bounds = np.searchsorted(first, [*np.flatnonzero(new).tolist(), order.size]).tolist()
    for begin, end in pairwise(bounds):
        yield _section(texts, order, np.append(first, order.size)[begin : end + 1])


def _section(texts: Sequence[str], order: NDArray[Any], ends: NDArray[Any]) -> Standing:
    """Return the section whose families lie between ``ends`` in ``order``."""
    import numpy as np

    places, begin = order[ends[0] : ends[-1]].tolist(), int(ends[0])
    own = [
        texts[places[a]] if b - a == 1 else _middle({texts[i] for i in places[a:b]})
        for a, b in pairwise((ends - begin).tolist())
    ]
    ranked = sorted(range(len(own)), key=own.__getitem__)
    sizes = np.diff(ends)[ranked]
    shift = ends[ranked] - (sizes.cumsum() - sizes)
    found = order[np.arange(len(places)) + np.repeat(shift, sizes)]
    return Standing(tuple([own[n] for n in ranked]), sizes, found)


def representatives(texts: Sequence[str], items: Sequence[Group]) -> dict[Group, str]:
    """Return one text for each family in each section or theme: the one of middle length."""
    members: dict[Group, set[str]] = {}
    for text, item in zip(texts, items, strict=True):
        members.setdefault(item, set()).add(text)
    return {item: _middle(own) for item, own in members.items()}


def _middle(texts: Iterable[str]) -> str:
    ordered = sorted(texts, key=lambda text: (len(text), text))
    return ordered[len(ordered) // 2]
