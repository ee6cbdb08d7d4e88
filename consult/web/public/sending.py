"""Storing what a form says; both ways of sending it end here."""

from __future__ import annotations

from consult.domain.comment import Receipt
from consult.domain.questions import questions
from consult.services.admit import Rules
from consult.services.browse import Published
from consult.services.receive import receive
from consult.web.desk import Desk
from consult.web.public.said import Said


def take(desk: Desk, found: Published, said: Said, client: str) -> Receipt:
    """Store a submission; raises as ``receive``."""
    office, settings, consultation = desk.office, desk.settings, found.consultation
    texts = consultation.texts
    return receive(
        office,
        slug=consultation.slug,
        new=said.submission(
            questions(texts),
            privacy_version=texts.get("privacy_version", ""),
            clock=office.clock(),
            min_seconds=settings.min_seconds,
        ),
        now=desk.today(),
        opened=said.key.opened,
        client=client,
        found=found,
        rules=Rules(
            max_text=settings.max_text,
            grace=settings.grace,
            per_address=settings.posts_per_hour,
            per_form=settings.posts_per_form,
        ),
    )
