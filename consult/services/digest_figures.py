"""The figures and indicators that a section's comments want changed, kept or explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from consult.analysis.normalise import align, fold
from consult.analysis.summarise import shortened
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
_MOST_KNOWN: Final = 1 << 13  # aims whose targets are remembered
_CHANGED: Final = (Direction.RAISE, Direction.LOWER)


@dataclass(frozen=True, slots=True)
class _Target:
    """What an aim is about: the key it is grouped by, an indicator's number, the printed name."""

    key: tuple[str, ...]
    number: int = 0
    name: str = ""
    known: bool = True


class FigureGrouper:
    """Groups aims by what they are about, under the names that the plan prints."""

    def __init__(self, plan: Plan, lexicon: Lexicon) -> None:
        printed = {item.number: item.name for item in plan.indicators}
        self._names = {
            fold(name): _Target((fold(name),), number, name) for number, name in printed.items()
        }
        self._known: dict[tuple[str, ...], _Target] = {}
        self._cited: dict[str, list[tuple[str, _Target]]] = {}
        for words in lexicon.figures:
            self._add(words, printed)
        self._names.pop("", None)
        # Most sentences hold no name and no figure: one search tells, where each had its own.
        self._any_name, self._every_name = _one_of(self._names), "\n".join(self._names)
        self._figures = {code: _Figures(own) for code, own in self._cited.items()}

    def read(self, aims: _Aims, people: People) -> tuple[FigureLine, ...]:
        """Return a line a target, the one that most texts speak of first."""
        groups: dict[tuple[str, ...], list[tuple[Aim, Comment]]] = {}
        targets: dict[tuple[str, ...], _Target] = {}
        before: dict[int, _Target] = {}  # by comment: what it spoke of last
        for aim, comment in aims:
            target = self._about(aim, comment)
            if not target.known and _vague(aim):
                target = before.get(comment.number, target)
            before[comment.number] = target
            if not target.known and not _of_figures(aim, comment):
                continue
            targets.setdefault(target.key, target)
            groups.setdefault(target.key, []).append((aim, comment))
        lines = []
        for key, own in groups.items():
            whole = once(comment for _, comment in own)
            target = targets[key]
            ways, words = _ways(own, people), _words(*own[0])
            line = FigureLine(target.name, target.number, ways, words, target.known)
            lines.append((weight(people.counts(whole), [c.number for c in whole]), line))
        return tuple(line for _, line in sorted(lines, key=lambda item: item[0]))

    def wanted(self, aim: Aim, comment: Comment) -> tuple[str, str, str] | None:
        """Return the target of the plan that an aim is about, its direction and the figure wanted.

        None where it is about anything else.
        """
        target = self._about(aim, comment)
        if not target.known:
            return None
        return "/".join(target.key), aim.direction.value, fold(aim.asked)

    def _add(self, words: FigureWords, printed: Mapping[int, str]) -> None:
        """Learn how people name a figure of the plan and how they write it."""
        # Another target than an indicator is known by its figure first: 300名, 技术经纪人300名.
        name = printed.get(words.number) or max(words.names, key=len, default="")
        if not name:
            return
        target = _Target((fold(name),), words.number, name)
        if words.number:
            for alias in words.names:
                self._names.setdefault(fold(alias), target)
        for figure in words.figures or words.names[:1]:
            if not _BARE.fullmatch(align(figure)):
                self._cited.setdefault(words.section, []).append((align(figure), target))

    def _about(self, aim: Aim, comment: Comment) -> _Target:
        """Return what an aim is about: named, else by the figure cited, else in its own words.

        Copies of a letter aim alike, and each aim is asked for twice.
        """
        vague = _vague(aim)
        sentence = comment.text[aim.start : aim.end]
        around = comment.text if vague else ""
        asked = (comment.section, aim.subject, aim.asked, sentence, around)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[asked] = found = self._target(vague, *asked)
        return found

    def _target(
        self, vague: bool, section: str, subject: str, asked: str, sentence: str, around: str
    ) -> _Target:
        folded, said = fold(subject), fold(sentence)
        found = None
        if folded not in said or self._any_name.search(said):
            found = self._named(folded) or self._named(said)
        found = (
            found
            or self._by_figure(section, sentence, asked)
            or self._part(folded)
            or (self._by_figure(section, around, asked) if vague else None)
        )
        own = (said, fold(asked)) if vague else (folded,)
        return found or _Target(own, 0, subject, known=False)

    def _named(self, folded: str) -> _Target | None:
        named = [name for name in self._names if name in folded]
        if not named:
            return None
        return self._names[max(named, key=lambda name: (len(name), name))]

    def _part(self, folded: str) -> _Target | None:
        """Return the only indicator whose name holds the subject: 高新企业 in 高新企业数."""
        if len(folded) < _TELLING or folded not in self._every_name:
            return None
        found = {target.key: target for name, target in self._names.items() if folded in name}
        return next(iter(found.values())) if len(found) == 1 else None

    def _by_figure(self, section: str, words: str, asked: str) -> _Target | None:
        """Return what the figures cited belong to in the section; the one asked for is not."""
        figures = self._figures.get(section)
        return figures.cited(words, asked) if figures else None


class _Figures:
    """The figures of a section as the plan writes them, each with what it belongs to."""

    def __init__(self, figures: Sequence[tuple[str, _Target]]) -> None:
        self._any = _whole(_one_of(aligned for aligned, _ in figures).pattern)
        self._each = [(_whole(re.escape(aligned)), target) for aligned, target in figures]

    def cited(self, words: str, asked: str) -> _Target | None:
        """Return what the first figure belongs to that words cite and do not ask for."""
        aligned = align(words)
        if not self._any.search(aligned):
            return None
        wanted = align(asked)
        return next(
            (
                target
                for pattern, target in self._each
                if pattern.search(aligned) and not (wanted and pattern.search(wanted))
            ),
            None,
        )


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


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
    if any(one.new and one.start < aim.end and aim.start < one.end for one in comment.amendments):
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
    for direction in Direction:
        mine = [(aim, comment) for aim, comment in own if aim.direction is direction]
        if mine:
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
