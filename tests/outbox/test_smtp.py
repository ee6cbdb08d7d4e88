from __future__ import annotations

import email
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.errors import DeliveryInDoubt, MessageRefused, OutboxUnready
from consult.domain.message import (
    Enclosure,
    Message,
    address_in,
    is_address,
    masked_address,
)
from consult.outbox.compose import compose
from consult.outbox.smtp import MailServer, SmtpOutbox
from tests.mailing import PASSWORD, USER, Running

AT = datetime(2022, 11, 20, 1, 0, tzinfo=UTC)
LETTER = Message(
    to="zhang@example.com",
    subject="关于您所提意见的答复",
    text="张女士：\n您的意见已采纳。\n.\n结束",
    id="letter-1.abc@gov.example",
)
Start = Callable[[str], Running]


def outbox(server: Running, security: str, **more: Any) -> SmtpOutbox:
    secret = {"user": USER, "password": PASSWORD} if security != "none" else {}
    chosen = MailServer("localhost", server.port, security, sender="kjj@gov.example", seconds=10,
                        **{**secret, **more})  # fmt: skip
    return SmtpOutbox(chosen, name="市科技局", clock=lambda: AT, context=server.trust)


def read(content: bytes) -> Any:
    return email.message_from_bytes(content, policy=default)


@pytest.mark.parametrize("security", ["starttls", "ssl", "none"])
def test_a_letter_arrives_as_it_was_written(smtp: Start, security: str) -> None:
    server = smtp(security)
    box = outbox(server, security)
    answers = [box.send(LETTER), box.send(LETTER)]
    box.close()
    ((sender, to, content), _) = server.box.taken
    got = read(content)
    assert (answers, sender, to) == (["250 2.0.0"] * 2, "kjj@gov.example", ["zhang@example.com"])
    assert (got["subject"], got["to"], str(got["from"])) == (
        "关于您所提意见的答复", "zhang@example.com", "市科技局 <kjj@gov.example>",
    )  # fmt: skip
    assert (got["message-id"], got["auto-submitted"]) == (
        "<letter-1.abc@gov.example>", "auto-generated",
    )  # fmt: skip
    assert got.get_content().replace("\r\n", "\n") == f"{LETTER.text}\n"


@pytest.mark.parametrize(
    ("security", "more", "code"),
    [
        ("starttls", {"password": "wrong"}, "outbox.login"),
        ("none", {"security": "starttls"}, "outbox.insecure"),
        ("none", {"user": USER, "password": PASSWORD}, "outbox.insecure"),
        ("starttls", {"security": "ssl"}, "outbox.unreachable"),
    ],
)
def test_a_server_that_does_not_let_us_in_is_named_and_gets_nothing(
    smtp: Start, security: str, more: dict[str, str], code: str
) -> None:
    server = smtp(security)
    if "security" in more:
        chosen = MailServer("localhost", server.port, more["security"], sender="a@gov.example",
                            seconds=5)  # fmt: skip
        box = SmtpOutbox(chosen, name="", clock=lambda: AT, context=server.trust)
    else:
        box = outbox(server, security, **more)
    with pytest.raises(OutboxUnready) as error:
        box.send(LETTER)
    assert (error.value.code, server.box.taken) == (code, [])


def test_a_certificate_that_nobody_vouches_for_is_not_believed(smtp: Start) -> None:
    server = smtp("starttls")
    stranger = Running(server.port, server.box, ssl.create_default_context())
    with pytest.raises(OutboxUnready) as error:
        outbox(stranger, "starttls").send(LETTER)
    assert (error.value.code, server.box.taken) == ("outbox.unreachable", [])


