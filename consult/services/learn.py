"""Learn from staff (学习): decisions become labels where they win on comments held out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Protocol

from consult.analysis.keywords import class_keywords
from consult.analysis.normalise import fold
from consult.domain.comment import Comment
from consult.domain.lesson import Lesson, SectionLesson, Share

FEWEST = 20  # decided comments; fewer teach nothing and judge nothing
FOLDS = 5
WORDS = 6  # named of a section


class Mapper(Protocol):
    """What names the best section of each text."""

    def predict(self, texts: Sequence[str]) -> Sequence[str]: ...  # noqa: D102


Teach = Callable[[Sequence[Comment]], Mapper]
Cut = Callable[[str], list[str]]


def judge(decided: Sequence[Comment], teach: Teach) -> Lesson | None:
    """Compare the mapper with and without the decisions, each on comments it has not seen.

    ``teach`` returns a mapper that knows some decided comments. None for fewer than ``FEWEST``.
    Each distinct text counts once, and comments that copy each other (a family) are never on both
    sides: a campaign must not prove that the mapper learns. The order of input changes nothing.
    Costs ``FOLDS`` fits and two answers to each distinct text, however many comments there are.
    """
    if len(decided) < FEWEST:
        return None
    asked = _distinct(decided)
    folds = _folds(decided)
    before = _right(teach(()), asked)
    after: set[str] = set()
    for number in range(FOLDS):
        held_out = [comment for comment in asked if folds[_key(comment)] == number]
        if held_out:
            known = [comment for comment in decided if folds[_key(comment)] != number]
            after |= _right(teach(known), held_out)
    size = len(asked)
    return Lesson(
        Share(len(before), size),
        Share(len(after), size),
        used=len(after) >= len(before),
        sections=_by_section(asked, before, after),
    )


def lesson_of(
    decided: Sequence[Comment], teach: Teach, cut: Cut | None = None
) -> tuple[Lesson | None, list[Comment]]:
    """Return what was found out, and the comments to teach: all decided ones, or none.

    ``cut`` returns the words of a text; with it the lesson names the words of each section.
    """
    lesson = judge(decided, teach)
    if lesson is None:
        return None, []
    if cut is not None:
        lesson = _with_words(lesson, _distinct(decided), cut)
    return lesson, list(decided) if lesson.used else []


def _right(mapper: Mapper, comments: Sequence[Comment]) -> set[str]:
    """Return the keys of the comments that are answered as staff decided."""
    answers = mapper.predict([comment.text for comment in comments])
    pairs = zip(comments, answers, strict=True)
    return {_key(comment) for comment, answer in pairs if comment.section == answer}


def _by_section(
    asked: Sequence[Comment], before: Collection[str], after: Collection[str]
) -> tuple[SectionLesson, ...]:
    keys: dict[str, list[str]] = {}
    for comment in asked:
        keys.setdefault(comment.section, []).append(_key(comment))
    found = [
        SectionLesson(
            section, len(own), sum(k in before for k in own), sum(k in after for k in own)
        )
        for section, own in keys.items()
    ]
    return tuple(sorted(found, key=lambda s: (s.before - s.after, -s.of, s.section)))


def _with_words(lesson: Lesson, asked: Sequence[Comment], cut: Cut) -> Lesson:
    """Add the words that at least two texts of a section share and that set it apart."""
    texts: dict[str, list[list[str]]] = {item.section: [] for item in lesson.sections}
    for comment in asked:
        texts[comment.section].append(cut(comment.text))
    groups = [_repeated(texts[item.section]) for item in lesson.sections]
    words = class_keywords(groups, top=WORDS)
    pairs = zip(lesson.sections, words, strict=True)
    return replace(lesson, sections=tuple(replace(item, words=own) for item, own in pairs))


def _repeated(texts: Sequence[Sequence[str]]) -> list[list[str]]:
    spread = Counter(word for words in texts for word in set(words))
    return [[word for word in words if spread[word] > 1] for words in texts]


def _key(comment: Comment) -> str:
    return fold(comment.text)


def _distinct(decided: Sequence[Comment]) -> list[Comment]:
    """Return one comment of each text, with the section that most decisions gave it."""
    groups: dict[str, list[Comment]] = {}
    for comment in decided:
        groups.setdefault(_key(comment), []).append(comment)
    chosen = []
    for _, group in sorted(groups.items()):
        times = Counter(comment.section for comment in group)
        chosen.append(min(group, key=lambda c: (-times[c.section], c.section, c.text)))
    return chosen


def _folds(decided: Sequence[Comment]) -> dict[str, int]:
    """Return the fold of each text: by its words, or those of the first of its family."""
    first: dict[int, str] = {}
    for comment in decided:
        if comment.family is not None:
            key = _key(comment)
            first[comment.family] = min(first.get(comment.family, key), key)
    return {
        _key(comment): _number(_key(comment) if comment.family is None else first[comment.family])
        for comment in decided
    }


def _number(words: str) -> int:
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big") % FOLDS
