"""The figures and indicators that a section's comments want changed, kept or explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from consult.analysis.normalise import align, fold
from consult.analysis.normalise_batch import aligned, folded
from consult.analysis.summarise import shortened
from consult.analysis.voices import Wanted
from consult.domain.aim import Aim, Direction
from consult.domain.asked import DirectionLine, FigureLine
from consult.domain.comment import Comment
from consult.domain.consultation import Plan
from consult.domain.lexicon import FigureWords, Lexicon
from consult.services.digest_counts import People, once, weight

_Aims = Sequence[tuple[Aim, Comment]]
_LONGEST: Final = 40  # characters of the words that stand for a figure without a name
# 60, 60天, 300: too common to tell what is meant; 300家 in the section that says so is not.
_BARE: Final = re.compile(r"[0-9]{1,2}[^0-9.%]?|[0-9]+")
_TELLING: Final = 4  # characters of a subject that may be a part of one indicator's name
# Words that name no target by themselves: what one comment calls 指标 is not that of another.
_ANY: Final = re.compile(
    r"(?:的|这个|该|本|上述|发展)*(?:指标|目标|比例|数字|数据|数量|标准|年龄|门槛|范围)"
)
_TO_BE_ADDED: Final = re.compile(r"增[加设列]|补充|列入|纳入|加[上入]")
_BY: Final = re.compile(r"(?:[上下]调|提高|调[高低]|降低?|增加?|减少?|再加|[多少])\s*$")
_DATE: Final = re.compile(r"[月日]$")
_CHANGED: Final = (Direction.RAISE, Direction.LOWER)
_DIRECTIONS: Final = tuple(Direction)


class Target(NamedTuple):
    """What an aim is about: the key it is grouped by, an indicator's number, the printed name."""

    key: tuple[str, ...]
    number: int = 0
    name: str = ""
    known: bool = True

    def wanted(self, aim: Aim) -> Wanted | None:
        """Return the target of the plan that an aim is about, its direction and the figure wanted.

        None where it is about anything else.
        """
        if not self.known:
            return None
        return "/".join(self.key), aim.direction.value, fold(aim.asked)


Targets = Mapping[int, Sequence[Target]]  # by comment number, one an aim


class _Asked(NamedTuple):
    """What tells the target of an aim: its words, and the whole text where they do not."""

    section: str
    subject: str
    asked: str
    sentence: str
    around: str


class _Forms(NamedTuple):
    """The forms in which an aim is read."""

    subject: str  # folded
    said: str  # the sentence, folded
    sentence: str  # aligned
    around: str  # aligned


class FigureGrouper:
    """Groups aims by what they are about, under the names that the plan prints."""

    def __init__(self, plan: Plan, lexicon: Lexicon) -> None:
        printed = {item.number: item.name for item in plan.indicators}
        self._names = {
            fold(name): Target((fold(name),), number, name) for number, name in printed.items()
        }
        self._cited: dict[str, list[tuple[str, Target]]] = {}
        for words in lexicon.figures:
            self._add(words, printed)
        self._names.pop("", None)
        # Most sentences hold no name and no figure: one search tells, where each had its own.
        self._any_name = re.compile("|".join(map(re.escape, self._names)) or "(?!)")
        self._every_name = "\n".join(self._names)
        self._figures = {code: _Figures(own) for code, own in self._cited.items()}

    def targets(self, members: Iterable[Comment]) -> Targets:
        """Return what the aims of comments are about: copies of a letter aim alike.

        The words of all of them are brought into their forms together, which takes a fifth of the
        time.
        """
        aiming = [comment for comment in members if comment.aims]
        asked = [[_asked(aim, comment) for aim in comment.aims] for comment in aiming]
        every = [*dict.fromkeys(one for own in asked for one in own)]
        forms = map(
            _Forms,
            folded([one.subject for one in every]),
            folded([one.sentence for one in every]),
            aligned([one.sentence for one in every]),
            aligned([one.around for one in every]),
        )
        found = {one: self._target(one, own) for one, own in zip(every, forms, strict=True)}
        return {
            comment.number: [found[one] for one in own]
            for comment, own in zip(aiming, asked, strict=True)
        }

    def read(
        self, members: Iterable[Comment], targets: Targets, people: People
    ) -> tuple[FigureLine, ...]:
        """Return a line a target, the one that most texts speak of first."""
        groups: dict[tuple[str, ...], list[tuple[Aim, Comment]]] = {}
        named: dict[tuple[str, ...], Target] = {}
        for comment in members:
            before = None  # what it spoke of last
            for aim, about in zip(comment.aims, targets[comment.number], strict=True):
                target = before if before and not about.known and _vague(aim) else about
                before = target
                if target.known or _of_figures(aim, comment):
                    named.setdefault(target.key, target)
                    groups.setdefault(target.key, []).append((aim, comment))
        lines = []
        for key, own in groups.items():
            whole = once(comment for _, comment in own)
            target = named[key]
            ways, words = _ways(own, people), _words(*own[0])
            line = FigureLine(target.name, target.number, ways, words, target.known)
            lines.append((weight(people.counts(whole), [c.number for c in whole]), line))
        return tuple(line for _, line in sorted(lines, key=lambda item: item[0]))

    def _add(self, words: FigureWords, printed: Mapping[int, str]) -> None:
        """Learn how people name a figure of the plan and how they write it."""
        # Another target than an indicator is known by its figure first: 300名, 技术经纪人300名.
        name = printed.get(words.number) or max(words.names, key=len, default="")
        if not name:
            return
        target = Target((fold(name),), words.number, name)
        if words.number:
            for alias in words.names:
                self._names.setdefault(fold(alias), target)
        for figure in words.figures or words.names[:1]:
            if not _BARE.fullmatch(align(figure)):
                self._cited.setdefault(words.section, []).append((align(figure), target))

    def _target(self, asked: _Asked, own: _Forms) -> Target:
        """Return what an aim is about: named, else by the figure cited, else in its own words."""
        found = None
        if own.subject not in own.said or self._any_name.search(own.said):
            found = self._named(own.subject) or self._named(own.said)
        figures = self._figures.get(asked.section)
        found = (
            found
            or (figures.cited(own.sentence, asked.asked) if figures else None)
            or self._part(own.subject)
            or (figures.cited(own.around, asked.asked) if figures and asked.around else None)
        )
        if found:
            return found
        key = (own.said, fold(asked.asked)) if asked.around else (own.subject,)
        return Target(key, 0, asked.subject, known=False)

    def _named(self, folded: str) -> Target | None:
        named = [name for name in self._names if name in folded]
        if not named:
            return None
        return self._names[max(named, key=lambda name: (len(name), name))]

    def _part(self, folded: str) -> Target | None:
        """Return the only indicator whose name holds the subject: 高新企业 in 高新企业数."""
        if len(folded) < _TELLING or folded not in self._every_name:
            return None
        found = {target.key: target for name, target in self._names.items() if folded in name}
        return next(iter(found.values())) if len(found) == 1 else None


