"""One letter, read: decoding, structure, own words (T4 of the project's test matrix)."""

from __future__ import annotations

import base64
import email
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.errors import InputRefused
from consult.intake.mail import read
from tests.mails import SENDER, WORDS, letter, many, part, transferred, word

# 镕, 喆, ㎡ and € are in GBK and not in GB 2312: what three libraries lose.
RARE = "朱镕、李喆建议把步道加宽到3㎡，每户补€5。"
TRADITIONAL = "建議在步道上加裝路燈，並把步道加寬到三公尺。"
LABELS = [
    ("utf-8", "utf-8", RARE), ("gb2312", "gb18030", RARE), ("GBK", "gb18030", RARE),
    ("x-gbk", "gb18030", RARE), ("GB_2312-80", "gb18030", RARE), ("gb18030", "gb18030", RARE),
    ("unknown-8bit", "gb18030", RARE), ("us-ascii", "utf-8", RARE), ("iso-8859-1", "gb18030", RARE),
    ("big5", "cp950", TRADITIONAL),
]  # fmt: skip


def text_of(data: bytes) -> str:
    return str(read(data)["text"])


def refused(data: bytes) -> str:
    with pytest.raises(InputRefused) as refusal:
        read(data)
    return refusal.value.code


@pytest.mark.parametrize("how", ["base64", "quoted-printable", "8bit", "x-uuencode"])
@pytest.mark.parametrize(("label", "codec", "text"), LABELS)
def test_every_label_is_read_in_every_encoding(label: str, codec: str, text: str, how: str) -> None:
    assert text_of(letter(part(text.encode(codec), charset=label, how=how))) == text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "cp950"])
def test_without_a_label_the_chain_decides(codec: str) -> None:
    text = TRADITIONAL if codec == "cp950" else RARE
    assert text_of(letter(part(text.encode(codec), charset="", how="8bit"))) == text


@pytest.mark.parametrize(
    ("label", "codec"), [("utf-8", "gb18030"), ("gb2312", "utf-8"), ("big5", "gb18030")]
)
def test_a_wrong_label_is_not_believed(label: str, codec: str) -> None:
    assert text_of(letter(part(RARE.encode(codec), charset=label))) == RARE


def test_a_broken_byte_costs_its_character_alone() -> None:
    broken = RARE.encode()[:-1] + b"\xff"
    assert text_of(letter(part(broken))) == RARE[:-1] + "\ufffd\ufffd"


def test_codecs_that_are_no_charsets_are_never_used() -> None:
    for label in ("unicode_escape", "idna", "punycode", "rot13", "zip", "raw_unicode_escape"):
        assert text_of(letter(part(b"\\u5efa abc", charset=label))) == "\\u5efa abc"


def test_a_header_of_twenty_thousand_words_is_refused_before_it_is_read() -> None:
    assert refused(letter(subject=b" ".join([word("字")] * 20_000))) == "mail.headers"


def test_a_letter_that_is_none_and_one_that_is_encrypted_are_refused() -> None:
    assert refused(b"\x00\x01\x02" * 50) == "mail.none"
    assert refused(letter(many(part(b"x"), kind="encrypted"))) == "mail.locked"


def nested(levels: int) -> bytes:
    body = part(WORDS.encode())
    for level in range(levels):
        body = many(body, boundary=b"b%d" % level)
    return letter(body)


