"""The plain way to map, the cosine of characters to each section: what a better one must beat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consult.analysis.evaluation.gold import GoldRow
from consult.analysis.evaluation.mapping import mean
from consult.domain.consultation import GENERAL, OFFPLAN, Plan

GRAMS: Final = (2, 4)  # runs of two to four characters, as tutorials take them


def plain_codes(plan: Plan, texts: Sequence[str]) -> list[str]:
    """Return the section with the highest cosine for each text; never a code that is no section.

    Equal cosines, and texts that share nothing with the plan, go to the first section.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    sections = plan.sections
    documents = ["\n".join((node.title, node.summary, *node.paragraphs)) for node in sections]
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=GRAMS, sublinear_tf=True)
    matrix = vectorizer.fit_transform(documents)
    scores = vectorizer.transform(texts) @ matrix.T
    return [sections[int(place)].code for place in scores.toarray().argmax(axis=1)]


def evaluate_plain(rows: Sequence[GoldRow], plan: Plan) -> dict[str, float]:
    """Return its accuracy over all lines, and over those whose first code is a section."""
    answers = plain_codes(plan, [row.text for row in rows])
    hits = [code in row.sections for code, row in zip(answers, rows, strict=True)]
    beyond = (GENERAL, OFFPLAN)
    inside = [hit for hit, row in zip(hits, rows, strict=True) if row.sections[0] not in beyond]
    return {"plain_accuracy": mean(hits), "plain_section_accuracy": mean(inside)}
