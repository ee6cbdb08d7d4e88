from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consult.domain.attachment import FileKind, Reading
from consult.domain.comment import NewSubmission
from consult.domain.errors import InputRefused, NotFound
from consult.services import vault
from consult.services.analyse import analyse
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.transcribe import file_content, transcribe, waiting
from consult.services.uploads import FileRules, drop_file, keep_files, kept_files, shown_name
from consult.store import comments, submissions, totals
from tests.conftest import OPEN, SLUG, Clock
from tests.letters import docx_of, pdf_of, png

LETTER = "步道上的路灯太暗，请加装路灯。"


def keep(office: Office, *given: tuple[str, bytes], **rules: int) -> list[str]:
    refused = keep_files(office, token="form", given=given, rules=FileRules(**rules))
    return [f"{item.name} {item.error.code}" for item in refused]


def test_one_bad_file_does_not_lose_the_others(published: Office) -> None:
    refused = keep(
        published, ("来信.docx", docx_of(LETTER)), ("virus.exe", b"MZ"), ("图.png", png())
    )
    assert refused == ["virus.exe attachment.unknown"]
    assert [(f.name, f.kind, f.state, f.text) for f in kept_files(published, token="form")] == [
        ("来信.docx", FileKind.DOCX, Reading.READ, LETTER),
        ("图.png", FileKind.PNG, Reading.AWAITING, ""),
    ]


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"size": 10}, "attachment.large"),
        ({"count": 0}, "attachment.many"),
        ({"total": 10}, "attachment.total"),
        ({"waiting": 10}, "attachment.full"),
    ],
)
def test_each_limit_has_its_reason(published: Office, rules: dict[str, int], code: str) -> None:
    assert keep(published, ("a.png", png()), **rules) == [f"a.png {code}"]
    assert kept_files(published, token="form") == ()


def test_a_file_can_be_taken_out_and_another_form_has_none(published: Office) -> None:
    keep(published, ("a.png", png()))
    assert kept_files(published, token="other") == ()
    (file,) = kept_files(published, token="form")
    drop_file(published, token="other", storage=file.storage)
    assert len(kept_files(published, token="form")) == 1
    drop_file(published, token="form", storage=file.storage)
    assert kept_files(published, token="form") == ()


def test_files_of_a_form_that_was_never_sent_go_after_a_day(
    published: Office, clock: Clock
) -> None:
    keep(published, ("a.png", png()))
    clock.advance(days=1, seconds=1)
    keep_files(published, token="other", given=[("b.png", png())], rules=FileRules())
    assert kept_files(published, token="form") == ()


def test_names_and_contents_lie_encrypted(published: Office, tmp_path: Path) -> None:
    data = docx_of(LETTER)
    keep(published, ("秘密来信.docx", data))
    receive(published, slug=SLUG, new=NewSubmission("另见附件", form="form"), now=OPEN)
    stored = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("consult.sqlite3*"))
    for secret in ("秘密来信", LETTER):
        assert secret.encode() not in stored
    assert data[:200] not in stored


def sent(office: Office, new: NewSubmission) -> tuple[int, str]:
    receipt = receive(office, slug=SLUG, new=new, now=OPEN)
    stored = submissions.by_number(office.store.db, 1, receipt.number)
    assert stored is not None
    return stored.value.id, vault.original(office.keys, stored).text


def test_a_letter_is_read_as_comments_like_typed_text(published: Office) -> None:
    keep(published, ("来信.docx", docx_of(LETTER)), ("信.pdf", pdf_of(["垂钓区太少。"])))
    identifier, text = sent(published, NewSubmission("水质监测结果请每周公布。", form="form"))
    analyse(published, slug=SLUG, actor="test")
    found = comments.of_submission(published.store.db, identifier)
    assert text == f"水质监测结果请每周公布。\n\n{LETTER}\n\n垂钓区太少。"
    assert [(comment.text, text[comment.start : comment.end]) for comment in found] == [
        (words, words) for words in ("水质监测结果请每周公布。", LETTER, "垂钓区太少。")
    ]
    assert kept_files(published, token="form") == ()


def test_a_letter_alone_is_a_submission_but_nothing_at_all_is_not(published: Office) -> None:
    keep(published, ("来信.docx", docx_of(LETTER)))
    assert sent(published, NewSubmission("", form="form"))[1] == LETTER
    with pytest.raises(InputRefused) as refusal:
        receive(published, slug=SLUG, new=NewSubmission("", form="empty"), now=OPEN)
    assert refusal.value.code == "text.blank"


def test_a_scan_waits_in_the_accounts_until_it_is_transcribed(published: Office) -> None:
    keep(published, ("扫描.png", png()))
    identifier, _ = sent(published, NewSubmission("见附件。", form="form"))
    analyse(published, slug=SLUG, actor="test")
    (item,) = waiting(published, slug=SLUG)
    assert totals.accounting(published.store.db, 1).transcribing == 1
    assert file_content(published, slug=SLUG, storage=item.file.storage)[1] == png()
    before = comments.of_submission(published.store.db, identifier)
    transcribe(published, slug=SLUG, storage=item.file.storage, text=LETTER, actor="wang")
    analyse(published, slug=SLUG, actor="test")
    after = comments.of_submission(published.store.db, identifier)
    assert [comment.number for comment in after][: len(before)] == [c.number for c in before]
    assert after[-1].text == LETTER
    sums = totals.accounting(published.store.db, 1)
    assert (sums.awaiting, sums.transcribing, sums.balanced) == (0, 0, True)
    assert waiting(published, slug=SLUG) == ()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("关于修改意见.docx", "关于修改意见.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\信.pdf", "信.pdf"),
        ("意见\u202egpj.exe", "意见gpj.exe"),
        ("a\x00b\r\nc.pdf", "a\ufffdbc.pdf"),
        ("\n", "file"),
        ("长" * 5000 + ".docx", "长" * 188 + "….docx"),
    ],
)
def test_a_file_name_is_data_on_one_line(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_retried_send_with_files_stores_once(published: Office) -> None:
    keep(published, ("a.png", png()))
    new = NewSubmission("见附件。", form="form", key="k")
    first = receive(published, slug=SLUG, new=new, now=OPEN)
    again = receive(published, slug=SLUG, new=replace(new), now=OPEN)
    assert (again.number, again.code, again.repeated) == (first.number, first.code, True)
    assert published.store.db["attachments"].count == 1


def test_a_file_that_is_gone_from_under_us_is_said_to_be_and_costs_nothing_else(
    published: Office,
) -> None:
    keep(published, ("扫描.png", png()))
    identifier, text = sent(published, NewSubmission("见附件。", form="form"))
    (item,) = waiting(published, slug=SLUG)
    with published.store.write() as db:
        db.execute("delete from attachments")
    with pytest.raises(NotFound) as gone:
        file_content(published, slug=SLUG, storage=item.file.storage)
    assert gone.value.code == "attachment.unstored"
    assert waiting(published, slug=SLUG) == ()
    assert (
        vault.original(published.keys, submissions.by_id(published.store.db, identifier)).text
        == text
    )
