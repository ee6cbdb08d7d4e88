"""Reads the JSON of a pushed item: types and names only, as for a submission."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from consult.domain.comment import Channel, NewSubmission
from consult.domain.errors import InputRefused
from consult.domain.text import unstorable
from consult.intake.jsonl import EARLIEST, LATEST
from consult.web.api.submission_body import check_fields, speaker_of

# Field → what it must be, in the order of the description.
FIELDS: Final[dict[str, tuple[type, str]]] = {
    "text": (str, "string"),
    "channel": (str, "string"),
    "received": (str, "string"),
    "sections": (list, "array of strings"),
    "speaker": (str, "string"),
    "name": (str, "string"),
    "contact": (str, "string"),
    "publish": (bool, "boolean"),
}
# Letters, digits and a few marks: a number of the other system, or a UUID.
KEY: Final = r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}"


def read_pushed(body: object, *, key: str, channel: Channel) -> NewSubmission:
    """Return the item; raises ``InputRefused`` (``api.*``, ``token.*``) naming the field.

    ``channel`` is that of the token, for items that name none.
    """
    if not isinstance(body, Mapping):
        raise InputRefused("api.json")
    check_fields(body, FIELDS)
    if not re.fullmatch(KEY, key):
        raise InputRefused("token.item-key", field="Idempotency-Key")
    new = NewSubmission(
        text=body["text"],
        channel=_channel(body.get("channel", channel.value)),
        speaker=speaker_of(body.get("speaker", "")),
        name=body.get("name", ""),
        contact=body.get("contact", ""),
        chosen=tuple(dict.fromkeys(body.get("sections", ()))),
        publish=body.get("publish", False),
        key=key,
    )
    return replace(new, received=_received(body["received"])) if "received" in body else new


def _channel(code: str) -> Channel:
    if code not in set(Channel):
        shown = "�" if unstorable(code) else code[:40]
        raise InputRefused("item.wrong-channel", field="channel", value=shown, allowed=[*Channel])
    return Channel(code)


def _received(value: str) -> datetime:
    """Read an instant with its offset: another system's clock is not the office's."""
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is None or not EARLIEST <= found.astimezone(UTC).year <= LATEST:
            raise ValueError(value)
    except (ValueError, OverflowError) as error:
        raise InputRefused("token.received", field="received") from error
    return found
