"""Groups of alike rows: average linkage for what fits, sample and assign for what does not."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from consult.analysis.themes_likeness import LARGEST, Likeness, product

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Strongest terms kept of a centroid: the rest are chance, and the product stays sparse.
_CENTROID_TERMS: Final = 48
# Samples drawn by hash; what none of them has drawn in is compared with its neighbours by term.
_ROUNDS: Final = 4
_CHUNK: Final = 4000  # rows assigned at a time: bounds memory


def group(
    likeness: Likeness, order: NDArray[Any], threshold: float, largest: int = LARGEST
) -> NDArray[Any]:
    """Return a label a row; rows of a group have a mean cosine of at least ``threshold``.

    Average linkage needs every pair: 1,000 rows are half a million distances, a tenth of a second.
    Up to ``largest`` rows it is all there is, and does not depend on their order. More are
    clustered by samples drawn by the hash of their content, each drawing in the rows near to its
    groups; what is left over is clustered block by block in the order of its strongest terms;
    groups whose rows have a mean cosine above the threshold are put together in the end. Given
    their ``content_order``, the order of the input decides nothing in either case.
    """
    import numpy as np

    rows = likeness.rows
    if order.size <= largest:
        found = np.empty(order.size, dtype=np.int64)
        found[order] = _linkage(likeness.among(order), threshold)
        return found
    labels = np.full(order.size, -1)
    left, following = order, 0
    for _ in range(_ROUNDS):
        sample, rest = left[:largest], left[largest:]
        own = _linkage(product(rows[sample]), threshold)
        labels[sample] = own + following
        drawn = _assign(rows, sample, own, rest, threshold)
        labels[rest[drawn >= 0]] = drawn[drawn >= 0] + following
        following += int(own.max(initial=-1)) + 1
        left = rest[drawn < 0]
        if not left.size:
            break
    left = _by_strongest_term(rows, left)
    for start in range(0, left.size, largest):
        block = left[start : start + largest]
        own = _linkage(product(rows[block]), threshold)
        labels[block] = own + following
        following += int(own.max(initial=-1)) + 1
    return _merged(rows, labels, threshold)


def content_order(contents: Sequence[str], digests: NDArray[Any]) -> NDArray[Any]:
    """Return the places of texts in an order that looks like chance and depends on texts alone."""
    import numpy as np

    order = np.argsort(digests, kind="stable")
    again = np.flatnonzero(np.diff(digests[order]) == 0)
    alike = zip(order[again].tolist(), order[again + 1].tolist(), strict=True)
    if all(contents[one] == contents[other] for one, other in alike):
        return order
    # Two texts with one digest: as likely as being struck by lightning, yet their order counts.
    return np.array(sorted(range(len(contents)), key=lambda i: (digests[i], contents[i])))


def digests_of(contents: Sequence[str]) -> NDArray[Any]:
    """Return a number of 64 bits for each text by which to order them."""
    import numpy as np

    coded = [text.encode("utf-8", "surrogatepass") for text in contents]
    every = b"".join([blake2b(text, digest_size=8).digest() for text in coded])
    return np.frombuffer(every, dtype=">u8").astype(np.uint64)


def _linkage(likeness: NDArray[Any], threshold: float) -> NDArray[Any]:
    """Return average-linkage labels from 0; ties are decided by the order of rows given."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if likeness.shape[0] < 2:
        return np.zeros(likeness.shape[0], dtype=np.int64)
    distances = 1.0 - squareform(likeness, checks=False).astype(np.float64)
    # Rounded so that sums in another order give the same ties.
    tree = linkage(distances.round(6).clip(0.0), "average")
    labels: NDArray[Any] = fcluster(tree, 1.0 - threshold, "distance") - 1
    return labels


def _assign(
    rows: csr_matrix,
    sample: NDArray[Any],
    labels: NDArray[Any],
    rest: NDArray[Any],
    threshold: float,
) -> NDArray[Any]:
    """Return the group of the sample nearest to each other row, -1 below the threshold."""
    import numpy as np

    centroids = means(rows[sample], labels).T.tocsr()
    found = [np.zeros(0, dtype=np.int64)]
    for start in range(0, rest.size, _CHUNK):
        likeness = (rows[rest[start : start + _CHUNK]] @ centroids).tocsr()
        best, top = _nearest(likeness)
        found.append(np.where(top >= threshold, best, -1))
    return np.concatenate(found)


def _nearest(likeness: csr_matrix) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the column of each row's highest value and the value; the first of equal ones."""
    import numpy as np

    likeness.sort_indices()
    size = likeness.shape[0]
    best, top = np.full(size, -1), np.zeros(size)
    filled = np.flatnonzero(np.diff(likeness.indptr))
    data = likeness.data.astype(np.float64).round(6)
    top[filled] = np.maximum.reduceat(data, likeness.indptr[filled]) if filled.size else 0.0
    owner = np.repeat(np.arange(size), np.diff(likeness.indptr))
    highest = np.flatnonzero(data >= top[owner])[::-1]
    best[owner[highest]] = likeness.indices[highest]
    return best, top


def means(rows: csr_matrix, labels: NDArray[Any]) -> csr_matrix:
    """Return the mean row of each group (labels from 0), its strongest terms alone.

    The product of two means is the mean cosine of the two groups' rows, short of weak terms.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    size = np.bincount(labels)
    member = csr_matrix(
        (1.0 / size[labels], (labels, np.arange(labels.size))), shape=(size.size, labels.size)
    )
    found: csr_matrix = (member @ rows).tocsr()
    for start, end in zip(found.indptr[:-1], found.indptr[1:], strict=True):
        own = found.data[start:end]
        if own.size > _CENTROID_TERMS:
            least = np.partition(own, -_CENTROID_TERMS)[-_CENTROID_TERMS]
            own[own < least] = 0.0
    found.eliminate_zeros()
    return found


def _by_strongest_term(rows: csr_matrix, left: NDArray[Any]) -> NDArray[Any]:
    """Return rows in the order of their strongest terms, so that blocks hold alike ones."""
    import numpy as np

    best, _ = _nearest(rows[left])
    return left[np.argsort(best, kind="stable")]


def _merged(rows: csr_matrix, labels: NDArray[Any], threshold: float) -> NDArray[Any]:
    """Put each group into the likest larger one that stands by itself, from the threshold on."""
    import numpy as np

    size = np.bincount(labels)
    several = np.flatnonzero(size > 1)
    by_size = several[np.argsort(-size[several], kind="stable")]
    place = np.full(size.size, -1)
    place[by_size] = np.arange(by_size.size)
    chosen = np.flatnonzero(place[labels] >= 0)
    centroids = means(rows[chosen], place[labels[chosen]])
    target = np.arange(by_size.size)
    for start in range(0, by_size.size, _CHUNK):
        likeness = (centroids[start : start + _CHUNK] @ centroids.T).tocsr()
        for row in range(likeness.shape[0]):
            own = slice(likeness.indptr[row], likeness.indptr[row + 1])
            columns, values = likeness.indices[own], likeness.data[own].round(6)
            fit = (columns < start + row) & (values >= threshold)
            fit &= target[columns] == columns
            if fit.any():
                target[start + row] = columns[fit][np.lexsort((columns[fit], -values[fit]))[0]]
    into = np.arange(size.size)
    into[by_size] = by_size[target]
    _, found = np.unique(into[labels], return_inverse=True)
    return found
