"""The way of a comment from the form to the receipt, as the tests go it."""

from __future__ import annotations

from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Submission
from consult.services import vault
from consult.services.office import Office
from consult.store import consultations, submissions
from tests.web.client import fields

FORM = "/c/river-2024/comment"
SEND = f"{FORM}/send"
RECEIPT = "/c/river-2024/receipt"
TEXT = "建议沿河多装路灯，晚上散步太黑。"


def stored(office: Office) -> list[Submission]:
    db = office.store.db
    identifier, _ = consultations.find(db, "river-2024")
    return [vault.original(office.keys, item) for item in submissions.active(db, identifier)]


def complaints(text: str) -> list[str]:
    return html.fromstring(text).xpath("//*[@id='error-summary']//a/text()")


def checked(client: FlaskClient, **values: object) -> dict[str, str]:
    """Fill the form in and return what the check page would send."""
    sent = client.fill(FORM, **{"text": TEXT, "privacy": "y", **values})
    response = client.post(FORM, data=sent)
    assert response.status_code == 200, complaints(response.text)
    return fields(html.fromstring(response.text), 0)
