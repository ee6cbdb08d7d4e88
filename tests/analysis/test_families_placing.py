"""Texts join families many at a time: as if each came after the other, the first in rank first."""

from __future__ import annotations

import random

import numpy as np
import pytest

from consult.analysis.families_candidates import Candidates, candidates
from consult.analysis.families_distinct import Distinct, distinct
from consult.analysis.families_matcher import Matcher
from consult.analysis.families_placing import Placing
from consult.analysis.families_survey import Survey
from consult.analysis.families_texts import Texts, text_of
from consult.analysis.families_verdict import Verdict
from consult.analysis.families_verdicts import Verdicts
from tests.analysis.test_campaigns import FILES, rows


def recombined(name: str) -> list[str]:
    """Return letters and mixtures of their sentences, which are like several others."""
    choose = random.Random(7)
    letters = [line.text for line in rows(name)]
    sentences = [part for text in letters[:60] for part in text.split("。") if len(part) > 8]
    mixed = [
        "。".join(choose.sample(sentences[at : at + 12], 5)) for at in range(len(sentences) - 12)
    ]
    return [*letters, *(text for text in mixed if len(text) > 40)]


def one_by_one(texts: Texts, found: Distinct, own: Candidates) -> tuple[list[int], list[int]]:
    """Return the head of each text, and those that met their reversal only, by rank."""
    matcher, head = Matcher(), found.head.tolist()
    whole = [text_of(texts.text[number]) for number in found.number.tolist()]
    turned = []
    for at in np.argsort(own.rank).tolist():
        pairs = np.flatnonzero(own.text == at).tolist()
        near: dict[int, bool] = {}
        for pair in pairs:
            near.setdefault(head[own.head[pair]], bool(own.near[pair]))
        verdicts = {}
        for other, alike in near.items():
            verdicts[other] = matcher.compare(whole[other], whole[at], near=alike)
            if verdicts[other] is Verdict.COPY:
                head[at] = other
                break
        else:
            if Verdict.TURNED in verdicts.values():
                turned.append(at)
    return head, turned


@pytest.mark.parametrize("name", FILES)
def test_placing_many_at_a_time_is_placing_one_after_the_other(name: str):
    texts = Texts()
    found, _ = distinct(texts, texts.numbered(recombined(name)))
    survey = Survey()
    own = candidates(survey, survey.rows(texts, found.number), found.weight)
    expected = one_by_one(texts, found, own)

    turned = Placing(found, np.arange(len(found.head)), own, Verdicts((), texts)).run(1)

    assert (found.head.tolist(), turned.tolist()) == expected
    assert len(set(expected[0])) < len(expected[0]) - 100
    assert any(expected[0][own.head[at]] != own.head[at] for at in range(len(own.head)))
