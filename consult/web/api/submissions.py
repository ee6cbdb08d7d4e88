"""Sending a submission as a program: the same rules and limits as the form, no cookie, no token.

Nothing here acts on a cookie, and a form of another site cannot send JSON, so there is nothing that
a forged request could borrow.
"""

from __future__ import annotations

from flask import jsonify, request, url_for
from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.wrappers import Response

from consult.domain.comment import NewSubmission, Receipt
from consult.domain.errors import InputRefused
from consult.services.admit import Rules
from consult.services.receive import receive
from consult.web.api.blueprint import api
from consult.web.api.submission_body import read_submission
from consult.web.desk import client, desk, opened

_NAMES = {"section": "sections"}  # what the form calls it → the field of the API


@api.post("/consultations/<slug>/submissions")
def submit(slug: str) -> tuple[Response, int]:
    """Store a submission: 201 with the receipt; sent again under the same key, 200 and the same."""
    found = opened(slug)
    new = read_submission(
        json_body(),
        key=request.headers.get("Idempotency-Key", ""),
        privacy_version=found.consultation.texts.get("privacy_version", ""),
    )
    receipt = _stored(slug, new)
    answer = jsonify(
        number=receipt.number,
        code=receipt.code,
        received=receipt.received.isoformat(),
        head=receipt.head,
        held=receipt.held,
        status=url_for("public.status", slug=slug),
    )
    return answer, 200 if receipt.repeated else 201


def _stored(slug: str, new: NewSubmission) -> Receipt:
    settings = desk().settings
    rules = Rules(max_text=settings.max_text, per_address=settings.posts_per_hour)
    try:
        return receive(
            desk().office, slug=slug, new=new, now=desk().today(), rules=rules, client=client()
        )
    except InputRefused as error:
        error.field = _NAMES.get(error.field, error.field)
        raise


def json_body() -> object:
    """Return the body of a request; raises ``InputRefused("api.json")`` when it is no JSON."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        return request.get_json(cache=False)
    except (BadRequest, RecursionError) as error:  # nested without end
        raise InputRefused("api.json") from error
