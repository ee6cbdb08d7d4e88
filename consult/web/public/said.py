"""What a form says, read either through the whole form or, when it is simply sent, directly.

Building a form of eleven fields costs more than storing what it says; sending what has just been
checked needs none. Whatever is not plainly right is left to the form, which says what is wrong.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from consult.domain.comment import Channel, Choice, NewSubmission, Speaker
from consult.domain.consultation import Consultation
from consult.domain.entry import Entry, compose
from consult.domain.questions import Questions, questions
from consult.domain.text import single_line, unstorable
from consult.services.hold import HASTE, TRAP
from consult.web.public.form_key import FormKey, read_key

NAME_LENGTH = 100  # characters
CONTACT_LENGTH = 200
MOST = 10  # entries of one form
UNSAID = "unsaid"  # the choice that stands for Speaker.UNKNOWN: a radio button needs some value
OPEN = "open"  # on the check page: leave this point to staff
_STORED = re.compile(r"\b[0-9a-f]{32}\b", re.ASCII)  # the names of services.uploads
_MOST_FILES = 50
_PICK = re.compile(r"pick-(\d{1,7})-(\d{1,7})", re.ASCII)
_ENTRY = ("text", "section", "original", "replacement", "reason")


@dataclass(frozen=True, slots=True)
class Said:
    """Everything a form says; ``trap`` is what stands in the field nobody sees."""

    entries: tuple[Entry, ...]
    key: FormKey
    speaker: Speaker = Speaker.UNKNOWN
    name: str = ""
    contact: str = ""
    publish: bool = False
    attached: str = ""
    trap: str = ""
    picked: tuple[Choice, ...] = ()

    def submission(
        self, asked: Questions, *, privacy_version: str, clock: datetime, min_seconds: int
    ) -> NewSubmission:
        """Return the submission, under a key that changes with its content.

        A double click stores once; a form taken up again for another comment stores that one too.
        What the office does not ask for is not taken.
        """
        composed = compose(self.entries)
        asks = asked.asks
        return NewSubmission(
            text=composed.text,
            channel=Channel.WEB,
            speaker=self.speaker if asks("speaker") else Speaker.UNKNOWN,
            name=self.name if asks("name") else "",
            contact=self.contact if asks("contact") else "",
            publish=self.publish and asks("publish"),
            privacy_version=privacy_version,
            key=f"web:{self.key.token}:{self._content()}",
            choices=(*composed.choices, *self.picked),
            spans=composed.spans,
            form=self.key.token,
            held=self._held(clock, min_seconds),
        )

    def _held(self, clock: datetime, min_seconds: int) -> str:
        """Return why staff should look at this before it is listed; empty when nothing is odd."""
        if self.trap:
            return TRAP
        return HASTE if self.key.age(clock) < min_seconds else ""

    def _content(self) -> str:
        words = [[e.text, e.section, e.original, e.replacement, e.reason] for e in self.entries]
        said = [words, self.speaker, self.name, self.contact, self.publish, self.attached]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def plainly_right(
    consultation: Consultation, sent: Mapping[str, str], token: str, secret: bytes
) -> Said | None:
    """Return what was sent when nothing is wrong with it; None leaves it to the form.

    ``token`` is the secret of the session, ``secret`` the office's own.
    """
    if not _ours(sent.get("csrf_token", ""), token):
        return None
    key = read_key(sent.get("key", ""), secret=secret)
    asked = questions(consultation.texts)
    if key is None or not sent.get("privacy") or any(map(unstorable, sent.values())):
        return None
    said = _read(sent, key)
    lacking = [asked.needs("name") and not said.name, asked.needs("contact") and not said.contact]
    lacking.append(asked.needs("speaker") and not said.speaker)
    too_long = len(said.name) > NAME_LENGTH or len(said.contact) > CONTACT_LENGTH
    blank = all(entry.blank for entry in said.entries) and not said.attached
    known = sent.get("speaker", UNSAID) in {UNSAID, *(code for code, _ in asked.speakers)}
    return None if any(lacking) or too_long or blank or not known else said


def _ours(given: str, secret: str) -> bool:
    """Tell whether a token holds the secret of this session.

    Flask-WTF's token is that secret and a signature over it. Who knows the secret needs no
    signature, so the first part is compared and no more: checking the second would prove nothing.
    """
    if not secret:
        return False
    wanted = base64.urlsafe_b64encode(f'"{secret}"'.encode()).rstrip(b"=")
    return hmac.compare_digest(given.partition(".")[0].encode(), wanted)


def _read(sent: Mapping[str, str], key: FormKey) -> Said:
    speaker = sent.get("speaker", UNSAID)
    return Said(
        entries=tuple(_entry(sent, number) for number in range(1, count_of(sent) + 1)),
        key=key,
        speaker=Speaker(speaker) if speaker in set(Speaker) else Speaker.UNKNOWN,
        name=single_line(sent.get("name", "")),
        contact=single_line(sent.get("contact", "")),
        publish=bool(sent.get("publish")),
        attached=stored_names(sent.get("attached", "")),
        trap=sent.get("website", "").strip(),
        picked=picked(sent.items()),
    )


def _entry(sent: Mapping[str, str], number: int) -> Entry:
    prefix = "" if number == 1 else f"e{number}-"
    return Entry(*(sent.get(f"{prefix}{name}", "") for name in _ENTRY))


def count_of(sent: Mapping[str, str]) -> int:
    """Return how many entries a form has."""
    given = sent.get("entries", "1")
    count = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
    return max(1, min(MOST, count))


def stored_names(given: str) -> str:
    """Return the names of stored files in a field that machines may fill with anything."""
    return ",".join(_STORED.findall(given)[:_MOST_FILES])


def picked(sent: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Return the sections that were corrected on the check page, point by point."""
    found = []
    for name, code in sent:
        span = _PICK.fullmatch(name) if code else None
        if span and int(span[1]) < int(span[2]):
            section = "" if code == OPEN else code[:40]
            found.append(Choice(int(span[1]), int(span[2]), section))
    return tuple(found)
