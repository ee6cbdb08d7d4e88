"""Tokens of other systems: make one, revoke one, know one again."""

from __future__ import annotations

from consult.crypto.codes import keyed_hash, new_token
from consult.domain.comment import Channel
from consult.domain.errors import Conflict, InputRefused, Unauthenticated
from consult.domain.text import single_line
from consult.domain.token import Token
from consult.services.office import Office
from consult.store import consultations, events, tokens

_NAME = 100  # characters
_PREFIX = "consult_"  # by which a leaked token is found by those who search for such


def token_list(office: Office, *, slug: str) -> tuple[Token, ...]:
    """Return the tokens of a consultation, newest first; raises ``NotFound``."""
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    return tokens.every(db, consultation)


def make_token(office: Office, *, slug: str, name: str, channel: Channel, actor: str) -> str:
    """Make a token for a system; returns the secret, which is never shown again.

    Raises ``InputRefused("token.name")``, ``NotFound``.
    """
    named = single_line(name, strict=False)[:_NAME]
    if not named:
        raise InputRefused("token.name", field="name")
    secret = f"{_PREFIX}{new_token()}"
    with office.store.write() as db:
        consultation, _ = consultations.find(db, slug)
        number = tokens.add(
            db, consultation, name=named, hash_=_hash(office, secret), channel=channel,
            actor=actor, now=office.clock(),
        )  # fmt: skip
        _note(office, consultation, actor, "token-made", number)
    return secret


def revoke_token(office: Office, *, slug: str, token: int, actor: str) -> None:
    """Let a token open nothing any more; raises ``Conflict("token.revoked")``, ``NotFound``."""
    with office.store.write() as db:
        consultation, _ = consultations.find(db, slug)
        if not tokens.revoke(db, consultation, token, actor=actor, now=office.clock()):
            raise Conflict("token.revoked")
        _note(office, consultation, actor, "token-revoked", token)


def known_token(office: Office, *, slug: str, secret: str) -> Token:
    """Return the token with a secret; raises ``Unauthenticated("token.wrong")``, ``NotFound``."""
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    found = tokens.by_hash(db, consultation, _hash(office, secret)) if secret else None
    if found is None:
        raise Unauthenticated("token.wrong")
    return found


def _hash(office: Office, secret: str) -> str:
    return keyed_hash(office.keys.codes, f"token {secret}")


def _note(office: Office, consultation: int, actor: str, verb: str, token: int) -> None:
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb, subject=f"token:{token}",
        consultation=consultation,
    )  # fmt: skip
