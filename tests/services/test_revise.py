from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.domain.comment import Channel, Choice, NewSubmission, Origin, Receipt
from consult.domain.errors import Conflict, NotFound, WindowClosed
from consult.services.analyse import analyse
from consult.services.compile import compile_digest, compile_register
from consult.services.correct import correct
from consult.services.doctor import examine
from consult.services.look_up import Key, look_up
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.relink import relink
from consult.services.revise import erase, erase_contact, withdraw
from consult.services.uploads import FileRules, keep_files
from consult.store import comments, events, submissions, totals
from tests.conftest import OPEN, SLUG
from tests.letters import docx_of

AFTER = datetime(2024, 5, 31, tzinfo=UTC)
TEXT = "1、步道上的路灯太暗，请加装路灯。\n2、垂钓区划得太少。"


@pytest.fixture
def sent(published: Office) -> Receipt:
    """A submission of two points with contact data, among others, analysed."""
    for place in range(3):
        receive(published, slug=SLUG, new=NewSubmission(f"污水管网要快修{place}。"), now=OPEN)
    new = NewSubmission(TEXT, name="陈大河", contact="13812345678", key="k")
    receipt = receive(published, slug=SLUG, new=new, now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    return receipt


def key(receipt: Receipt) -> Key:
    return Key(receipt.number, receipt.code)


def points(office: Office, receipt: Receipt) -> dict[str, int]:
    found = submissions.by_number(office.store.db, 1, receipt.number)
    assert found is not None
    return {c.text: c.number for c in comments.of_submission(office.store.db, found.value.id)}


def settled(office: Office) -> None:
    """The accounts balance, the documents are written, the chain verifies."""
    assert totals.accounting(office.store.db, 1).balanced
    compile_digest(office, slug=SLUG, as_of=OPEN)
    compile_register(office, slug=SLUG, as_of=OPEN)
    assert events.verify(office.store.db) is None
    assert [f.name for f in examine(office) if not f.ok] == ["backup"]


def test_a_correction_keeps_the_numbers_of_what_is_still_there(
    published: Office, sent: Receipt
) -> None:
    before = points(published, sent)
    lamps = next(text for text in before if "路灯" in text)
    number = before[lamps]
    seen = str(comments.one(published.store.db, 1, number)[1])
    relink(published, slug=SLUG, number=number, section="2.1", why="路灯", actor="wang", seen=seen)
    new = NewSubmission("补充一句。\n1、步道上的路灯太暗，请加装路灯。\n2、请多种树。")
    correct(published, slug=SLUG, key=key(sent), new=new, now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    after = points(published, sent)
    assert after[lamps] == before[lamps]
    assert not any("垂钓" in text for text in after)
    assert {n for text, n in after.items() if text != lamps} & set(before.values()) == set()
    shown = look_up(published, slug=SLUG, number=sent.number, code=sent.code)
    assert (shown.submission.text, shown.submission.version) == (new.text, 2)
    assert [text for text, _ in shown.earlier] == [TEXT]
    kept = next(c for c in shown.comments if c.text == lamps)
    assert (kept.links[0].section, kept.links[0].origin) == ("2.1", Origin.STAFF)
    settled(published)


def test_the_choice_of_the_citizen_leads_for_its_own_point(published: Office) -> None:
    text = "请多一些。\n\n垂钓区划得太少。"
    new = NewSubmission(text, spans=((0, 5), (7, 15)), choices=(Choice(0, 5, "2.3"),))
    receipt = receive(published, slug=SLUG, new=new, now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    shown = look_up(published, slug=SLUG, number=receipt.number, code=receipt.code)
    assert [(c.text, c.section, c.links[0].origin) for c in shown.comments] == [
        ("请多一些。", "2.3", Origin.CHOSEN),
        ("垂钓区划得太少。", "2.2", Origin.INFERRED),
    ]


def test_what_is_withdrawn_is_used_no_more_and_the_accounts_balance(
    published: Office, sent: Receipt
) -> None:
    withdraw(published, slug=SLUG, key=key(sent), now=OPEN)
    settled(published)
    sums = totals.accounting(published.store.db, 1)
    assert (sums.received, sums.listed, sums.withdrawn, sums.comments) == (4, 3, 1, 3)
    shown = look_up(published, slug=SLUG, number=sent.number, code=sent.code)
    assert (shown.submission.state, shown.comments) == ("withdrawn", ())
    with pytest.raises(Conflict):
        withdraw(published, slug=SLUG, key=key(sent), now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    settled(published)


def test_correcting_and_withdrawing_end_with_the_window_erasing_does_not(
    published: Office, sent: Receipt
) -> None:
    with pytest.raises(WindowClosed):
        withdraw(published, slug=SLUG, key=key(sent), now=AFTER)
    with pytest.raises(WindowClosed):
        correct(published, slug=SLUG, key=key(sent), new=NewSubmission("好"), now=AFTER)
    erase_contact(published, slug=SLUG, key=key(sent))
    erase(published, slug=SLUG, key=key(sent))
    settled(published)


def test_contact_data_can_go_and_what_was_said_stays(
    published: Office, sent: Receipt, tmp_path: Path
) -> None:
    people = totals.whole(published.store.db, 1).people
    shown = look_up(published, slug=SLUG, number=sent.number, code=sent.code)
    assert (shown.name, shown.contact) == ("陈*河", "138*****678")
    erase_contact(published, slug=SLUG, key=key(sent))
    shown = look_up(published, slug=SLUG, number=sent.number, code=sent.code)
    assert (shown.name, shown.contact, shown.submission.text) == ("", "", TEXT)
    assert totals.whole(published.store.db, 1).people == people
    settled(published)


def test_erasing_leaves_a_counted_row_and_no_word(
    published: Office, sent: Receipt, tmp_path: Path
) -> None:
    words = ("垂钓区划得太少", "路灯太暗")
    erase(published, slug=SLUG, key=key(sent))
    stored = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("consult.sqlite3*"))
    assert [word for word in words if word.encode() in stored] == []
    assert b"\xe5\x9e\x82\xe9\x92\x93\xe5\x8c\xba \xe5\x88\x92" not in stored  # as search words
    sums = totals.accounting(published.store.db, 1)
    assert (sums.received, sums.listed, sums.erased) == (4, 3, 1)
    shown = look_up(published, slug=SLUG, number=sent.number, code=sent.code)
    assert (shown.submission.state, shown.submission.text) == ("erased", "")
    with pytest.raises(NotFound):
        erase(published, slug=SLUG, key=key(sent))
    settled(published)
    analyse(published, slug=SLUG, actor="test")
    settled(published)


def test_erasing_destroys_files_and_earlier_versions(published: Office) -> None:
    keep_files(
        published, token="f", given=[("信.docx", docx_of("附件里的话。"))], rules=FileRules()
    )
    new = NewSubmission("正文。", form="f")
    receipt = receive(published, slug=SLUG, new=new, now=OPEN)
    changed = NewSubmission("改过的正文。", channel=Channel.WEB)
    correct(published, slug=SLUG, key=key(receipt), new=changed, now=OPEN)
    shown = look_up(published, slug=SLUG, number=receipt.number, code=receipt.code)
    assert shown.submission.text == "改过的正文。\n\n附件里的话。"
    assert [file.name for file in shown.files] == ["信.docx"]
    erase(published, slug=SLUG, key=key(receipt))
    db = published.store.db
    assert [db[name].count for name in ("attachments", "versions", "submission_keys")] == [0, 0, 0]
    settled(published)


def test_a_text_changed_during_an_analysis_stops_that_run(published: Office, sent: Receipt) -> None:
    def change(stage: str, _done: int, _total: int) -> None:
        if stage == "map" and points(published, sent):
            erase(published, slug=SLUG, key=key(sent))

    with pytest.raises(Conflict):
        analyse(published, slug=SLUG, actor="test", progress=change)
    settled(published)
