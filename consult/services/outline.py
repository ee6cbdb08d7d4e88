"""The outline (章节目录) of a plan that is prepared: codes, printed numbers and titles, as read.

What a file's headings were read as is proposed; staff correct it before anything is published. The
codes make the tree: ``2.1`` stands below ``2``, in the order of the codes. Texts, summaries, words
and example sentences go with their section.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from consult.domain.consultation import Plan, Section, Stage
from consult.domain.errors import Conflict, InputRefused
from consult.domain.text import single_line
from consult.services.office import Office
from consult.services.plan_versions import carried
from consult.store import consultations, events

_CODE: Final = re.compile(r"[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,4}")
_MAX_TITLE: Final = 200
_MAX_NUMBER: Final = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A node as it is to be: the code it has now, the one it gets, printed number and title."""

    before: str
    code: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Reshaping:
    """What a new outline changes: the nodes that differ, before and after, and what goes along.

    ``words`` and ``exemplars`` count what is filed under another code from then on.
    """

    lines: tuple[tuple[str, str], ...]
    words: int
    exemplars: int


def outline(plan: Plan) -> tuple[Line, ...]:
    """Return the nodes as they are, in the order of the plan."""
    return tuple(Line(n.code, n.code, n.number, n.title) for n in plan.walk())


def reshaped(plan: Plan, lines: Sequence[Line]) -> Plan:
    """Return the plan with another outline.

    Raises ``InputRefused`` naming the field (``code-3.2``, ``title-3.2``): ``outline.code``,
    ``outline.twice``, ``outline.parent``, ``prepare.blank``, ``line.too-long``.
    """
    known = {node.code: node for node in plan.walk()}
    nodes: dict[str, Section] = {}
    for line in lines:
        if line.before not in known:
            raise InputRefused("version.code", field="send", section=line.before[:40])
        node = _node(known.pop(line.before), line)
        if node.code in nodes:
            raise InputRefused("outline.twice", field=f"code-{line.before}", code=node.code)
        nodes[node.code] = node
    if known:  # a line for every node: nothing of the text is lost
        raise InputRefused("version.code", field="send", section=min(known))
    by_code = {line.code: line.before for line in lines}
    for code in nodes:
        above = code.rpartition(".")[0]
        if above and above not in nodes:
            raise InputRefused("outline.parent", field=f"code-{by_code[code]}", code=code,
                               above=above)  # fmt: skip
    codes = {line.before: line.code for line in lines}
    indicators = tuple(replace(i, section=codes.get(i.section, i.section)) for i in plan.indicators)
    return replace(plan, chapters=_below("", nodes), indicators=indicators)


def reshaping(office: Office, *, slug: str, lines: Sequence[Line]) -> Reshaping:
    """Return what an outline would change; raises as ``reshaped``."""
    identifier, _ = consultations.find(office.store.db, slug)
    plan = consultations.plan(office.store.db, identifier)
    knowledge = consultations.knowledge(office.store.db, identifier)
    new = reshaped(plan, lines)
    pairs = []
    for line in lines:
        old, now = plan.find(line.before), new.find(line.code)
        if old is not None and now is not None:
            pairs.append((f"{old.code} {old.heading}", f"{now.code} {now.heading}"))
    moved = {line.before for line in lines if line.before != line.code}
    sections = knowledge.lexicon.sections
    return Reshaping(
        lines=tuple(pair for pair in pairs if pair[0] != pair[1]),
        words=sum(len(sections[c].terms) + len(sections[c].everyday) for c in moved & {*sections}),
        exemplars=sum(e.section in moved for e in knowledge.exemplars),
    )


def save_outline(
    office: Office, *, slug: str, lines: Sequence[Line], seen: int, actor: str
) -> None:
    """Store another outline as a new version of the plan, while it is prepared.

    ``seen`` is the version that was shown. Raises ``Conflict``: ``prepare.published``,
    ``version.changed``; ``InputRefused`` as ``reshaped``.
    """
    with office.store.write() as db:
        identifier, known = consultations.find(db, slug)
        if known.stage is not Stage.PREPARING:
            raise Conflict("prepare.published")
        if known.version != seen:
            raise Conflict("version.changed")
        plan = reshaped(consultations.plan(db, identifier), lines)
        codes = {line.before: line.code for line in lines}
        version = known.version + 1
        knowledge = carried(consultations.knowledge(db, identifier), codes, version)
        consultations.change(db, replace(known, version=version), knowledge)
        source, sha256 = consultations.source(db, identifier)
        consultations.add_plan(
            db, identifier, plan, version=version, source=source, sha256=sha256,
            now=office.clock(),
        )  # fmt: skip
        events.add(
            db, at=office.clock(), actor=actor, verb="outline-changed",
            subject=f"consultation:{slug}", before={"version": known.version},
            after={"version": version, "codes": {a: b for a, b in codes.items() if a != b}},
            consultation=identifier,
        )  # fmt: skip


def _node(node: Section, line: Line) -> Section:
    title, number = single_line(line.title), single_line(line.number)
    if not _CODE.fullmatch(line.code):
        raise InputRefused("outline.code", field=f"code-{line.before}", code=line.code[:40])
    if not title:
        raise InputRefused("prepare.blank", field=f"title-{line.before}")
    for name, text, most in (("title", title, _MAX_TITLE), ("number", number, _MAX_NUMBER)):
        if len(text) > most:
            raise InputRefused("line.too-long", field=f"{name}-{line.before}", length=len(text),
                               limit=most)  # fmt: skip
    return replace(node, code=line.code, number=number, title=title, sections=())


def _below(above: str, nodes: Mapping[str, Section]) -> tuple[Section, ...]:
    mine = [code for code in nodes if code.rpartition(".")[0] == above]
    ordered = sorted(mine, key=lambda code: int(code.rpartition(".")[2]))
    return tuple(replace(nodes[code], sections=_below(code, nodes)) for code in ordered)