def test_parts_in_parts_are_read_to_a_depth_nobody_writes_to() -> None:
    assert text_of(nested(25)) == WORDS
    assert refused(nested(600)) == "mail.deep"
    assert refused(letter(many(*[part(b"x", how="8bit")] * 1_200))) == "mail.parts"


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Type: multipart/mixed\n\n--b\n" + part(WORDS.encode()) + b"\n--b--\n",
        b"Content-Type: multipart/mixed; boundary=other\n\n--b\n" + part(WORDS.encode()),
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + part(WORDS.encode()),
        b"Content-Type: multipart/mixed; boundary=b\n\n" + WORDS.encode(),
        b"Content-Type: text\n\n" + WORDS.encode(),
        b"Content-Type: ;;;\n\n" + WORDS.encode(),
        b"Content-Transfer-Encoding: base64\n\n" + WORDS.encode(),
        b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(WORDS.encode()).rstrip(b"="),
        b"Content-Transfer-Encoding: base64\n\n"
        + transferred(WORDS.encode(), "base64")
        + b"____ footer of a list ____\n",
        b"Content-Transfer-Encoding: nonsense\n\n" + WORDS.encode(),
        b"Content-Transfer-Encoding: x-uuencode\n\n" + WORDS.encode(),
        b"\n" + WORDS.encode(),
    ],
)
def test_broken_letters_say_what_can_be_read(body: bytes) -> None:
    assert text_of(letter(body)) == WORDS
    assert text_of(letter(body).replace(b"\n", b"\r\n")) == WORDS


