from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from consult.domain.answer_letter import LetterState, Reach
from consult.domain.comment import NewSubmission, Receipt, Speaker
from consult.domain.decision import Ruling, Target
from consult.domain.errors import (
    Conflict,
    DeliveryInDoubt,
    InputRefused,
    MessageRefused,
    OutboxUnready,
)
from consult.domain.job import Job, JobState
from consult.domain.message import Message
from consult.domain.triage import Disposition
from consult.services.answer_letters import letter_book
from consult.services.carry_out import take
from consult.services.jobs import cancel, job_of
from consult.services.look_up import Key
from consult.services.note_letter import note_bounce, note_letter
from consult.services.office import Office
from consult.services.queue_letters import queue_letters
from consult.services.reopen import reopen
from consult.services.revise import erase_contact, withdraw
from consult.services.send_letters import Sending, send_letters
from consult.store import events, letters
from tests.conftest import OPEN, SLUG
from tests.correspondence import answer, write
from tests.mailing import certificate, smtp

__all__ = ["certificate", "smtp"]
SENDER = "kjj@gov.example"
PEOPLE = [
    NewSubmission(text="请多装路灯。", name="张三", contact="zhang@example.com"),
    NewSubmission(text="请修步道。", name="张三", contact="zhang@example.com"),
    NewSubmission(text="请多种树。", contact="邮箱 li@example.com 电话 13800000000"),
    NewSubmission(text="请清淤。", name="清河机械厂", contact="清河路1号",
                  speaker=Speaker.COMPANY),
    NewSubmission(text="河水发臭。"),
]  # fmt: skip


