"""An application on a real database, an office with two comments in it, and staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from consult.analysis.segment import Segmenter
from consult.domain.comment import (
    Comment,
    Evidence,
    Kind,
    Link,
    NewSubmission,
    Origin,
    Receipt,
    Speaker,
)
from consult.domain.triage import Role
from consult.services.accounts import add_staff
from consult.services.office import Office
from consult.services.receive import receive
from consult.settings import Settings
from consult.store import comments, consultations, runs, search, submissions
from consult.web import create_app
from tests.conftest import OPEN, SLUG
from tests.web.client import PageClient

PASSWORD = "correct horse battery"
TEXT = "建议沿河多装路灯，晚上散步太黑。"


@cache
def search_words(text: str) -> list[str]:
    """Cut a text for the search; the dictionary is read for each segmenter anew."""
    return Segmenter().search_tokens(text)


class Compiled(BytecodeCache):
    """Templates compiled once for all applications: that takes longer than most tests."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture(scope="session", autouse=True)
def rules_compiled_once() -> Iterator[None]:
    """Let all applications share what werkzeug compiles for the 169 addresses of each.

    The functions it writes get their rule as an argument and depend on its pattern alone; writing
    them takes longer than all else an application needs.
    """
    write = Rule._compile_builder
    known: dict[tuple[str, str, bool], object] = {}

    def once(rule: Rule, append_unknown: bool = True) -> object:
        key = (rule.rule, repr(rule.defaults), append_unknown)
        if key not in known:
            known[key] = write(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture
def settings(tmp_path: Any) -> Settings:
    return Settings(data_dir=tmp_path / "data", now=OPEN, min_seconds=0, proposals=False)


@pytest.fixture
def make_app(published: Office, settings: Settings) -> Callable[..., Flask]:
    """Make the application, with other settings or another office if need be."""

    def make(office: Office = published, settings: Settings = settings) -> Flask:
        app = create_app(settings, office)
        app.jinja_env.bytecode_cache = COMPILED
        app.test_client_class = PageClient
        return app

    return make


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def received(published: Office) -> Receipt:
    """One submission of two points, mapped to two sections; its comments are 1 and 2."""
    second = "另外，垂钓区太少。"
    new = NewSubmission(
        text=f"{TEXT}\n{second}", speaker=Speaker.INDIVIDUAL, contact="13800000000", key="seed"
    )
    receipt = receive(published, slug=SLUG, new=new, now=OPEN)
    db = published.store.db
    identifier, _ = consultations.find(db, SLUG)
    stored = submissions.by_number(db, identifier, receipt.number)
    assert stored is not None
    lights = Evidence("lexicon", "路灯", "步道照明", weight=0.7)
    cited = Evidence("citation", "垂钓", "二、（二）", weight=1.0)
    links = {
        TEXT: (
            (Link("2.1", Origin.INFERRED, 0.42, (lights,)),),
            (Link("2.3", Origin.INFERRED, 0.2),),
        ),
        second: ((Link("2.2", Origin.CITED, 0.95, (cited,)),), ()),
    }  # fmt: skip
    with published.store.write():
        run = runs.following(db)
        runs.add(db, identifier, number=run, started=OPEN, finished=OPEN, versions={})
        for text, (first, others) in links.items():
            start = new.text.index(text)
            found = Comment(
                0, stored.value.id, start, start + len(text), text, kind=Kind.SUGGESTION
            )
            number = comments.add(db, identifier, found, run=run)
            mapped = Comment(number, found.submission, found.start, found.end, text, first,
                             Kind.SUGGESTION, runners_up=others)  # fmt: skip
            comments.set_links(db, mapped, run=run)
            search.index(db, [(number, " ".join(search_words(text)))], version="1")
    return receipt


@pytest.fixture
def staff(published: Office) -> Callable[[FlaskClient, Role], FlaskClient]:
    """Sign a member of staff in."""

    def enter(client: FlaskClient, role: Role = Role.HANDLER) -> FlaskClient:
        add_staff(published, username=role.value, password=PASSWORD, role=role, actor="test")
        sent = client.fill("/staff/sign-in", username=role.value, password=PASSWORD)
        assert client.post("/staff/sign-in", data=sent).status_code == 303
        return client

    return enter
