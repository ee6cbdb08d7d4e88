"""Sealing a submission's original and contact data, and opening them again."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.crypto.codes import keyed_hash
from consult.crypto.keyring import Keyring
from consult.crypto.sealing import new_key, seal, unseal
from consult.domain.attachment import FileWords
from consult.domain.comment import NewSubmission, Part, Speaker, Submission
from consult.domain.errors import NotFound
from consult.services.office import Office
from consult.store import originals
from consult.store.submissions import StoredSubmission

_ENCODER = json.JSONEncoder(ensure_ascii=False)  # made once: an import seals 100,000 times


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """Ciphertexts of a submission, its wrapped key, and a commitment to its text."""

    sealed: bytes
    sealed_contact: bytes | None
    wrapped: bytes
    commitment: str
    sealed_letters: bytes | None
    key: bytes


def close(
    keys: Keyring, number: str, new: NewSubmission, letters: Sequence[FileWords] = ()
) -> Sealed:
    """Seal a submission under a key of its own, bound to its number.

    ``letters`` is what each attachment that could be read says.
    """
    key = new_key()
    sealed, committed = close_text(key, number, new)
    contact = None
    if new.name or new.contact:
        contact = close_contact(key, number, new.name, new.contact)
    return Sealed(
        sealed=sealed,
        sealed_contact=contact,
        wrapped=seal(keys.wrap, key, bound_to=number),
        commitment=committed,
        sealed_letters=close_letters(key, number, letters),
        key=key,
    )


def close_text(key: bytes, number: str, new: NewSubmission) -> tuple[bytes, str]:
    """Seal what was typed; returns the ciphertext and the commitment to the text."""
    salt = secrets.token_hex(16)
    held: dict[str, object] = {"text": new.text, "salt": salt} | (
        {"spans": new.spans} if new.spans else {}
    )
    sealed = seal(key, _ENCODER.encode(held).encode(), bound_to=number)
    return sealed, _commit(salt, new.text)


def close_contact(key: bytes, number: str, name: str, contact: str) -> bytes:
    """Seal who somebody is and how to reach them."""
    data = _ENCODER.encode({"name": name, "contact": contact})
    return seal(key, data.encode(), bound_to=f"{number}/contact")


def close_letters(key: bytes, number: str, letters: Sequence[FileWords]) -> bytes | None:
    """Seal what attachments say; None when they say nothing."""
    if not letters:
        return None
    data = json.dumps([list(letter) for letter in letters], ensure_ascii=False)
    return seal(key, data.encode(), bound_to=f"{number}/letters")


def _commit(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def original(keys: Keyring, stored: StoredSubmission) -> Submission:
    """Return the submission with its text, typed and attached.

    Raises ``KeysUnready``, ``NotFound`` when erased.
    """
    number = stored.value.number
    key = key_of(keys, stored)
    data = json.loads(unseal(key, stored.sealed, bound_to=number))
    typed = str(data["text"])
    parts = [Part(start, end) for start, end in data.get("spans") or [(0, len(typed))]]
    text, more = joined(typed, letters(keys, stored))
    return replace(stored.value, text=text, parts=(*parts, *more), typed=len(typed))


def joined(typed: str, letters: Sequence[FileWords]) -> tuple[str, tuple[Part, ...]]:
    """Return what was typed with what the attachments say behind it, and where each of these is."""
    text, parts = typed, []
    for said in letters:
        start = len(text) + (2 if text else 0)  # a blank line between
        text = f"{text}\n\n{said.text}" if text else said.text
        parts.append(Part(start, len(text), said.name))
    return text, tuple(parts)


def letters(keys: Keyring, stored: StoredSubmission) -> list[FileWords]:
    """Return what each attachment that could be read says."""
    if stored.sealed_letters is None:
        return []
    bound = f"{stored.value.number}/letters"
    found = json.loads(unseal(key_of(keys, stored), stored.sealed_letters, bound_to=bound))
    return [FileWords(*map(str, said)) for said in found]


def earlier_text(keys: Keyring, stored: StoredSubmission, sealed: bytes) -> str:
    """Return what an earlier version said."""
    data = json.loads(unseal(key_of(keys, stored), sealed, bound_to=stored.value.number))
    return str(data["text"])


def commitment(keys: Keyring, stored: StoredSubmission) -> str:
    """Return the salted hash of the original, as its event holds it."""
    number = stored.value.number
    data = json.loads(unseal(key_of(keys, stored), stored.sealed, bound_to=number))
    return _commit(data["salt"], data["text"])


def contact(keys: Keyring, stored: StoredSubmission) -> tuple[str, str]:
    """Return name and contact, empty when none was given."""
    if stored.sealed_contact is None:
        return "", ""
    bound = f"{stored.value.number}/contact"
    data = json.loads(unseal(key_of(keys, stored), stored.sealed_contact, bound_to=bound))
    return str(data["name"]), str(data["contact"])


def letter(office: Office, stored: StoredSubmission) -> bytes:
    """Return the letter as it came, byte for byte; raises ``NotFound`` when none is kept."""
    sealed = originals.of(office.store.db, stored.value.id)
    if sealed is None:
        raise NotFound("submission.no-original", number=stored.value.number)
    bound = f"{stored.value.number}/original"
    return unseal(key_of(office.keys, stored), sealed, bound_to=bound)


def key_of(keys: Keyring, stored: StoredSubmission) -> bytes:
    """Return the key of a submission; raises ``NotFound("submission.erased")``."""
    if stored.wrapped is None:
        raise NotFound("submission.erased", number=stored.value.number)
    return unseal(keys.wrap, stored.wrapped, bound_to=stored.value.number)


_ORGANISATIONS = frozenset(
    {Speaker.COMPANY, Speaker.ACADEMIA, Speaker.MEDICAL, Speaker.ASSOCIATION, Speaker.AGENCY}
)


def person(keys: Keyring, new: NewSubmission) -> str:
    """Return the keyed hash that stands for the submitter, empty when nobody can be told.

    A contact identifies anybody, a name identifies an organisation; the bare name of an individual
    does not, since many people share one.
    """
    if new.contact:
        return keyed_hash(keys.person, f"contact {_known_by(new.contact)}")
    if new.name and new.speaker in _ORGANISATIONS:
        return keyed_hash(keys.person, f"name {new.name.casefold()}")
    return ""


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# A mobile number (GB/T 15120's national numbers: 11 digits from 13 to 19), however it is set out.
_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?(1[3-9]\d{9})(?!\d)")


def _known_by(contact: str) -> str:
    """Return what of a contact is the person: an address or a mobile number, however written.

    The same address stands bare in a letter's head and behind 邮箱： in a form.
    """
    folded = unicodedata.normalize("NFKC", contact).casefold()
    addresses: set[str] = set(_MAIL.findall(folded))
    if len(addresses) == 1:
        return addresses.pop()
    numbers: set[str] = set(_MOBILE.findall(re.sub(r"(?<=\d)[\s-]+(?=\d)", "", folded)))
    if len(numbers) == 1 and not addresses:
        return numbers.pop()
    return contact.casefold()


def masked(words: str) -> str:
    """Return contact data as their owner knows them again and nobody else learns them."""
    if len(words) <= 2:
        return words[:1] + "*" * (len(words) - 1)
    shown = min(3, len(words) // 3)
    return words[:shown] + "*" * (len(words) - 2 * shown) + words[len(words) - shown :]


# Two to four Han characters; an office that short ends in what it is.
_PERSON = re.compile(
    r"[一-鿿·]{1,3}[^\W\d_a-zA-Z局委办厅部会院校所厂店社司站室馆中心园区县市镇乡村协盟集团队组科处]"
)


def masked_name(keys: Keyring, stored: StoredSubmission) -> str:
    """Return the name as lists show it: an office or firm in full, a person as ``张**``.

    Somebody who speaks for a school or a firm often signs with a name of his own, alone or behind
    that of the body: what is as short as a name and ends like no office (局) is taken for one.
    """
    name, _ = contact(keys, stored)
    if not name or stored.value.speaker not in _ORGANISATIONS:
        return _starred(name)
    body, _, last = name.rpartition(" ")
    if not _PERSON.fullmatch(last) or _PERSON.fullmatch(body):
        return name
    return f"{body} {_starred(last)}".lstrip()


def _starred(name: str) -> str:
    return name[:1] + "*" * min(len(name) - 1, 2)
