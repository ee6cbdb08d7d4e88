"""Sealing a submission's original and contact data, and opening them again."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace

from consult.crypto.codes import keyed_hash
from consult.crypto.keyring import Keyring
from consult.crypto.sealing import new_key, seal, unseal
from consult.domain.comment import NewSubmission, Speaker, Submission
from consult.domain.errors import NotFound
from consult.store.submissions import StoredSubmission


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """Ciphertexts of a submission, its wrapped key, and a commitment to its text."""

    sealed: bytes
    sealed_contact: bytes | None
    wrapped: bytes
    commitment: str


def close(keys: Keyring, number: str, new: NewSubmission) -> Sealed:
    """Seal a submission under a key of its own, bound to its number."""
    key, salt = new_key(), secrets.token_hex(16)
    original = json.dumps({"text": new.text, "salt": salt}, ensure_ascii=False).encode()
    contact = None
    if new.name or new.contact:
        data = json.dumps({"name": new.name, "contact": new.contact}, ensure_ascii=False)
        contact = seal(key, data.encode(), bound_to=f"{number}/contact")
    return Sealed(
        sealed=seal(key, original, bound_to=number),
        sealed_contact=contact,
        wrapped=seal(keys.wrap, key, bound_to=number),
        commitment=_commit(salt, new.text),
    )


def _commit(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def original(keys: Keyring, stored: StoredSubmission) -> Submission:
    """Return the submission with its text; raises ``KeysUnready``, ``NotFound`` when erased."""
    number = stored.value.number
    data = json.loads(unseal(_key(keys, stored), stored.sealed, bound_to=number))
    return replace(stored.value, text=data["text"])


def commitment(keys: Keyring, stored: StoredSubmission) -> str:
    """Return the salted hash of the original, as its event holds it."""
    number = stored.value.number
    data = json.loads(unseal(_key(keys, stored), stored.sealed, bound_to=number))
    return _commit(data["salt"], data["text"])


def contact(keys: Keyring, stored: StoredSubmission) -> tuple[str, str]:
    """Return name and contact, empty when none was given."""
    if stored.sealed_contact is None:
        return "", ""
    bound = f"{stored.value.number}/contact"
    data = json.loads(unseal(_key(keys, stored), stored.sealed_contact, bound_to=bound))
    return str(data["name"]), str(data["contact"])


def _key(keys: Keyring, stored: StoredSubmission) -> bytes:
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
        return keyed_hash(keys.person, f"contact {new.contact.casefold()}")
    if new.name and new.speaker in _ORGANISATIONS:
        return keyed_hash(keys.person, f"name {new.name.casefold()}")
    return ""


def masked_name(keys: Keyring, stored: StoredSubmission) -> str:
    """Return the name as lists show it: an office or firm in full, a person as ``张**``."""
    name, _ = contact(keys, stored)
    if not name or stored.value.speaker in _ORGANISATIONS:
        return name
    return name[0] + "*" * min(len(name) - 1, 2)
