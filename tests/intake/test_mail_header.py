"""Headers in all the forms in which they come."""

from __future__ import annotations

import base64

import pytest

from consult.intake.mail_header import parameters, sender, words
from tests.mails import word

RARE = "朱镕、李喆建议把步道加宽到3㎡，每户补€5。"
HALVES = RARE.encode("gb18030")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (word(RARE), RARE),
        (word(RARE, "gb18030", label="gb2312"), RARE),
        (word(RARE, form="Q"), RARE),
        # cut inside of a character, as QQ and Outlook do
        (b"=?gb2312?B?%s?=\r\n =?gb2312?B?%s?=" % (base64.b64encode(HALVES[:3]),
                                                 base64.b64encode(HALVES[3:])), RARE),
        (RARE.encode("gb18030"), RARE),
        (RARE.encode(), RARE),
        (b"Re: " + word("意见") + b" (1)", "Re: 意见 (1)"),
        (b"=?utf-8*zh?B?%s?=" % base64.b64encode("意见".encode()), "意见"),
        (b"=?utf-8?B?5oSP6KeB", "意见"),  # the end is missing
        (b"=?utf-8?Q?a_b?= =?utf-8?Q?c?=", "a bc"),
        (b"=?nonsense?Q?ab?=", "ab"),
    ],
)  # fmt: skip
def test_headers_are_read_in_all_their_forms(raw: bytes, said: str) -> None:
    assert words(raw.replace(b"\r\n", b"")) == said


@pytest.mark.parametrize(
    "raw",
    [
        b"attachment; filename*=UTF-8''%E6%84%8F%E8%A7%81.docx",
        b"attachment; filename*=gb2312'zh'%D2%E2%BC%FB.docx",
        b"attachment; filename*0*=UTF-8''%E6%84; filename*1*=%8F%E8%A7%81; filename*2=.docx",
        b"attachment; filename*1*=%8F%E8%A7%81.docx; filename*0*=UTF-8''%E6%84",
        b'attachment; filename="=?utf-8?B?5oSP6KeBLmRvY3g=?="',
        b"attachment; filename==?utf-8?B?5oSP6KeBLmRvY3g=?=",
        b'attachment; filename="\xd2\xe2\xbc\xfb.docx"',
        "attachment; filename=意见.docx".encode(),
        b'attachment; x="a;b"; filename="\xe6\x84\x8f\xe8\xa7\x81.docx"; size=3',
    ],
)
def test_names_of_files_are_read_in_all_their_forms(raw: bytes) -> None:
    assert parameters(raw) == ("attachment", parameters(raw)[1])
    assert parameters(raw)[1]["filename"] == "意见.docx"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"a@example.com", ("", "a@example.com")),
        (b'"Zhang, San" <A@Example.com>', ("Zhang, San", "a@example.com")),
        (word("张三") + b" <a@example.com>", ("张三", "a@example.com")),
        (word("张三 <a@example.com>"), ("张三", "a@example.com")),
        (b'"boss@example.com" <a@example.com>', ("boss@example.com", "a@example.com")),
        (b"a@example.com (Li Si)", ("Li Si", "a@example.com")),
        (b"undisclosed: ;", ("undisclosed:", "")),
        (b"group: a@example.com, <b", ("group: , <b".strip(" ,"), "a@example.com")),
        (b"", ("", "")),
    ],
)
def test_a_sender_is_found_whatever_the_form(raw: bytes, found: tuple[str, str]) -> None:
    assert sender(raw) == found
