from __future__ import annotations

from pathlib import Path

from consult.domain.comment import NewSubmission
from consult.services import vault
from consult.services.office import Office
from consult.services.purge import purge
from consult.services.receive import receive
from consult.store import events, submissions, totals
from tests.conftest import OPEN, SLUG, Clock


def test_contact_data_go_when_their_time_is_over_and_counts_stay(
    published: Office, clock: Clock, tmp_path: Path
) -> None:
    for text in ("一", "二"):
        new = NewSubmission(text=text, name="陈大河", contact="chen@example.com")
        receive(published, slug=SLUG, new=new, now=OPEN)
    receive(published, slug=SLUG, new=NewSubmission(text="三"), now=OPEN)
    before = totals.whole(published.store.db, 1)
    (first, *_) = submissions.active(published.store.db, 1)
    sealed = first.sealed_contact
    assert sealed is not None
    assert sealed in _bytes(tmp_path)

    assert purge(published, days=180, actor="test") == 0
    clock.advance(days=21 + 180)
    assert purge(published, days=180, actor="test") == 2
    assert purge(published, days=180, actor="test") == 0

    assert totals.whole(published.store.db, 1) == before
    assert [vault.contact(published.keys, item) for item in
            submissions.active(published.store.db, 1)] == [("", "")] * 3  # fmt: skip
    assert sealed not in _bytes(tmp_path)
    assert events.verify(published.store.db) is None


def _bytes(tmp_path: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (tmp_path / "data").glob("consult.sqlite3*"))
