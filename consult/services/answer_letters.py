"""Put together what each submitter is told (答复信): only approved answers, nothing revealed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from consult.domain.answer_letter import (
    AnsweredComment,
    AnswerLetter,
    Letterhead,
    LetterState,
    Reach,
)
from consult.domain.comment import Comment
from consult.domain.consultation import Plan
from consult.domain.decision import Decision
from consult.domain.errors import NotFound
from consult.domain.message import address_in
from consult.export.phrases import full_heading
from consult.services import vault
from consult.services.masthead import masthead
from consult.services.office import Office
from consult.services.plan_order import label_and_title
from consult.store import comments, consultations, decisions, letters, submissions
from consult.store.submissions import StoredSubmission


@dataclass(frozen=True, slots=True)
class LetterBook:
    """All letters there are to write, and which of them are due.

    ``due`` go by e-mail now; ``partly`` would, but some of their comments have no answer yet;
    ``paper`` are for those whom no e-mail reaches. ``tally`` counts the log by state.
    """

    due: tuple[AnswerLetter, ...]
    partly: tuple[AnswerLetter, ...]
    paper: tuple[AnswerLetter, ...]
    unanswered: int
    tally: Mapping[LetterState, int]


def letter_book(office: Office, *, slug: str) -> LetterBook:
    """Return the letters of a consultation, in the order their submitters first wrote."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        told = letters.settled(db, identifier)
        failed = letters.failed(db, identifier)
        due: list[AnswerLetter] = []
        partly: list[AnswerLetter] = []
        paper: list[AnswerLetter] = []
        unanswered = 0
        for letter in _every(office, identifier):
            if not letter.items:
                unanswered += 1
                continue
            if letter.reach is not Reach.EMAIL or set(letter.submissions) & failed:
                paper.append(letter)
                continue
            known = set().union(*(told.get(item, set()) for item in letter.submissions))
            fresh = _only(letter, letter.covers - known)
            if fresh.items:
                (partly if fresh.waiting else due).append(fresh)
        return LetterBook(
            tuple(due), tuple(partly), tuple(paper), unanswered, letters.tally(db, identifier)
        )


def letter_of(
    office: Office, *, slug: str, own: Sequence[int], covers: Collection[tuple[int, int]] = ()
) -> AnswerLetter:
    """Return the letter about these submissions, or what of it is in ``covers`` as it stands now.

    Raises ``NotFound("submission.unknown")`` when none of them is listed any more.
    """
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        stored = [submissions.by_id(db, item) for item in own]
        stored = [item for item in stored if item.value.state == "active"]
        if not stored:
            raise NotFound("submission.unknown", id=own[0] if own else 0)
        said = {item.value.id: comments.of_submission(db, item.value.id) for item in stored}
        numbers = [comment.number for found in said.values() for comment in found]
        answers = decisions.about(db, numbers)
        letter = _letter(office, consultations.plan(db, identifier), stored, said, answers)
    return _only(letter, letter.covers & set(covers)) if covers else letter


def group_of(office: Office, *, slug: str, receipt: str) -> AnswerLetter:
    """Return the letter to whoever holds a receipt; raises ``NotFound``."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        found = submissions.by_number(db, identifier, receipt)
        if found is None or found.value.state != "active":
            raise NotFound("submission.unknown", id=receipt)
        persons = submissions.persons(db, identifier)
        person = persons[found.value.id]
        own = sorted(item for item, whose in persons.items() if whose == person)
    return letter_of(office, slug=slug, own=own)


def letterhead(office: Office, *, slug: str, as_of: datetime, rehearsal: bool) -> Letterhead:
    """Return who writes, about what, when."""
    db = office.store.db
    identifier, consultation = consultations.find(db, slug)
    plan = consultations.plan(db, identifier)
    head = masthead(office, identifier, consultation, plan, as_of, rehearsal)
    return Letterhead(head.office, head.plan_title, head.as_of, head.rehearsal)


def reveal(office: Office, letter: AnswerLetter) -> tuple[str, str]:
    """Return name and contact of a submitter, from the newest submission that has any.

    For the one act that needs them; whoever calls this writes the event.
    """
    db = office.store.db
    for item in reversed(letter.submissions):
        name, contact = vault.contact(office.keys, submissions.by_id(db, item))
        if name or contact:
            return name, contact
    return "", ""


def masked_name(office: Office, letter: AnswerLetter) -> str:
    """Return the name as lists show it."""
    stored = [submissions.by_id(office.store.db, item) for item in reversed(letter.submissions)]
    return next((name for item in stored if (name := vault.masked_name(office.keys, item))), "")


def _every(office: Office, identifier: int) -> Iterable[AnswerLetter]:
    db = office.store.db
    plan = consultations.plan(db, identifier)
    persons = submissions.persons(db, identifier)
    answers = decisions.applying(db, identifier)
    said: dict[int, list[Comment]] = {}
    for comment in comments.active(db, identifier):
        said.setdefault(comment.submission, []).append(comment)
    groups: dict[str, list[StoredSubmission]] = {}
    for item in submissions.active(db, identifier):
        if item.value.id in said:
            groups.setdefault(persons[item.value.id], []).append(item)
    for group in groups.values():
        yield _letter(office, plan, group, said, answers)


def _letter(
    office: Office,
    plan: Plan,
    group: Sequence[StoredSubmission],
    said: Mapping[int, Sequence[Comment]],
    answers: Mapping[int, Decision],
) -> AnswerLetter:
    found = [comment for item in group for comment in said.get(item.value.id, ())]
    return AnswerLetter(
        submissions=tuple(item.value.id for item in group),
        receipts=tuple(item.value.number for item in group),
        reach=_reach(office, group),
        items=tuple(_answered(plan, c, answers[c.number]) for c in found if c.number in answers),
        waiting=sum(comment.number not in answers for comment in found),
    )


def _reach(office: Office, group: Sequence[StoredSubmission]) -> Reach:
    contacts = [vault.contact(office.keys, item)[1] for item in group]
    if any(address_in(contact) for contact in contacts):
        return Reach.EMAIL
    return Reach.POST if any(contacts) else Reach.NONE


def _answered(plan: Plan, comment: Comment, decision: Decision) -> AnsweredComment:
    ruling = decision.ruling
    changed = full_heading(ruling.section, *label_and_title(plan, ruling.section))
    return AnsweredComment(
        number=comment.number,
        decision=decision.id,
        text=comment.text,
        heading=full_heading(comment.section, *label_and_title(plan, comment.section)),
        disposition=ruling.disposition,
        reason=ruling.reason,
        answer=ruling.answer,
        office=ruling.office,
        changed=changed if ruling.change else "",
        change=ruling.change,
    )


def _only(letter: AnswerLetter, pairs: Collection[tuple[int, int]]) -> AnswerLetter:
    kept = tuple(item for item in letter.items if (item.number, item.decision) in pairs)
    return replace(letter, items=kept)
