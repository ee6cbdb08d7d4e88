"""Letters no person wrote to us: automatic replies, bounces, read receipts, bulk mail.

They are set aside, never dropped: staff see them counted and can take one in after all. Answering
one would make two machines write to each other without end (RFC 3834, section 2).
"""

from __future__ import annotations

import re
from typing import Final

from consult.intake.mail_header import Headers, sender

AUTOMATIC, BOUNCE, RECEIPT, BULK = "automatic", "bounce", "receipt", "bulk"
_POSTMAN: Final = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon)@.*")
_SUBJECT: Final = re.compile(
    r"\s*(?:自动回复|自动答复|自動回覆|系统自动回复|外出自动回复"
    r"|Auto(?:matic)?[ -]?reply|Out of (?:the )?office)\s*(?:[:：].*)?",
    re.IGNORECASE | re.DOTALL,
)
_RETURNED: Final = re.compile(
    r".*(?:退信|投递失败|Undeliver(?:ed|able)|Delivery Status Notification|Returned mail"
    r"|Mail delivery failed|failure notice).*",
    re.IGNORECASE | re.DOTALL,
)


def set_aside(headers: Headers, kind: str, report: str) -> str:
    """Return why a letter is set aside, "" when a person wrote it.

    ``kind`` is its type, ``report`` the ``report-type`` of a ``multipart/report`` (RFC 6522).
    """
    subject = headers.text("subject")
    if _is_bounce(headers, kind, report, subject):
        return BOUNCE
    if kind == "multipart/report" and report == "disposition-notification":
        return RECEIPT
    if _is_automatic(headers, subject):
        return AUTOMATIC
    precedence = headers.text("precedence").lower()
    if precedence in ("bulk", "junk") and headers.raw("list-unsubscribe"):
        return BULK
    return ""


def _is_bounce(headers: Headers, kind: str, report: str, subject: str) -> bool:
    if kind == "multipart/report" and report in ("delivery-status", ""):
        return True
    if headers.raw("x-failed-recipients"):
        return True
    _, address = sender(headers.raw("from"))
    from_postman = _POSTMAN.fullmatch(address) is not None
    nobody = headers.raw("return-path").strip() == b"<>"
    return (from_postman or nobody) and (from_postman or _RETURNED.fullmatch(subject) is not None)


def _is_automatic(headers: Headers, subject: str) -> bool:
    submitted = headers.text("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":  # RFC 3834, section 5
        return True
    if headers.text("precedence").lower() == "auto_reply" or headers.raw("x-autoreply"):
        return True
    if headers.raw("x-autorespond") or headers.raw("return-path").strip() == b"<>":
        return True
    return _SUBJECT.fullmatch(subject) is not None
