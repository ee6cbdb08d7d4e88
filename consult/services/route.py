"""Route matters to other offices and take their answers back: every row is accounted for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from consult.domain.decision import Decision
from consult.domain.errors import InputRefused, NotFound
from consult.domain.terms import DISPOSITIONS
from consult.domain.together import Reply, SheetReport, SheetRow
from consult.domain.triage import Disposition
from consult.export.referral_sheet import ReferredMatter, referral_sheet
from consult.services.office import Office
from consult.services.rulings import LIMITS
from consult.store import comments, consultations, decisions, events, themes, together

_SHOWN = 20  # texts of a theme that a row quotes; the rest is counted
_BY_WORD = {word: item for item, word in DISPOSITIONS.items()}


@dataclass(frozen=True, slots=True)
class Route:
    """An office that matters were handed on to: how many, and how many it has answered."""

    office: str
    matters: int
    replied: int


def routes(office: Office, *, slug: str) -> tuple[Route, ...]:
    """Return the offices by name."""
    identifier, _ = consultations.find(office.store.db, slug)
    replied = together.replies(office.store.db, identifier)
    found: dict[str, list[bool]] = {}
    for decision in _forwarded(office, identifier):
        reply = replied.get(decision.target.subject)
        name = decision.ruling.office
        found.setdefault(name, []).append(reply is not None and reply.office == name)
    return tuple(Route(name, len(all_), sum(all_)) for name, all_ in sorted(found.items()))


def reply_to(office: Office, *, slug: str, subject: str) -> Reply | None:
    """Return what another office answered about a matter, or None."""
    identifier, _ = consultations.find(office.store.db, slug)
    return together.replies(office.store.db, identifier).get(subject)


def sheet_for(office: Office, *, slug: str, to: str, due: date | None) -> bytes:
    """Return the sheet for an office, with what it has answered so far.

    Raises ``NotFound("route.none")`` when nothing was handed on to it.
    """
    db = office.store.db
    with office.store.read():
        identifier, consultation = consultations.find(db, slug)
        found = [d for d in _forwarded(office, identifier) if d.ruling.office == to]
        if not found:
            raise NotFound("route.none", office=to)
        replied = together.replies(db, identifier)
        return referral_sheet(
            [_matter(office, identifier, d, replied.get(d.target.subject)) for d in found],
            title=consultation.title, to=to, due=due, head=events.head(db),
        )  # fmt: skip


def take_sheet(
    office: Office, *, slug: str, to: str, rows: tuple[SheetRow, ...], source: str, actor: str
) -> SheetReport:
    """Keep the answers of an office; read again, the same sheet changes nothing.

    Raises ``NotFound("route.none")`` when nothing was handed on to it.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        known = {d.target.subject for d in _forwarded(office, identifier) if d.ruling.office == to}
        if not known:
            raise NotFound("route.none", office=to)
        before = together.replies(db, identifier)
        counted = {"taken": 0, "same": 0, "empty": 0, "twice": 0}
        refused, seen = [], set[str]()
        for row in rows:
            try:
                reply = _reply(row, to, known, actor)
            except InputRefused as error:
                refused.append((row.row, error.code, str(error.values.get("detail", ""))))
                continue
            fate = _fate(reply, before, seen)
            counted[fate] += 1
            if reply is not None:
                seen.add(reply.subject)
            if fate == "taken" and reply is not None:
                together.add_reply(db, identifier, reply, now=office.clock())
        waiting = len(known - together.replies(db, identifier).keys())
        report = SheetReport(len(rows), **counted, refused=tuple(refused), waiting=waiting)
        events.add(
            db, at=office.clock(), actor=actor, verb="replies-taken",
            subject=f"consultation:{slug}", after={"office": to, "source": source, **counted,
            "rows": len(rows), "refused": len(refused), "waiting": waiting},
            consultation=identifier,
        )  # fmt: skip
    return report


def _forwarded(office: Office, consultation: int) -> list[Decision]:
    found = decisions.every(office.store.db, consultation, approved=False)
    return [d for d in found if d.ruling.disposition is Disposition.FORWARDED and d.covers]


def _fate(reply: Reply | None, before: dict[str, Reply], seen: set[str]) -> str:
    if reply is None:
        return "empty"
    if reply.subject in seen:
        return "twice"
    old = before.get(reply.subject)
    same = old is not None and replace(old, actor="", at=None) == replace(reply, actor="")
    return "same" if same else "taken"


def _reply(row: SheetRow, to: str, known: set[str], actor: str) -> Reply | None:
    """Return what a row answers, None when it answers nothing; raises ``InputRefused``."""
    if not (row.disposition or row.reason or row.answer):
        if row.subject not in known:
            raise InputRefused("route.unknown", detail=row.subject[:40])
        return None
    if row.subject not in known:
        raise InputRefused("route.unknown", detail=row.subject[:40])
    if row.disposition and row.disposition not in _BY_WORD:
        raise InputRefused("route.disposition", detail=row.disposition[:40])
    for name in ("reason", "answer"):
        if len(getattr(row, name)) > LIMITS[name]:
            raise InputRefused("route.long", detail=str(LIMITS[name]))
    chosen = _BY_WORD.get(row.disposition)
    return Reply(row.subject, to, chosen, row.reason, row.answer, actor)


def _matter(
    office: Office, consultation: int, decision: Decision, reply: Reply | None
) -> ReferredMatter:
    db = office.store.db
    members = comments.by_numbers(db, consultation, decision.covers[:_SHOWN])
    plan = consultations.plan(db, consultation)
    label = themes.labels(db, {decision.target.theme}).get(decision.target.theme, "")
    texts = [label] if label else []
    texts += dict.fromkeys(comment.text for comment in members)
    if len(decision.covers) > _SHOWN:
        texts.append(f"（共 {len(decision.covers)} 条，只列前 {_SHOWN} 条）")
    section = plan.find(members[0].section) if members else None
    return ReferredMatter(
        subject=decision.target.subject,
        section=f"{plan.label(section.code)}{section.title}" if section else "",
        words="\n".join(texts),
        comments=len(decision.covers),
        why=decision.ruling.reason,
        disposition=DISPOSITIONS[reply.disposition] if reply and reply.disposition else "",
        reason=reply.reason if reply else "",
        answer=reply.answer if reply else "",
    )
