"""What is new, grown and gone in a digest since the last one that was issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from consult.domain.consultation import Plan
from consult.domain.digest import SectionDigest, ThemeLine
from consult.domain.issue import Issue
from consult.domain.since import GoneLine, Novelty, Since
from consult.domain.terms import CODES
from consult.services.plan_order import label_and_title, ordered_codes

_Places = Mapping[int, tuple[int, str]]


def compared(
    sections: Sequence[SectionDigest],
    issue: Issue,
    before: _Places,
    labels: Mapping[int, str],
    plan: Plan,
    timezone: str,
) -> tuple[tuple[SectionDigest, ...], Since]:
    """Mark the asks and say what changed.

    ``before`` tells theme and section of every comment of the issued digest, ``labels`` name the
    themes that there still are, also merged ones.
    """
    marked = tuple(
        replace(section, themes=tuple(_marked(line, before) for line in section.themes))
        for section in sections
    )
    now = {n: line for section in sections for line in section.themes for n in line.numbers}
    lines = _gone(before, now, labels, plan)
    since = Since(
        number=issue.number,
        at=issue.at.astimezone(ZoneInfo(timezone)),
        run=issue.run,
        comments=issue.comments,
        added=tuple(sorted(now.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - now.keys())),
        lines=lines,
    )
    return marked, since


def _marked(line: ThemeLine, before: _Places) -> ThemeLine:
    fresh = sum(number not in before for number in line.numbers)
    return replace(line, novelty=_novelty(line, fresh, before), fresh=fresh)


def _novelty(line: ThemeLine, fresh: int, before: _Places) -> Novelty:
    if fresh == len(line.numbers):
        return Novelty.NEW
    known = {before[number][0] for number in line.numbers if number in before}
    if line.theme not in known and not (line.theme == 0 and known == {0}):
        return Novelty.REGROUPED
    return Novelty.GROWN if fresh else Novelty.SAME


def _gone(
    before: _Places, now: Mapping[int, ThemeLine], labels: Mapping[int, str], plan: Plan
) -> tuple[GoneLine, ...]:
    """Return the asks of the issued digest that are no lines any more, in the plan's order."""
    groups: dict[tuple[int, int], list[int]] = {}
    for number, (theme, _) in sorted(before.items()):
        groups.setdefault((theme, 0 if theme else number), []).append(number)
    left = {line.theme for line in now.values() if line.theme}
    order = {code: place for place, code in enumerate(ordered_codes(plan))}
    found = []
    for (theme, single), numbers in groups.items():
        if theme in left or (single and single in now):
            continue
        code = before[numbers[0]][1]
        standing = tuple(number for number in numbers if number in now)
        line = GoneLine(
            section=code,
            place=CODES.get(code) or label_and_title(plan, code)[0] or code,
            label=labels.get(theme, ""),
            numbers=tuple(numbers),
            standing=standing,
            into=_into(standing, now),
        )
        found.append((order.get(code, len(order)), numbers[0], line))
    return tuple(line for _, _, line in sorted(found, key=lambda item: item[:2]))


def _into(standing: Sequence[int], now: Mapping[int, ThemeLine]) -> str:
    counted = Counter(now[number].label for number in standing)
    return min(counted, key=lambda label: (-counted[label], label)) if counted else ""
