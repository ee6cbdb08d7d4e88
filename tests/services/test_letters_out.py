from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from consult.domain.answer_letter import AnsweredComment, AnswerLetter, LetterState, Reach
from consult.domain.comment import NewSubmission, Receipt
from consult.domain.decision import Ruling
from consult.domain.errors import InputRefused
from consult.domain.message import Message
from consult.domain.office_template import LETTER
from consult.domain.triage import Disposition
from consult.export.letter_body import plain_text, subject
from consult.export.letters_docx import letters_docx
from consult.export.office_template import fill
from consult.export.sanitise import printable
from consult.intake.mail_boxes import RawLetter
from consult.intake.mail_letter import Reader
from consult.outbox.compose import compose
from consult.services.answer_letters import letterhead
from consult.services.import_items import import_items
from consult.services.office import Office
from consult.services.office_templates import add_template
from consult.services.write_letters import preview_letter, write_letters
from consult.store import events
from tests.conftest import OPEN, SLUG
from tests.correspondence import NO, answer, write
from tests.export.office_files import template
from tests.hostile import HOSTILE as T1
from tests.letters import png
from tests.mailing import Running, certificate, smtp
from tests.services.test_letters import SENDER, Recorder, log, receipts, send
from tests.serving import NOW, PROGRAM, environment

__all__ = ["certificate", "receipts", "smtp"]


