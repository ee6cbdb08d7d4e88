"""The straight way of a form that is plainly right is the ordinary way, only shorter."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from consult.services.office import Office
from consult.web.public import straight
from consult.web.public.form_body import read_form
from tests.web.journey import RECEIPT, SEND, TEXT, checked, stored

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6))
def test_a_form_is_read_as_the_standard_library_reads_it(pairs: list[tuple[str, str]]) -> None:
    body = urlencode(pairs)
    expected = dict(reversed(parse_qsl(body, keep_blank_values=True)))
    assert read_form(body.encode()) == expected


@given(st.text("ab%4E&=+;é", max_size=30))
def test_what_no_browser_sends_is_read_the_same_way(text: str) -> None:
    try:
        expected = dict(reversed(parse_qsl(text, keep_blank_values=True, errors="strict")))
    except UnicodeDecodeError:
        with pytest.raises(UnicodeDecodeError):
            read_form(text.encode())
    else:
        assert read_form(text.encode()) == expected


def test_both_ways_answer_and_store_alike(client: FlaskClient, published: Office) -> None:
    answers = []
    for query in ("", "?utm=x"):  # a query is nothing for the straight way
        sent = checked(client, section="2.1", speaker="company", name="船厂", contact="a@b.cn")
        answers.append(client.post(SEND + query, data=sent))
        assert client.page(RECEIPT).get_element_by_id("receipt-code").text
    straightly, ordinary = ({**dict(a.headers), "status": a.status} for a in answers)
    body = {"Content-Length": "", "Set-Cookie": ""}  # a redirect of Flask has a few words
    assert {**straightly, **body} == {**ordinary, **body}
    first, second = stored(published)
    assert (first.text, first.choices, first.speaker, first.identified) == (
        second.text, second.choices, second.speaker, second.identified,
    )  # fmt: skip
    assert first.text == TEXT


def test_a_plain_send_takes_eight_statements(client: FlaskClient, published: Office) -> None:
    client.post(SEND, data=checked(client))
    sent = checked(client, text="第二条意见。", section="")
    said: list[str] = []
    published.store.db.conn.set_trace_callback(said.append)
    answer = client.post(SEND, data=sent)
    published.store.db.conn.set_trace_callback(None)
    assert answer.status_code == 303
    # consultation, begin, what it meets, tally, submission, key, event, commit
    assert len(said) == 8, said


def test_a_fault_on_the_straight_way_is_met_on_the_ordinary_one(
    app: Flask, published: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    sent = checked(client)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(straight, "keep", fail)  # after it has been stored
    answer = client.post(SEND, data=sent)
    assert (answer.status_code, answer.location) == (303, RECEIPT)
    assert client.page(RECEIPT).get_element_by_id("receipt-code").text
    assert len(stored(published)) == 1