def test_a_refusal_concerns_one_letter_and_tells_no_address(smtp: Start) -> None:
    server = smtp("none")
    server.box.rcpt = {
        "gone@example.com": "550 5.1.1 <gone@example.com> unknown",
        "full@example.com": "452 4.2.2 full@example.com is full",
    }
    server.box.data = ["554 5.7.1 spam"]
    box = outbox(server, "none")
    said = []
    for to in ("gone@example.com", "full@example.com", "a@example.com", "not an address"):
        with pytest.raises(MessageRefused) as error:
            box.send(Message(to, "s", "t", "x@gov.example"))
        said.append((error.value.code, error.value.values.get("reply")))
    assert said == [
        ("outbox.refused", "550 5.1.1"), ("outbox.delayed", "452 4.2.2"),
        ("outbox.refused", "554 5.7.1"), ("outbox.address", None),
    ]  # fmt: skip
    assert box.send(LETTER) == "250 2.0.0"
    box.close()
    assert [to for _, to, _ in server.box.taken] == [["zhang@example.com"]]


def test_a_line_that_breaks_after_the_content_leaves_a_doubt(smtp: Start) -> None:
    server = smtp("none")
    server.box.broken = True
    box = outbox(server, "none")
    with pytest.raises(DeliveryInDoubt):
        box.send(LETTER)
    server.box.broken = False
    assert box.send(LETTER) == "250 2.0.0"  # over a new line
    box.close()


def test_nothing_is_sent_where_no_server_is_set() -> None:
    with pytest.raises(OutboxUnready) as error:
        SmtpOutbox(MailServer(""), name="", clock=lambda: AT)
    assert error.value.code == "outbox.unset"


def test_the_password_is_not_shown() -> None:
    assert PASSWORD not in repr(MailServer("h", password=PASSWORD))


def test_a_file_goes_with_a_letter_and_the_bytes_are_the_same_each_time() -> None:
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    letter = Message("a@b.example", "s", "t", "i@b.example",
                     enclosures=(Enclosure("答复\r\nX: 1.docx", docx, b"PK\x00"),))  # fmt: skip
    made = [compose(letter, sender="c@d.example", name="局", at=AT) for _ in range(2)]
    (part,) = read(made[0]).iter_attachments()
    assert made[0] == made[1]
    assert (part.get_filename(), part.get_content()) == ("答复 X: 1.docx", b"PK\x00")


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_no_text_adds_a_header(name: str, subject: str, text: str) -> None:
    plain = compose(Message("a@b.example", "s", "t", "i@b.example"), sender="c@d.example",
                    name="n", at=AT)  # fmt: skip
    injected = "\r\nBcc: evil@example.com\r\n\r\n"
    made = compose(
        Message("a@b.example", f"{subject}{injected}{subject}", text, "i@b.example"),
        sender="c@d.example", name=f"{name}{injected}", at=AT,
    )  # fmt: skip
    assert read(made).keys() == read(plain).keys()
    assert "evil" not in str(read(made)["to"])


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("zhang@163.com", "zhang@163.com"),
        ("电话13800000000，邮箱zhang＠163．com", "zhang@163.com"),
        ("邮箱：a.b+c@mail.lz.gov.cn；泸州市江阳区1号", "a.b+c@mail.lz.gov.cn"),
        ("a@b.com,evil@c.com", "a@b.com"),
        ("13800000000", ""),
        ("a@b", ""),
        ("a@b.com\r\nBcc: x@y.com", "a@b.com"),
        ("@b.com a@@b.com", ""),
        ("张@b.com", ""),
        ("x" * 65 + "@b.com", ""),
    ],
)
def test_an_address_is_found_among_contact_data(contact: str, address: str) -> None:
    assert address_in(contact) == address


@given(st.text(max_size=40))
def test_what_passes_for_an_address_is_one_plain_address(text: str) -> None:
    found = address_in(f"{text} a@b.cn")
    assert is_address(found)
    assert found.isascii()
    assert found.count("@") == 1
    assert not set(found) & set(' \r\n\t<>,;:"()\\')


def test_an_address_is_masked() -> None:
    assert (masked_address("zhang@163.com"), masked_address("")) == ("z***@163.com", "")