def test_bad_quoted_printable_loses_nothing() -> None:
    body = b"Content-Transfer-Encoding: quoted-printable\n\n100=ZZ a=\nb =E5=BB=BA="
    assert text_of(letter(body)) == "100=ZZ ab 建"


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("Fri, 10 May 2024 09:00:00 +0800", "2024-05-10T01:00:00+00:00"),
        ("10 May 2024 09:00 +0800 (CST)", "2024-05-10T01:00:00+00:00"),
        ("Thu, 1 Jan 1970 00:00:00 +0000", ""),
        ("Fri, 10 May 9999 09:00:00 +0800", ""),
        ("Fri, 32 May 2024 09:00:00 +0800", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_date_that_is_none_is_left_out(date: str, said: str) -> None:
    assert read(letter(date=date))["dated"] == said


def test_the_servers_date_of_arrival_is_kept_apart_from_the_senders() -> None:
    more = b"Received: from a by b; Sat, 11 May 2024 09:00:00 +0800\n"
    assert read(letter(more=more))["arrived"] == "2024-05-11T01:00:00+00:00"


PAGE = (
    "<html><head><style>p{color:red}</style></head><body><p>{}</p><script>alert(1)</script>"
    '<div style="display:none">hidden</div><img src="https://example.com/pixel.gif" width=1>'
    "<p>第二段&nbsp;<b>粗</b>体<br>换行</p><table><tr><td>甲</td><td>乙</td></tr></table></body></html>"
).replace("{}", WORDS)


def test_a_page_says_what_its_reader_sees() -> None:
    assert text_of(letter(part(PAGE.encode(), "text/html"))) == (
        f"{WORDS}\n第二段 粗体\n换行\n甲 乙"
    )


def test_plain_and_page_say_the_same_thing_once() -> None:
    both = many(part(WORDS.encode()), part(PAGE.encode(), "text/html"), kind="alternative")
    assert text_of(letter(both)) == WORDS
    stub = many(part("您的邮件客户端不支持HTML格式".encode()), part(b"<p>ok</p>", "text/html"),
                kind="alternative")  # fmt: skip
    assert text_of(letter(stub)) == "ok"


def test_files_come_with_their_names_and_small_pictures_of_a_page_do_not() -> None:
    inline = b"Content-ID: <1>\nContent-Disposition: inline\n"
    data = read(
        letter(
            many(
                part(WORDS.encode()),
                part(b"logo", "image/png", charset="", more=inline),
                part(b"photo" * 4_000, "image/jpeg", charset="", more=inline),
                part(b"abc", "application/pdf", charset="", name=word("意见.pdf")),
                part(b"abc", "text/plain", name=b"a.txt"),
            )
        )
    )
    assert data["text"] == WORDS
    assert [(item["name"], len(item["data"])) for item in data["files"]] == [
        ("image.jpeg", 20_000), ("意见.pdf", 3), ("a.txt", 3),
    ]  # fmt: skip


def test_a_file_uuencoded_in_the_text_is_a_file() -> None:
    body = b"\n" + WORDS.encode() + b"\n\n" + transferred(b"abc" * 40, "x-uuencode")
    found = read(letter(body))
    assert (found["text"], found["files"]) == (
        WORDS, [{"name": "letter.txt", "data": b"abc" * 40, "inline": False}],
    )  # fmt: skip


def test_enclosed_letters_come_byte_for_byte() -> None:
    inner = [letter(f"第{number}封", ident=f"<{number}>") for number in range(300)]
    found = read(letter(many(*[b"Content-Type: message/rfc822\n\n" + item for item in inner])))
    assert (found["letters"], found["text"]) == (inner, "")


REPORT = b"Content-Type: multipart/report; report-type=%s; boundary=b\n\n--b\n\nfailed\n--b--\n"
ASIDE = {
    "automatic": (letter(more=b"Auto-Submitted: auto-replied\n"), "automatic"),
    "subject": (letter(subject=word("自动回复: 意见")), "automatic"),
    "exchange": (letter(more=b"X-Autoreply: yes\n"), "automatic"),
    "bounce": (letter(REPORT % b"delivery-status"), "bounce"),
    "postmaster": (letter(sender="PostMaster@example.com"), "bounce"),
    "receipt": (letter(REPORT % b"disposition-notification"), "receipt"),
    "bulk": (letter(more=b"Precedence: bulk\nList-Unsubscribe: <x>\n"), "bulk"),
    "person": (letter(more=b"Auto-Submitted: no\nPrecedence: list\n"), ""),
    "matter": (letter(subject=word("自动回复机制应当改进")), ""),
}


@pytest.mark.parametrize(("data", "why"), ASIDE.values(), ids=ASIDE.keys())
def test_what_no_person_wrote_is_set_aside(data: bytes, why: str) -> None:
    assert read(data)["aside"] == why


def test_copies_of_a_letter_are_one_and_two_letters_are_two() -> None:
    sent, inbox = letter(), letter(more=b"Received: by b; Fri, 10 May 2024 09:00:01 +0800\n")
    crlf = sent.replace(b"\n", b"\r\n")
    assert read(sent)["digest"] == read(inbox)["digest"] == read(crlf)["digest"]
    others = [letter("另一封"), letter(sender="b@example.com"), letter(date="")]
    assert len({read(data)["digest"] for data in [sent, *others]}) == 4


def _messages() -> list[Path]:
    spec = find_spec("test.test_email")
    if spec is None or spec.origin is None:
        return []
    return sorted(Path(spec.origin).with_name("data").glob("msg_*.txt"))


@pytest.mark.skipif(not _messages(), reason="this Python comes without its own tests")
def test_the_standard_librarys_own_messages_are_read_as_it_reads_them() -> None:
    for path in _messages():
        data = path.read_bytes()
        theirs = email.message_from_bytes(data)
        if not theirs.keys():
            assert refused(data) == "mail.none", path.name
            continue
        ours: dict[str, Any] = read(data)
        subject = str(theirs["subject"] or "")
        if "=?" not in subject:
            assert ours["subject"].split() == subject.split(), path.name
        enclosed = [p for p in theirs.walk() if p.get_content_type() == "message/rfc822"]
        assert (len(ours["letters"]) > 0) == (len(enclosed) > 0), path.name


@given(st.binary(max_size=400), st.text(max_size=80))
def test_no_bytes_break_the_reader(noise: bytes, text: str) -> None:
    for data in (noise, letter(b"\n" + noise), letter(many(noise, part(noise))),
                 b"Subject: " + noise + b"\n\n" + noise):  # fmt: skip
        try:
            found = read(data)
        except InputRefused:
            continue
        assert "\x00" not in found["text"]
    assert read(letter(text))["address"] == SENDER
