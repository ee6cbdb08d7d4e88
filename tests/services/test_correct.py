"""A correction takes files away: they count no more, and nothing of the history is lost."""

from __future__ import annotations

import pytest

from consult.domain.attachment import Enclosure, FileKind, Letter, Reading
from consult.domain.comment import Choice, NewSubmission, Receipt
from consult.domain.errors import InputRefused
from consult.services.analyse import analyse
from consult.services.correct import correct
from consult.services.look_up import Key, Status, look_up
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.revise import erase, withdraw
from consult.services.transcribe import transcribe, waiting
from consult.services.uploads import FileRules, keep_files, kept_files
from consult.store import events, totals
from tests.conftest import OPEN, SLUG, Clock
from tests.letters import docx_of, png

LAMPS, FISH, WORDS = "桥头请装路灯。", "垂钓区划得太少。", "见附件，请多种树。"


def send(office: Office, *given: tuple[str, bytes], text: str = WORDS, **more: object) -> Receipt:
    keep_files(office, token="f", given=given, rules=FileRules())
    new = NewSubmission(text, form="f", **more)
    return receive(office, slug=SLUG, new=new, now=OPEN)


def key(receipt: Receipt) -> Key:
    return Key(receipt.number, receipt.code)


def shown(office: Office, receipt: Receipt) -> Status:
    return look_up(office, slug=SLUG, number=receipt.number, code=receipt.code)


def again(office: Office, receipt: Receipt, *without: str, text: str = WORDS) -> None:
    new = NewSubmission(text, form="g")
    correct(office, slug=SLUG, key=key(receipt), new=new, now=OPEN, without=without)


def test_of_two_files_of_one_name_the_right_one_goes_and_the_other_keeps_its_comment(
    published: Office, clock: Clock
) -> None:
    receipt = send(published, ("信.docx", docx_of(LAMPS)), ("信.docx", docx_of(FISH)))
    analyse(published, slug=SLUG, actor="test")
    before = {c.text: c.number for c in shown(published, receipt).comments}
    first, second = shown(published, receipt).files
    clock.advance(hours=1)
    again(published, receipt, first.storage)
    found = shown(published, receipt)
    assert found.submission.text == f"{WORDS}\n\n{FISH}"
    assert [file.storage for file in found.files] == [second.storage]
    assert [(f.name, f.text, at) for f, at in found.former] == [("信.docx", LAMPS, clock())]
    after = {c.text: c.number for c in found.comments}
    assert after == {text: n for text, n in before.items() if text != LAMPS}
    assert found.history[-1].after["without"] == 1
    analyse(published, slug=SLUG, actor="test")
    assert {c.text for c in shown(published, receipt).comments} == {*after}
    assert totals.accounting(published.store.db, 1).balanced
    assert events.verify(published.store.db) is None


def test_a_transcribed_picture_goes_with_its_words_and_one_that_waits_waits_no_more(
    published: Office,
) -> None:
    receipt = send(published, ("一.png", png()), ("二.png", png()))
    first, second = shown(published, receipt).files
    transcribe(published, slug=SLUG, storage=second.storage, text=LAMPS, actor="wang")
    again(published, receipt, first.storage, second.storage)
    found = shown(published, receipt)
    assert (found.submission.text, found.files, waiting(published, slug=SLUG)) == (WORDS, (), ())
    assert [(f.name, f.state, f.text) for f, _ in found.former] == [
        ("一.png", Reading.AWAITING, ""), ("二.png", Reading.TRANSCRIBED, LAMPS),
    ]  # fmt: skip


def test_words_may_be_left_out_while_a_file_is_left_and_not_the_last_file_too(
    published: Office,
) -> None:
    receipt = send(published, ("甲.docx", docx_of(LAMPS)), ("乙.docx", docx_of(FISH)), text="")
    first, second = shown(published, receipt).files
    again(published, receipt, second.storage, text="")
    assert shown(published, receipt).submission.text == LAMPS
    with pytest.raises(InputRefused, match=r"text\.blank"):
        again(published, receipt, first.storage, text="")
    assert [file.name for file in shown(published, receipt).files] == ["甲.docx"]
    assert shown(published, receipt).submission.version == 2


def test_files_of_a_letter_are_told_by_name_and_place(published: Office) -> None:
    said = [Enclosure("信.docx", docx_of(text), Letter(FileKind.DOCX, text))
            for text in (LAMPS, FISH)]  # fmt: skip
    new = NewSubmission(WORDS, enclosures=tuple(said))
    receipt = receive(published, slug=SLUG, new=new, now=OPEN)
    _, second = shown(published, receipt).files
    again(published, receipt, second.storage)
    assert shown(published, receipt).submission.text == f"{WORDS}\n\n{LAMPS}"
    assert [f.text for f, _ in shown(published, receipt).former] == [FISH]


def test_what_belongs_to_others_or_is_gone_already_is_left_alone(published: Office) -> None:
    other = send(published, ("信.docx", docx_of(FISH)))
    receipt = send(published, ("信.docx", docx_of(LAMPS)))
    (own,), (strange,) = shown(published, receipt).files, shown(published, other).files
    again(published, receipt, own.storage, strange.storage, "x" * 32)
    again(published, receipt, own.storage)
    assert [len(shown(published, one).files) for one in (receipt, other)] == [0, 1]
    told = [event.after.get("without") for event in shown(published, receipt).history]
    assert told == [None, 1, None]


def test_a_section_chosen_for_words_of_a_file_stays_with_them(published: Office) -> None:
    start = len(WORDS) + 2
    choice = Choice(start, start + len(FISH), "2.3")
    receipt = send(published, ("信.docx", docx_of(FISH)), choices=(choice,))
    again(published, receipt, text="短。")
    assert shown(published, receipt).submission.choices == (Choice(4, 4 + len(FISH), "2.3"),)


@pytest.mark.parametrize("act", ["withdraw", "erase"])
def test_what_was_taken_away_goes_for_good_with_the_submission(published: Office, act: str) -> None:
    receipt = send(published, ("信.docx", docx_of(LAMPS)))
    again(published, receipt, shown(published, receipt).files[0].storage)
    if act == "withdraw":
        withdraw(published, slug=SLUG, key=key(receipt), now=OPEN)
    else:
        erase(published, slug=SLUG, key=key(receipt))
    assert published.store.db["former_files"].count == 0
    assert kept_files(published, token="f") == ()
