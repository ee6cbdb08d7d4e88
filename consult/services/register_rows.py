"""The rows of the register: one comment each, in the order of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from consult.domain.comment import Comment, Evidence, Submission
from consult.domain.consultation import Plan
from consult.domain.decision import Decision
from consult.domain.digest import Counts, RegisterRow, SectionTotal
from consult.domain.terms import CODES
from consult.domain.theme import Theme
from consult.services.explain import machine_links, why
from consult.services.place import choice_for
from consult.services.plan_order import label_and_title, ordered_codes


def register_rows(
    *,
    plan: Plan,
    comments: Sequence[Comment],
    themes: Sequence[Theme],
    submissions: Mapping[int, Submission],
    names: Mapping[int, str],
    answers: Mapping[int, Decision],
    zone: str,
) -> tuple[RegisterRow, ...]:
    """Return a row per comment; times are in the consultation's zone.

    ``answers`` are the approved decisions by comment number.
    """
    place = {code: position for position, code in enumerate(ordered_codes(plan))}
    labels = {theme.id: theme.label for theme in themes}
    families = Counter(c.family for c in comments if c.family is not None)
    rows = []
    for comment in sorted(comments, key=lambda c: (place.get(c.section, len(place)), c.number)):
        row = _row(plan, comment, submissions[comment.submission], answers.get(comment.number))
        rows.append(
            replace(
                row,
                name=names[comment.submission],
                received=row.received.astimezone(ZoneInfo(zone)),
                theme=labels.get(comment.theme or 0, ""),
                similar=families[comment.family] if comment.family is not None else 1,
            )
        )
    return tuple(rows)


def _row(
    plan: Plan, comment: Comment, sender: Submission, decision: Decision | None
) -> RegisterRow:
    """Return what a comment, its submission and its decision say by themselves."""
    label, title = label_and_title(plan, comment.section)
    first = comment.links[0] if comment.links else None
    return RegisterRow(
        number=comment.number,
        receipt=sender.number,
        section=comment.section,
        section_label=label,
        section_title=title,
        text=comment.text,
        speaker=sender.speaker,
        name="",
        channel=sender.channel,
        received=sender.received,
        late=sender.late,
        kind=comment.kind,
        theme="",
        similar=1,
        family=comment.family,
        added_to=comment.added_to,
        amendments=comment.amendments,
        aims=comment.aims,
        proposals=machine_links(comment),
        chosen=choice_for(sender, comment.start, comment.end) or sender.chosen,
        origin=first.origin if first else None,
        confidence=first.confidence if first else 0.0,
        reason=reasons(why(comment)),
        also=tuple(plan.label(link.section) for link in comment.links[1:]),
        disposition=decision.ruling.disposition.value if decision else "",
        answer=decision.words if decision else "",
    )


def section_totals(plan: Plan, counts: Mapping[str, Counts]) -> tuple[SectionTotal, ...]:
    """Return the totals of every section, and of a chapter's own code where it holds comments."""
    leaves = {section.code for section in plan.sections}
    return tuple(
        SectionTotal(code, *label_and_title(plan, code), counts.get(code, Counts()))
        for code in ordered_codes(plan)
        if code in leaves or code in counts or code in CODES
    )


# How each kind of evidence is put into words: {text} in the comment, {to} in the plan.
_MOST = 3  # reasons in one cell: the comment's own page shows all
_WORDS = {
    "citation": "引用了“{text}”",
    "title": "提到标题“{to}”",
    "quote": "引用原文“{text}”",
    "page": "提到页码“{text}”",
    "indicator": "提到指标“{to}”",
    "target": "提到目标“{to}”",
    "terms": "用词“{text}”",
    "lexicon": "“{text}”≈{to}",
    "concept": "“{text}”≈{to}",
    "general": "总体表述“{text}”",
    "offplan": "规划外事项“{text}”",
    "exemplar": "像示例说法，都提到“{text}”",
    "precedent": "像定过的意见，都提到“{text}”",
    "conflict": "所引“{text}”与内容不符",
}


def reasons(evidence: Sequence[Evidence]) -> str:
    """Put the reasons of a link into one line, the weightiest first."""
    parts = []
    for item in sorted(evidence, key=lambda e: -e.weight):
        pattern = _WORDS.get(item.kind, "“{text}”")
        parts.append(pattern.format(text=item.text, to=item.counterpart or item.text))
    return "；".join([*dict.fromkeys(parts)][:_MOST])
