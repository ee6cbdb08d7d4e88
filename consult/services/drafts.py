"""Save a form for later (保存，稍后继续) under a code that is entered, never linked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from consult.crypto.codes import canonical, keyed_hash, new_code
from consult.crypto.sealing import seal, unseal
from consult.domain.errors import NotFound, TooMany
from consult.services.guessing import Guess, missed
from consult.services.limit import limit
from consult.services.office import Office
from consult.services.uploads import form_hash
from consult.store import drafts, files

_HOUR = 3600  # seconds


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What the author keeps: the code, and until when it opens the draft."""

    code: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class DraftRules:
    """Limits: seconds kept, drafts of one address in an hour, drafts in all."""

    keep: int = 14 * 86_400
    per_hour: int = 60
    most: int = 50_000


def save_draft(
    office: Office,
    *,
    slug: str,
    token: str,
    fields: Mapping[str, str],
    client: str,
    rules: DraftRules,
) -> SavedDraft:
    """Seal the fields of a form under a new code; the form's earlier draft and code go.

    The key is made of the code and the office's key: neither the database nor the office alone
    opens a draft. Raises ``TooMany``.
    """
    limit(office, act="draft", client=client, per_hour=rules.per_hour)
    now = office.clock().timestamp()
    code = new_code()
    data = json.dumps({"slug": slug, "fields": dict(fields)}, ensure_ascii=False).encode()
    sealed = seal(_key(office, code), data, bound_to="draft")
    form = form_hash(office, token)
    with office.store.write() as db:
        files.expire(db, now=now)
        if drafts.count(db) >= rules.most:
            raise TooMany("limit.drafts", seconds=_HOUR)
        drafts.save(
            db, code_hash=_hash(office, code), form=form, sealed=sealed, expires=now + rules.keep
        )
        files.keep_uploads(db, form, expires=now + rules.keep)
    return SavedDraft(code, datetime.fromtimestamp(now + rules.keep, UTC))


def open_draft(
    office: Office, *, slug: str, code: str, client: str, per_hour: int
) -> dict[str, str]:
    """Return the fields saved under a code.

    Raises ``NotFound("draft-code.wrong")`` for a code that opens nothing (any more) and, for one of
    an address that has given too many of these, ``TooMany`` (see ``guessing``).
    """
    sealed = drafts.find(office.store.db, _hash(office, code), now=office.clock().timestamp())
    data = json.loads(unseal(_key(office, code), sealed, bound_to="draft")) if sealed else {}
    if data.get("slug") != slug:
        missed(office, Guess(client, per_hour))
        raise NotFound("draft-code.wrong")
    return {str(name): str(value) for name, value in data["fields"].items()}


def _hash(office: Office, code: str) -> str:
    return keyed_hash(office.keys.codes, f"draft {canonical(code)}")


def _key(office: Office, code: str) -> bytes:
    return bytes.fromhex(keyed_hash(office.keys.wrap, f"draft {canonical(code)}"))
