"""Groups of alike rows: average linkage for what fits, sample and assign for what does not."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Average linkage needs every pair: 2,000 rows are 2 million distances, 16 MB, half a second.
LARGEST: Final = 2000
# Strongest terms kept of a centroid: the rest are chance, and the product stays sparse.
_CENTROID_TERMS: Final = 48
_MOST_ROUNDS: Final = 12
_CHUNK: Final = 4000  # rows assigned at a time: bounds memory


def group(
    rows: csr_matrix, contents: Sequence[str], threshold: float, largest: int = LARGEST
) -> NDArray[Any]:
    """Return a label a row; rows of a group have a mean cosine of at least ``threshold``.

    Up to ``largest`` rows this is average linkage, which does not depend on their order. More are
    clustered by a sample drawn by the hash of their content; the others join the nearest group of
    the sample above the threshold; what is left over is sampled again. After the last round what
    is still left stands alone. The order of the input decides nothing in either case.
    """
    import numpy as np

    labels = np.full(rows.shape[0], -1)
    left = np.array(_content_order(contents), dtype=np.int64)
    following = 0
    for _ in range(_MOST_ROUNDS):
        sample = np.sort(left[:largest])
        own = _linkage(rows[sample], threshold)
        labels[sample] = own + following
        rest = left[largest:]
        if rest.size:
            nearest = _assign(rows, sample, own, rest, threshold)
            labels[rest[nearest >= 0]] = nearest[nearest >= 0] + following
            rest = rest[nearest < 0]
        following += int(own.max(initial=-1)) + 1
        left = rest
        if not left.size:
            return labels
    labels[left] = np.arange(following, following + left.size)
    return labels


def _content_order(contents: Sequence[str]) -> list[int]:
    digests = [blake2b(text.encode(), digest_size=8).digest() for text in contents]
    return sorted(range(len(contents)), key=lambda i: (digests[i], contents[i]))


def _linkage(rows: csr_matrix, threshold: float) -> NDArray[Any]:
    """Return average-linkage labels from 0."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if rows.shape[0] < 2:
        return np.zeros(rows.shape[0], dtype=np.int64)
    distances = 1.0 - (rows @ rows.T).toarray().astype(np.float64)
    # Rounded so that sums in another order give the same ties.
    distances = distances.round(6).clip(0.0)
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances, checks=False), "average")
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

    centroids = _centroids(rows[sample], labels).T.tocsc()
    found = []
    for start in range(0, rest.size, _CHUNK):
        likeness = (rows[rest[start : start + _CHUNK]] @ centroids).tocsr()
        best = np.asarray(likeness.argmax(axis=1)).ravel()
        top = np.asarray(likeness.max(axis=1).toarray()).ravel()
        found.append(np.where(top >= threshold, best, -1))
    return np.concatenate(found)


def _centroids(rows: csr_matrix, labels: NDArray[Any]) -> csr_matrix:
    """Return the mean row of each group, its strongest terms alone."""
    import numpy as np
    from scipy.sparse import csr_matrix

    size = np.bincount(labels)
    member = csr_matrix(
        (1.0 / size[labels], (labels, np.arange(labels.size))), shape=(size.size, labels.size)
    )
    means = (member @ rows).tocsr()
    for start, end in zip(means.indptr[:-1], means.indptr[1:], strict=True):
        own = means.data[start:end]
        if own.size > _CENTROID_TERMS:
            least = np.partition(own, -_CENTROID_TERMS)[-_CENTROID_TERMS]
            own[own < least] = 0.0
    means.eliminate_zeros()
    found: csr_matrix = means
    return found