def test_letters_on_paper_open_contacts_for_a_reason_that_is_logged(
    published: Office, receipts: list[Receipt]
) -> None:
    with pytest.raises(InputRefused):
        write_letters(published, slug=SLUG, form="docx", as_of=OPEN, why=" ", actor="li")
    made = [
        write_letters(published, slug=SLUG, form="docx", as_of=OPEN, why="寄送", actor="li").data
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert zipfile.ZipFile(io.BytesIO(made[0])).read("word/document.xml").count(b"<w:sectPr") == 1
    texts = [paragraph.text for paragraph in Document(io.BytesIO(made[0])).paragraphs]
    assert texts[:3] == [
        "关于《清河整治规划》意见的答复", "收信人：清河机械厂　清河路1号", "尊敬的清河机械厂：",
    ]  # fmt: skip
    packed = write_letters(published, slug=SLUG, form="zip", as_of=OPEN, why="寄送", actor="li")
    names = zipfile.ZipFile(io.BytesIO(packed.data)).namelist()
    assert names == [f"00001-{receipts[3].number}.docx"]
    last = events.newest(published.store.db, 1, {"letters-printed"})
    assert last is not None
    assert (last.why, last.actor, last.after) == ("寄送", "li", {"letters": 1, "form": "zip"})


def test_one_file_of_letters_wears_the_office_s_own_paper(published: Office) -> None:
    names = ("甲厂", "乙厂", "丙厂")
    news = [NewSubmission(f"请在{n}门口装路灯。", name=n, contact=f"{n}路1号") for n in names]
    for place, _ in enumerate(write(published, news), 1):
        answer(published, place)
    document = Document(io.BytesIO(template()))
    head = document.sections[0].header.paragraphs[0]
    head.text = "送：{{收信人}}"
    head.add_run().add_picture(io.BytesIO(png()))
    paper = io.BytesIO()
    document.save(paper)
    add_template(published, slug=SLUG, purpose=LETTER, name="红头.docx", data=paper.getvalue(),
                 reference="函〔2024〕1号", actor="li")  # fmt: skip

    made = [
        write_letters(published, slug=SLUG, form="docx", as_of=OPEN, why="寄送", actor="li").data
        for _ in range(2)
    ]

    assert made[0] == made[1]
    whole = Document(io.BytesIO(made[0]))
    texts = [paragraph.text for paragraph in whole.paragraphs]
    assert texts.count("函〔2024〕1号") == len(names)
    assert [text for text in texts if text.startswith("尊敬的")] == [f"尊敬的{n}：" for n in names]
    edges = [section.header for section in whole.sections]
    assert [edge.paragraphs[0].text for edge in edges] == [f"送：{name}" for name in names]
    for edge in edges:  # the picture of the head is in each of them
        (blip,) = edge._element.iter(qn("a:blip"))
        assert edge.part.related_parts[blip.get(qn("r:embed"))].blob == png()
    starts = re.findall(rb'<w:pgNumType w:start="1"', zipfile.ZipFile(io.BytesIO(made[0])).read(
        "word/document.xml"))  # fmt: skip
    assert len(starts) == len(names)


def test_a_preview_shows_no_name(published: Office, receipts: list[Receipt]) -> None:
    _, _, subject, text = preview_letter(published, slug=SLUG, receipt=receipts[0].number,
                                         as_of=OPEN, rehearsal=True)  # fmt: skip
    assert subject.startswith("【演练】关于")
    assert text.split("\n")[:2] == [
        "（演练：使用模拟日期或者样例数据，不是正式答复）", "尊敬的张*：",
    ]  # fmt: skip


BOUNCE = """From: MAILER-DAEMON@example.com
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; zhang@example.com
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: <{id}>

--b--
"""


def test_a_report_in_the_office_s_mailbox_marks_the_letter_that_came_back(
    published: Office, receipts: list[Receipt]
) -> None:
    box = Recorder()
    send(published, box)
    reports = [
        BOUNCE.format(action="delayed", status="4.4.1", id=box.sent[1].id),
        BOUNCE.format(action="failed", status="5.1.1", id=box.sent[0].id),
    ]
    raws = [RawLetter(f"{at}", text.encode(), len(text)) for at, text in enumerate(reports)]
    with Reader(now=OPEN) as reader:
        import_items(published, slug=SLUG, items=reader.items(raws), now=OPEN, actor="mail")
    assert [state for _, state in log(published)] == [LetterState.BOUNCED, LetterState.SENT]
    last = events.of(published.store.db, [f"submission:{receipts[0].number}"])[-1]
    assert (last.verb, last.actor) == ("letter-bounced", "mail")


def test_no_hostile_text_breaks_a_letter_in_any_form(published: Office) -> None:
    head = letterhead(published, slug=SLUG, as_of=OPEN, rehearsal=False)
    paper = template()
    for name, text in T1.items():
        if len(text) > 20_001:  # no submission is longer
            continue
        item = AnsweredComment(1, 1, text, text, Disposition.NOTED, text, text, text, text, text)
        letter = AnswerLetter((1,), ("7K3M-92QF",), Reach.POST, (item,))
        made = compose(
            Message("a@b.cn", subject(letter, head), plain_text(letter, head, text), "i@b.cn"),
            sender="c@d.cn", name=text, at=OPEN,
        )  # fmt: skip
        mail = message_from_bytes(made, policy=default)
        assert (mail["to"], len(mail.keys())) == ("a@b.cn", 9), name
        docx = letters_docx([(letter, text, text)], head)
        filled = fill(paper, docx, dict.fromkeys(("单位", "文号", "事项", "日期", "截至"), text))
        for data in (docx, filled):
            shown = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
            assert f"理由：{printable(text)}" in shown or not text, name


HOSTILE = "\x0b</w:t>{{正文}}\r\nBcc: evil@example.com\r\n.\r\n\u202e=1+1 &amp; \U00020bb7"


def test_hostile_words_reach_a_letter_as_words(published: Office) -> None:
    write(published, [
        NewSubmission(text=HOSTILE, name="\u202e张\r\nBcc: x",
                      contact="a@example.com\r\nBcc: b@c.cn"),
        NewSubmission(text=HOSTILE, name="</w:t>", contact="{{正文}}"),
    ])  # fmt: skip
    answer(published, 1, Ruling(Disposition.NOTED, reason=HOSTILE))
    answer(published, 2, Ruling(Disposition.NOTED, reason=HOSTILE))
    box = Recorder()
    send(published, box)
    (message,) = box.sent
    assert message.to == "a@example.com"
    assert "Bcc" not in message.subject
    paper = write_letters(published, slug=SLUG, form="docx", as_of=OPEN, why="x", actor="li")
    texts = [paragraph.text for paragraph in Document(io.BytesIO(paper.data)).paragraphs]
    assert texts[1:3] == ["收信人：</w:t>　{{正文}}", "尊敬的</w:t>："]
    assert "</w:t>{{正文}}\nBcc: evil@example.com\n.\n=1+1 &amp; \U00020bb7" in "\n".join(texts)


def test_a_killed_sender_sends_no_letter_twice(
    published: Office, tmp_path: Path, smtp: Callable[[str], Running]
) -> None:
    write(
        published, [NewSubmission(text=f"第{n}条", contact=f"p{n}@example.com") for n in range(5)]
    )
    for number in range(1, 6):
        answer(published, number, NO)
    server = smtp("none")
    running: list[subprocess.Popen[bytes]] = []

    async def kill_at_the_third(_server: Any, _session: Any, envelope: Any) -> str:
        server.box.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        if len(server.box.taken) == 3:
            os.kill(running[0].pid, signal.SIGKILL)
        return "250 OK"

    server.box.handle_DATA = kill_at_the_third  # type: ignore[method-assign]
    surroundings = environment(
        CONSULT_NOW=NOW, CONSULT_SMTP_HOST="127.0.0.1", CONSULT_SMTP_PORT=str(server.port),
        CONSULT_SMTP_SECURITY="none", CONSULT_SMTP_FROM=SENDER, CONSULT_SMTP_RATE="6000",
    )  # fmt: skip
    command = [*PROGRAM, "--data-dir", str(tmp_path / "data"), "letters", "send", "--why", "审定"]
    ends = []
    for _ in range(2):
        running.insert(0, subprocess.Popen(command, cwd=tmp_path, env=surroundings,
                                           stdout=subprocess.DEVNULL))  # fmt: skip
        ends.append(running[0].wait(240))
    to = Counter(message_from_bytes(item[2], policy=default)["to"] for item in server.box.taken)
    assert (ends, to) == ([-9, 0], Counter(f"p{n}@example.com" for n in range(5)))
    assert [state for _, state in log(published)] == [
        LetterState.SENT, LetterState.SENT, LetterState.DOUBTFUL, LetterState.SENT,
        LetterState.SENT,
    ]  # fmt: skip
