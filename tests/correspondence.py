"""Submissions with comments and approved answers, made without an analysis: letters need none."""

from __future__ import annotations

from collections.abc import Iterable

from consult.domain.comment import Comment, Kind, Link, NewSubmission, Origin, Receipt
from consult.domain.decision import Ruling, Target
from consult.domain.triage import Disposition
from consult.services import vault
from consult.services.approve import approve
from consult.services.decide import decide
from consult.services.office import Office
from consult.services.receive import receive
from consult.store import comments, consultations, runs, submissions
from tests.conftest import OPEN, SLUG

NO = Ruling(Disposition.DECLINED, reason="已有规定。")


def write(office: Office, news: Iterable[NewSubmission]) -> list[Receipt]:
    """Receive submissions; the whole text of each becomes one comment, numbered from 1."""
    receipts = [receive(office, slug=SLUG, new=new, now=OPEN) for new in news]
    db = office.store.db
    identifier, _ = consultations.find(db, SLUG)
    with office.store.write():
        run = runs.following(db)
        runs.add(db, identifier, number=run, started=OPEN, finished=OPEN, versions={})
        for receipt in receipts:
            stored = submissions.by_number(db, identifier, receipt.number)
            assert stored is not None
            text = vault.original(office.keys, stored).text
            whole = Comment(0, stored.value.id, 0, len(text), text, kind=Kind.SUGGESTION)
            number = comments.add(db, identifier, whole, run=run)
            links = (Link("2.1", Origin.STAFF, 1.0),)
            mapped = Comment(number, stored.value.id, 0, len(text), text, links)
            comments.set_links(db, mapped, run=run)
    return receipts


def answer(office: Office, number: int, ruling: Ruling = NO, seen: str = "0") -> str:
    """Decide and approve; returns what the next one has to have seen."""
    target = Target(comment=number)
    made = decide(office, slug=SLUG, target=target, ruling=ruling, actor="wang", seen=seen,
                  submit=True)  # fmt: skip
    return str(approve(office, slug=SLUG, target=target, actor="li", seen=str(made.id)).id)
