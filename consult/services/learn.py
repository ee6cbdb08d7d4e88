"""Learn from staff (学习): decisions become labels where they win on comments held out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Protocol

from consult.domain.comment import Comment
from consult.domain.lesson import Lesson, Share

FEWEST = 20  # decided comments; fewer teach nothing and judge nothing
FOLDS = 5


class Mapper(Protocol):
    """What names the best section of each text."""

    def predict(self, texts: Sequence[str]) -> Sequence[str]: ...  # noqa: D102


Teach = Callable[[Sequence[Comment]], Mapper]


def judge(decided: Sequence[Comment], teach: Teach) -> Lesson | None:
    """Compare the mapper with and without the decisions, each on comments it has not seen.

    ``teach`` returns a mapper that knows some decided comments. None for fewer than ``FEWEST``.
    Comments are dealt into folds by their words, so the order of input changes nothing and equal
    texts are never on both sides.
    """
    if len(decided) < FEWEST:
        return None
    before = _right(teach(()), decided)
    after = 0
    for number in range(FOLDS):
        held_out = [comment for comment in decided if _fold(comment) == number]
        if held_out:
            known = [comment for comment in decided if _fold(comment) != number]
            after += _right(teach(known), held_out)
    size = len(decided)
    return Lesson(Share(before, size), Share(after, size), used=after >= before)


def _right(mapper: Mapper, comments: Sequence[Comment]) -> int:
    answers = mapper.predict([comment.text for comment in comments])
    pairs = zip(comments, answers, strict=True)
    return sum(comment.section == answer for comment, answer in pairs)


def _fold(comment: Comment) -> int:
    return int.from_bytes(sha256(comment.text.encode()).digest()[:4], "big") % FOLDS
