"""The plain ways that several benchmarks compare with: jieba and scikit-learn as tutorials show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from consult.domain.consultation import Plan

# The cosine distance below which two comments share a theme; on 2,000 of these texts it gives about
# as many groups as the product finds, so that both do the same amount of work.
DISTANCE: Final = 0.84


def words() -> Any:
    """Return a TfidfVectorizer that cuts with jieba, its dictionary loaded."""
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    return TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, sublinear_tf=True)


def section_texts(plan: Plan) -> tuple[list[str], list[str]]:
    """Return codes and texts of the plan's sections."""
    texts = ["\n".join((node.title, node.summary, *node.paragraphs)) for node in plan.sections]
    return [node.code for node in plan.sections], texts


def nearest(vectors: Any, sections: Any, codes: Sequence[str]) -> list[str]:
    """Return the code of the section with the highest cosine, for each row of ``vectors``."""
    from sklearn.metrics.pairwise import cosine_similarity

    return [codes[place] for place in cosine_similarity(vectors, sections).argmax(axis=1)]


def clusters(vectors: Any, sections: Sequence[str]) -> list[list[int]]:
    """Cluster the rows of each section by average linkage over dense vectors."""
    from sklearn.cluster import AgglomerativeClustering

    by_section: dict[str, list[int]] = {}
    for position, section in enumerate(sections):
        by_section.setdefault(section, []).append(position)
    found: dict[tuple[str, int], list[int]] = {}
    for section, own in by_section.items():
        labels = [0]
        if len(own) > 1:
            model = AgglomerativeClustering(
                n_clusters=None, distance_threshold=DISTANCE, metric="cosine", linkage="average"
            )
            labels = model.fit_predict(vectors[own].toarray())
        for position, label in zip(own, labels, strict=True):
            found.setdefault((section, int(label)), []).append(position)
    return list(found.values())


def labelled(vectors: Any, groups: Sequence[Sequence[int]], terms: Any) -> list[tuple[int, str]]:
    """Return for each group the row nearest to its mean, and its six weightiest terms."""
    import numpy as np

    found = []
    for members in groups:
        rows = vectors[list(members)]
        mean = np.asarray(rows.mean(axis=0)).ravel()
        central = members[int(np.argmax(rows @ mean))]
        found.append((central, " ".join(terms[place] for place in np.argsort(-mean)[:6])))
    return found
