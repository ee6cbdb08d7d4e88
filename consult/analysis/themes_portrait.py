"""What is shown of the themes of a section: name, central comment, key words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from consult.analysis.keywords import telling
from consult.analysis.naming import best_ask
from consult.analysis.word_lists import WordLists

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_AT_ONCE: Final = 2_000  # texts held beside the sums of their groups: 10 KB each
_KEYWORDS: Final = 6
_TERMS: Final = 24  # words by which pieces of comments are weighed for the name
_LETTER: Final = 3  # comments from which one text is a letter that many sent
_NAMED_FROM: Final = 8  # most central texts of a theme that its name is looked for in


class Portrait(NamedTuple):
    """A theme in words. ``label_from`` and ``central`` are indices of texts, or of comments."""

    label: str
    label_from: int
    central: int
    keywords: tuple[str, ...]


def portraits(
    groups: Sequence[Sequence[int]],
    texts: Sequence[str],
    words: WordLists,
    sizes: Sequence[int] = (),
) -> list[Portrait]:
    """Return a portrait of each group of texts of one section, each text in one group at most.

    ``sizes`` tell how many comments have each text: one that most comments of its group have gives
    the name, since what the others ask is something else.

    Copies of a text should be in once, so that a campaign does not speak for its theme. A word's
    weight in a group is its share there times ln(1 + A / f): A the mean number of words a group,
    f how often the word occurs in all groups (BERTopic's formula). Does not depend on the order of
    groups and texts.
    """
    if not groups:
        return []
    vocabulary, counts = _counted(words)
    nearness = _nearness(counts, groups)
    weights = _weights(counts, groups)
    found = []
    for place, members in enumerate(groups):
        own = slice(weights.indptr[place], weights.indptr[place + 1])
        terms = _strongest(weights.indices[own], weights.data[own], vocabulary)
        central = sorted(
            members, key=lambda i: (-round(float(nearness[i]), 6), len(texts[i]), texts[i])
        )
        read = _letter(members, sizes) or central[:_NAMED_FROM]
        source, label = best_ask([texts[i] for i in read], dict(terms))
        keywords = tuple(word for word, _ in terms[:_KEYWORDS])
        found.append(Portrait(label, read[source], central[0], keywords))
    return found


def _letter(members: Sequence[int], sizes: Sequence[int]) -> list[int]:
    """Return the text that more than half of the comments have, and three of them at least."""
    if not sizes or len(members) < 2:
        return []
    total = sum(sizes[i] for i in members)
    return [i for i in members if sizes[i] >= _LETTER and 2 * sizes[i] > total]


def _counted(words: WordLists) -> tuple[list[str], csr_matrix]:
    """Return the telling words, sorted, and how often each text has each."""
    import numpy as np
    from scipy.sparse import csr_matrix

    vocabulary = sorted(word for word in words.vocabulary if telling(word))
    place = {word: n for n, word in enumerate(vocabulary)}
    column = np.array([place.get(word, -1) for word in words.vocabulary], dtype=np.int32)
    columns = column[words.codes]
    told = np.concatenate([[0], np.cumsum(columns >= 0)])
    ends, flat = told[words.ends], columns[columns >= 0]
    counts = csr_matrix(
        (np.ones(flat.size), flat, ends), shape=(words.ends.size - 1, max(1, len(vocabulary)))
    )
    counts.sum_duplicates()
    return vocabulary, counts


def _members(groups: Sequence[Sequence[int]], texts: int) -> csr_matrix:
    import numpy as np
    from scipy.sparse import csr_matrix

    owner = np.repeat(np.arange(len(groups)), [len(own) for own in groups])
    index = np.array([i for own in groups for i in own], dtype=np.int64)
    return csr_matrix((np.ones(index.size), (owner, index)), shape=(len(groups), texts))


def _nearness(counts: csr_matrix, groups: Sequence[Sequence[int]]) -> NDArray[Any]:
    """Return the cosine of each text to the sum of its group, up to the length of that sum."""
    import numpy as np

    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log(1.0 + counts.shape[0] / np.maximum(frequency, 1))
    rows = counts.copy()
    rows.data = (1.0 + np.log(rows.data)) * rarity[rows.indices]
    owner = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    length = np.sqrt(np.bincount(owner, rows.data**2, rows.shape[0]))
    rows.data /= np.maximum(length, 1e-12)[owner]
    member = _members(groups, counts.shape[0])
    sums, group = member @ rows, member.T.tocsr()
    found = np.zeros(rows.shape[0])
    for start in range(0, rows.shape[0], _AT_ONCE):
        own = slice(start, start + _AT_ONCE)
        middle = group[own] @ sums  # of each text: the sum over its group
        found[own] = np.asarray(rows[own].multiply(middle).sum(axis=1)).ravel()
    return found


def _weights(counts: csr_matrix, groups: Sequence[Sequence[int]]) -> csr_matrix:
    import numpy as np

    grouped: csr_matrix = (_members(groups, counts.shape[0]) @ counts).tocsr()
    overall = np.asarray(grouped.sum(axis=0)).ravel()
    mean = overall.sum() / len(groups)
    total = np.asarray(grouped.sum(axis=1)).ravel()
    owner = np.repeat(np.arange(len(groups)), np.diff(grouped.indptr))
    spread = np.log(1.0 + mean / np.maximum(overall[grouped.indices], 1.0))
    grouped.data = grouped.data / np.maximum(total[owner], 1.0) * spread
    return grouped


def _strongest(
    columns: NDArray[Any], weights: NDArray[Any], vocabulary: Sequence[str]
) -> list[tuple[str, float]]:
    """Return the heaviest words, equal ones in their order."""
    import numpy as np

    order = np.lexsort((columns, -weights.round(9)))[:_TERMS]
    return [(vocabulary[columns[n]], round(float(weights[n]), 9)) for n in order]