class _Figures:
    """The figures of a section as the plan writes them, each with what it belongs to."""

    def __init__(self, figures: Sequence[tuple[str, Target]]) -> None:
        self._each = [(words, _whole(re.escape(words)), target) for words, target in figures]

    def cited(self, words: str, asked: str) -> Target | None:
        """Return what the first figure belongs to that aligned words cite and do not ask for."""
        for figure, pattern, target in self._each:
            # Most hold none, which ``in`` tells ten times faster than a pattern.
            if figure in words and pattern.search(words):
                wanted = align(asked)
                if not (wanted and pattern.search(wanted)):
                    return target
        return None


def _asked(aim: Aim, comment: Comment) -> _Asked:
    around = comment.text if _vague(aim) else ""
    sentence = comment.text[aim.start : aim.end]
    return _Asked(comment.section, aim.subject, aim.asked, sentence, around)


def _whole(figure: str) -> re.Pattern[str]:
    """Return what finds a figure that is no part of another."""
    return re.compile(rf"(?<![0-9.])(?:{figure})(?![0-9.])")


def _vague(aim: Aim) -> bool:
    """Tell whether an aim does not say by itself what it is about."""
    return not aim.subject or _ANY.fullmatch(aim.subject) is not None


def _of_figures(aim: Aim, comment: Comment) -> bool:
    """Tell whether an aim without a target of the plan is about a figure all the same.

    It gives a figure, or wants one added by name; words that the comment itself wants in the draft
    are no aim, since an amendment tells them.
    """
    if comment.amendments and any(
        one.new and one.start < aim.end and aim.start < one.end for one in comment.amendments
    ):
        return False
    if aim.direction in _CHANGED:
        return bool(aim.asked and not _DATE.search(aim.asked)) or bool(
            aim.before and not _vague(aim)
        )
    if aim.direction is not Direction.ADD or _vague(aim):  # one without a subject is vague
        return False
    said = comment.text[aim.start : aim.end].partition(aim.subject)[0]
    return _TO_BE_ADDED.search(align(said)) is not None


def _words(aim: Aim, comment: Comment) -> str:
    return shortened(comment.text[aim.start : aim.end].strip(), _LONGEST)


def _change(aim: Aim, comment: Comment) -> tuple[str, str]:
    """Return the figures from which and to which; 往上调五十家 says how much, not what stands."""
    if aim.before and not aim.asked:
        lead = comment.text[aim.start : aim.end].partition(aim.before)[0]
        if _BY.search(lead):
            return "", aim.before
    return aim.before, aim.asked


def _ways(own: _Aims, people: People) -> tuple[DirectionLine, ...]:
    lines = []
    by_direction: dict[Direction, list[tuple[Aim, Comment]]] = {}
    for pair in own:
        by_direction.setdefault(pair[0].direction, []).append(pair)
    for direction in _DIRECTIONS:
        if mine := by_direction.get(direction):
            members = once(comment for _, comment in mine)
            told = [pair for pair in mine if pair[0].asked or direction in _CHANGED]
            changes = dict.fromkeys(_change(aim, comment) for aim, comment in told)
            lines.append(
                DirectionLine(
                    direction=direction,
                    changes=tuple(change for change in changes if any(change)),
                    counts=people.counts(members),
                    numbers=tuple(comment.number for comment in members),
                )
            )
    return tuple(lines)
