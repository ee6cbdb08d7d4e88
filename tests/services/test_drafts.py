from __future__ import annotations

from pathlib import Path

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.errors import NotFound, TooMany
from consult.services.drafts import DraftRules, open_draft, save_draft
from consult.services.office import Office
from consult.services.purge import purge
from consult.services.receive import receive
from tests.conftest import OPEN, SLUG, Clock

FIELDS = {"text": "写到一半的意见", "contact": "13800000000"}


def save(office: Office, token: str = "form", **rules: int) -> str:
    saved = save_draft(
        office, slug=SLUG, token=token, fields=FIELDS, client="a", rules=DraftRules(**rules)
    )
    return saved.code


def load(office: Office, code: str, per_hour: int = 60) -> dict[str, str]:
    return open_draft(office, slug=SLUG, code=code, client="a", per_hour=per_hour)


def test_what_was_saved_comes_back_by_its_code(published: Office) -> None:
    code = save(published)
    assert load(published, code.lower().replace("-", " ")) == FIELDS
    assert load(published, code) == FIELDS


def test_a_draft_lies_encrypted_and_its_code_nowhere(published: Office, tmp_path: Path) -> None:
    code = save(published)
    stored = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("consult.sqlite3*"))
    for secret in (*FIELDS.values(), code):
        assert secret.encode() not in stored


def test_saving_again_replaces_the_draft_and_its_code(published: Office) -> None:
    first, second = save(published), save(published)
    with pytest.raises(NotFound):
        load(published, first)
    assert load(published, second) == FIELDS


def test_a_draft_ends_when_its_time_is_over_or_its_form_is_sent(
    published: Office, clock: Clock
) -> None:
    code, other = save(published), save(published, "other")
    receive(published, slug=SLUG, new=NewSubmission("好", form="form"), now=OPEN)
    with pytest.raises(NotFound):
        load(published, code)
    clock.advance(days=14)
    with pytest.raises(NotFound):
        load(published, other)
    purge(published, days=0, actor="test")
    assert published.store.db["drafts"].count == 0


def test_guessing_and_hoarding_are_limited(published: Office) -> None:
    for _ in range(2):
        with pytest.raises(NotFound):
            load(published, "00000-00000-000", per_hour=2)
    with pytest.raises(TooMany):
        load(published, "00000-00000-000", per_hour=2)
    code = save(published, per_hour=1)
    assert load(published, code, per_hour=2) == FIELDS  # a right code opens all the same
    with pytest.raises(TooMany):
        save(published, "another", per_hour=1)
    with pytest.raises(TooMany):
        save(published, "another", most=1)
