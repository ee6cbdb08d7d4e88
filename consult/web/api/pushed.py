"""Other systems push what they received: with a token, each item under a key of its own."""

from __future__ import annotations

from flask import jsonify, request
from werkzeug.wrappers import Response

from consult.services.admit import Rules
from consult.services.take_pushed import take_pushed
from consult.services.tokens import known_token
from consult.web.api.blueprint import api
from consult.web.api.pushed_body import read_pushed
from consult.web.api.submissions import json_body
from consult.web.desk import desk, opened


@api.post("/consultations/<slug>/intake")
def push(slug: str) -> tuple[Response, int]:
    """Store an item: 201 with its receipt; sent again under the same key, 200 and the same."""
    opened(slug)
    office, settings, now = desk().office, desk().settings, desk().today()
    token = known_token(office, slug=slug, secret=_secret())
    new = read_pushed(
        json_body(), key=request.headers.get("Idempotency-Key", ""), channel=token.channel
    )
    receipt = take_pushed(
        office, slug=slug, token=token, new=new, now=now, per_hour=settings.pushes_per_hour,
        rules=Rules(max_text=settings.max_text),
    )  # fmt: skip
    answer = jsonify(
        number=receipt.number, code=receipt.code, received=receipt.received.isoformat(),
        late=receipt.late,
    )  # fmt: skip
    return answer, 200 if receipt.repeated else 201


def _secret() -> str:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.casefold() == "bearer" else ""