@dataclass
class Recorder:
    """An outbox that keeps what it is given, or raises what it is told to."""

    sent: list[Message] = field(default_factory=list)
    raises: list[Exception | None] = field(default_factory=list)

    def send(self, message: Message) -> str:
        error = self.raises.pop(0) if self.raises else None
        if error is not None:
            raise error
        self.sent.append(message)
        return "250"

    def check(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def receipts(published: Office) -> list[Receipt]:
    """Five submissions of four people; the first four comments are answered."""
    made = write(published, PEOPLE)
    answer(published, 1, Ruling(Disposition.ADOPTED, answer="将加装。", section="2.1",
                                change="增加“加装路灯”"))  # fmt: skip
    for number in (2, 3, 4):
        answer(published, number)
    return made


def queue(office: Office, **more: Any) -> Job:
    done = queue_letters(office, slug=SLUG, sender=SENDER, why="已审定", actor="wang", **more)
    return job_of(office, done.job)


def send(office: Office, outbox: Recorder, job: Job | None = None) -> dict[str, int]:
    job = job or queue(office)
    taken = take(office, owner="me", kind=job.kind)
    assert taken is not None
    waits: list[float] = []
    sending = Sending(outbox, rate=30, as_of=OPEN, rehearsal=False, wait=waits.append)
    done = send_letters(office, job=taken, owner="me", sending=sending)
    assert set(waits) <= {2.0}
    return done


def log(office: Office) -> list[tuple[str, LetterState]]:
    return [(item.address, item.state) for item in letters.log(office.store.db, 1, before=0,
                                                               limit=50)][::-1]  # fmt: skip


def test_each_submitter_gets_one_letter_with_every_answer_and_the_log_masks_them(
    published: Office, receipts: list[Receipt]
) -> None:
    box = Recorder()
    assert send(published, box) == {"sent": 2}
    assert [message.to for message in box.sent] == ["zhang@example.com", "li@example.com"]
    assert box.sent[0].subject == f"关于《清河整治规划》意见的答复（回执 {receipts[0].number}）"
    assert box.sent[0].text.split("\n") == [
        "尊敬的张三：",
        f"感谢您对《清河整治规划》提出意见。您的来件（回执编号{receipts[0].number}、"
        f"{receipts[1].number}）中的 2 条意见已经研究，答复如下。",
        "",
        "1. 二、（一）步道建设（意见第 1 号）",
        "> 您的意见：请多装路灯。",
        "采纳情况：采纳",
        "答复：将加装。",
        "规划改动：二、（一）步道建设：增加“加装路灯”",
        "",
        "2. 二、（一）步道建设（意见第 2 号）",
        "> 您的意见：请修步道。",
        "采纳情况：未采纳",
        "理由：已有规定。",
        "",
        "凭回执编号和查询码，可以随时在征求意见网站查看来件和答复。",
        "清河县水务局",
        "2024年5月10日",
        "",
    ]
    assert log(published) == [
        ("z***@example.com", LetterState.SENT), ("l***@example.com", LetterState.SENT),
    ]  # fmt: skip
    history = events.of(published.store.db, [f"submission:{receipts[1].number}"])
    assert [(event.verb, event.actor) for event in history][-1] == ("letter-sent", "wang")
    stored = b"".join(path.read_bytes() for path in published.store.path.parent.rglob("*sqlite3*"))
    assert b"zhang@" not in stored


def test_a_letter_is_sent_once_and_a_later_answer_gets_a_letter_of_its_own(
    published: Office, receipts: list[Receipt]
) -> None:
    box = Recorder()
    send(published, box)
    with pytest.raises(Conflict) as error:
        queue(published)
    assert error.value.code == "letters.none"
    reopen(published, slug=SLUG, target=Target(comment=2), why="改", actor="li",
           seen=str(_seen(published, 2)))  # fmt: skip
    with pytest.raises(Conflict):  # it has no approved answer now
        queue(published)
    answer(published, 2, Ruling(Disposition.NOTED, reason="改为留作参考。"),
           seen=str(_seen(published, 2)))  # fmt: skip
    assert send(published, box) == {"sent": 1}
    assert [line for line in box.sent[2].text.split("\n") if line.startswith(("采纳", "理由"))] == [
        "采纳情况：留作参考", "理由：改为留作参考。",
    ]  # fmt: skip
    assert len({message.id for message in box.sent}) == 3


def _seen(office: Office, number: int) -> int:
    from consult.store import decisions

    found = decisions.current(office.store.db, Target(comment=number))
    return found.id if found else 0


def test_who_has_unanswered_comments_waits_unless_told_otherwise(published: Office) -> None:
    write(published, PEOPLE[:2])
    answer(published, 1)
    book = letter_book(published, slug=SLUG)
    assert (len(book.due), len(book.partly), book.partly[0].waiting) == (0, 1, 1)
    box = Recorder()
    send(published, box, queue(published, partly=True))
    assert "您的另外 1 条意见正在研究" in box.sent[0].text


def test_what_goes_wrong_with_one_letter_stays_with_it(
    published: Office, receipts: list[Receipt]
) -> None:
    write(published, [NewSubmission(text=f"意见{n}", contact=f"p{n}@example.com") for n in "ab"])
    answer(published, 6)
    answer(published, 7)
    box = Recorder(raises=[
        MessageRefused("outbox.refused", reply="550 5.1.1"), DeliveryInDoubt("outbox.doubtful"),
        MessageRefused("outbox.delayed", reply="451"),
    ])  # fmt: skip
    assert send(published, box) == {"refused": 1, "doubtful": 1, "delayed": 1, "sent": 1}
    assert [state for _, state in log(published)] == [
        LetterState.REFUSED, LetterState.DOUBTFUL, LetterState.DELAYED, LetterState.SENT,
    ]  # fmt: skip
    book = letter_book(published, slug=SLUG)
    assert [len(letter.submissions) for letter in book.due] == [1]  # the delayed one alone
    assert [letter.reach for letter in book.paper] == [Reach.EMAIL, Reach.POST]
    note_letter(published, slug=SLUG, letter=2, state=LetterState.VOID, why="没收到", actor="li")
    assert send(published, box) == {"sent": 2}
    assert note_bounce(published, message_id=f"<{box.sent[0].id}>", reply="5.2.2", actor="mail")
    assert not note_bounce(published, message_id="other@x", reply="", actor="mail")
    with pytest.raises(Conflict):
        note_letter(published, slug=SLUG, letter=5, state=LetterState.VOID, why="x", actor="li")
    with pytest.raises(InputRefused):
        note_letter(published, slug=SLUG, letter=1, state=LetterState.VOID, why=" ", actor="li")
    assert dict(letters.tally(published.store.db, 1)) == {
        LetterState.REFUSED: 1, LetterState.VOID: 1, LetterState.DELAYED: 1,
        LetterState.BOUNCED: 1, LetterState.SENT: 2,
    }  # fmt: skip


def test_an_unready_server_leaves_the_rest_for_the_next_job(
    published: Office, receipts: list[Receipt]
) -> None:
    box = Recorder(raises=[None, OutboxUnready("outbox.login", host="h")])
    job = queue(published)
    with pytest.raises(OutboxUnready):
        send(published, box, job)
    assert (job_of(published, job.id).state, job_of(published, job.id).error) == (
        JobState.FAILED, "outbox.login",
    )  # fmt: skip
    assert send(published, box) == {"sent": 1}
    assert len({message.to for message in box.sent}) == len(box.sent) == 2


def test_nothing_goes_to_whom_it_no_longer_concerns(
    published: Office, receipts: list[Receipt]
) -> None:
    job = queue(published)
    with pytest.raises(Conflict):
        queue(published)
    key = Key(receipts[0].number, receipts[0].code)
    withdraw(published, slug=SLUG, key=key, now=OPEN)
    erase_contact(published, slug=SLUG, key=Key(receipts[2].number, receipts[2].code))
    box = Recorder()
    assert send(published, box, job) == {"void": 2}
    assert (box.sent, [address for address, _ in log(published)]) == ([], ["z***@example.com", ""])
    assert send(published, box) == {"sent": 1}  # the answer to the other submission
    assert "请修步道" in box.sent[0].text
    assert "请多装路灯" not in box.sent[0].text


def test_a_cancelled_job_stops_between_two_letters(
    published: Office, receipts: list[Receipt]
) -> None:
    job = queue(published)

    class Cancelling(Recorder):
        def send(self, message: Message) -> str:
            cancel(published, slug=SLUG, job=job.id, actor="li")
            return super().send(message)

    box = Cancelling()
    with pytest.raises(Conflict):
        send(published, box, job)
    assert (len(box.sent), job_of(published, job.id).state) == (1, JobState.CANCELLED)
    assert send(published, Recorder()) == {"sent": 1}
