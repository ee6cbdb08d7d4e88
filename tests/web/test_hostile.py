"""Hostile text through every public field: stored exactly, or refused and given back."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient
from lxml import html

from consult.domain.text import is_blank, normalise, single_line, unstorable
from consult.services import vault
from consult.services.office import Office
from consult.services.uploads import shown_name
from consult.store import submissions
from tests.hostile import HOSTILE
from tests.letters import png
from tests.web.client import fields
from tests.web.journey import FORM, RECEIPT, SEND, TEXT, stored

STATUS = "/c/river-2024/status"
WORDS = ("text", "original", "replacement", "reason")
LINES = {"name": 100, "contact": 200}
strings = pytest.mark.parametrize("value", HOSTILE.values(), ids=[*HOSTILE])


def post(client: FlaskClient, path: str, sent: dict[str, str]) -> object:
    """Send as a browser would, and what no browser could: lone surrogates as their bytes."""
    body = "&".join(f"{quote_plus(name)}={quoted(value)}" for name, value in sent.items())
    kind = "application/x-www-form-urlencoded"
    return client.post(path, data=body, content_type=kind)


@lru_cache(maxsize=16)
def quoted(value: str) -> str:
    """Write a value as browsers do; five megabytes of it take a second."""
    return quote_plus(value.encode("utf-8", "surrogatepass"))


def received(text: str) -> str:
    """Return what arrives: bytes that are no UTF-8 are shown by their numbers (%ED%A0%80)."""
    broken = "".join(c for c in text if "\ud800" <= c <= "\udfff")
    for half in broken:
        text = text.replace(half, quote_plus(half.encode("utf-8", "surrogatepass")))
    return text


def kept(value: str) -> str:
    return normalise(received(value), strict=False).strip("\n")


def refused(value: str, limit: int) -> bool:
    arrived = received(value)
    return unstorable(arrived) or len(normalise(arrived, strict=False).strip("\n")) > limit


@strings
@pytest.mark.parametrize("field", WORDS)
def test_words_are_stored_exactly_or_refused_and_given_back(
    client: FlaskClient, published: Office, field: str, value: str
) -> None:
    base = {"text": TEXT} if field == "reason" else {}
    sent = {**client.fill(FORM, text="", privacy="y"), **base, field: value}
    checked = post(client, FORM, sent)
    blank = is_blank(kept(value)) and field != "reason"
    if checked.status_code != 200:
        limit = 20_000 - (len(TEXT) + 4 if base else 0) - 20 * (field != "text")
        assert blank or refused(value, limit)
        assert checked.status_code in {413, 422}
        if checked.status_code == 422 and not blank:
            shown = fields(html.fromstring(checked.text))[field]
            assert normalise(shown).strip("\n") == kept(value)
        assert stored(published) == []
        return
    assert post(client, SEND, fields(html.fromstring(checked.text))).status_code == 303
    (item,) = stored(published)
    assert is_blank(value) or kept(value) in item.text
    if field == "text":
        assert item.text == kept(value)
    receipt = client.page(RECEIPT)
    number, code = (receipt.get_element_by_id(f"receipt-{n}").text for n in ("number", "code"))
    found = client.post(STATUS, data=client.fill(STATUS, number=number, code=code))
    shown = html.fromstring(found.text).xpath("string(//dd[@class='own-words'])")
    assert normalise(shown) == item.text


@strings
@pytest.mark.parametrize("field", [*LINES])
def test_lines_are_stored_exactly_or_refused_and_given_back(
    client: FlaskClient, published: Office, field: str, value: str
) -> None:
    sent = {**client.fill(FORM, text=TEXT, privacy="y"), field: value}
    checked = post(client, FORM, sent)
    expected = single_line(received(value), strict=False)
    if checked.status_code != 200:
        assert unstorable(received(value)) or len(expected) > LINES[field]
        assert checked.status_code in {413, 422}
        assert stored(published) == []
        return
    post(client, SEND, fields(html.fromstring(checked.text)))
    (item,) = submissions.active(published.store.db, 1)
    given = dict(zip(("name", "contact"), vault.contact(published.keys, item), strict=True))
    assert given[field] == expected


@strings
def test_the_look_up_takes_anything(client: FlaskClient, value: str) -> None:
    for field in ("number", "code"):
        sent = {**client.fill(STATUS, number="0000-0000", code="x"), field: value}
        assert post(client, STATUS, sent).status_code in {404, 413, 422, 429}
    resume = f"{FORM}/resume"
    sent = {**client.fill(resume), "code": value}
    assert post(client, resume, sent).status_code in {404, 413, 422, 429}


@strings
def test_choices_and_marks_take_no_other_value(
    client: FlaskClient, published: Office, value: str
) -> None:
    for field in ("section", "speaker", "entries", "key", "attached", "act", "pick-0-3"):
        sent = {**client.fill(FORM, text=TEXT, privacy="y"), field: value}
        assert post(client, SEND, sent).status_code in {303, 413, 422}
    for item in stored(published):
        assert (item.text, item.speaker, item.chosen) == (TEXT, "", ())
        assert {choice.section for choice in item.choices} <= {"", "general"}


@strings
def test_a_file_may_be_called_anything(client: FlaskClient, published: Office, value: str) -> None:
    # As browsers write it (HTML, section 4.10.22.8): these three as percent signs and numbers.
    name = received(value[:5000]).translate({10: "%0A", 13: "%0D", 34: "%22"}) + ".png"
    sent = {**client.fill(FORM, text=TEXT, privacy="y"), "files": ""}
    heads = [f'name="{field}"' for field in sent if field != "files"]
    parts = [(head, sent[head[6:-1]].encode()) for head in heads]
    body = b"".join(
        b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), data)
        for head, data in [*parts, (f'name="files"; filename="{name}"', png())]
    )
    response = client.post(
        FORM, data=body + b"--x--", content_type="multipart/form-data; boundary=x"
    )
    assert response.status_code == 200
    (shown,) = html.fromstring(response.text).xpath("//span[@class='file-name']/text()")
    assert shown.endswith(".png") or shown == "png"
    assert (shown_name(shown), len(shown) <= 200) == (shown, True)


def test_the_search_of_the_plan_takes_anything(client: FlaskClient) -> None:
    for value in HOSTILE.values():
        asked = quote_plus(value.encode("utf-8", "surrogatepass"))[:8000]
        assert client.get(f"/c/river-2024/plan/search?q={asked}").status_code == 200


def test_a_correction_is_stored_exactly_or_refused_and_given_back(
    client: FlaskClient, published: Office
) -> None:
    post(client, SEND, fields(html.fromstring(sent_on(client).text)))
    receipt = client.page(RECEIPT)
    number, code = (receipt.get_element_by_id(f"receipt-{n}").text for n in ("number", "code"))
    found = client.post(STATUS, data=client.fill(STATUS, number=number, code=code))
    address = f"{STATUS}/correct"
    (first,) = [f for f in html.fromstring(found.text).forms if f.get("action") == address]
    ask = fields(html.fromstring(client.post(address, data=fields(first, first)).text))
    # Every version stays on the page: the long ones, which the form is tried with, would fill it.
    for value in (value for value in HOSTILE.values() if len(value) < 500):
        before = stored(published)[0].text
        answer = post(client, address, {**ask, "text": value})
        now = stored(published)[0].text
        if answer.status_code == 200:
            assert now == kept(value)
        else:
            assert answer.status_code in {413, 422}
            assert is_blank(kept(value)) or refused(value, 20_000)
            assert now == before


def sent_on(client: FlaskClient) -> Any:
    return client.post(FORM, data=client.fill(FORM, text=TEXT, privacy="y"))
