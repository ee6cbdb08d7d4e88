"""Reads the JSON of a submission: types and names only; what it means is the service's business."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final

from consult.domain.comment import Channel, NewSubmission, Speaker
from consult.domain.errors import InputRefused

# Field → what it must be, in the order of the description.
_FIELDS: Final[dict[str, tuple[type, str]]] = {
    "text": (str, "string"),
    "sections": (list, "array of strings"),
    "speaker": (str, "string"),
    "name": (str, "string"),
    "contact": (str, "string"),
    "publish": (bool, "boolean"),
    "privacy": (bool, "boolean"),
}


def read_submission(body: object, *, key: str, privacy_version: str) -> NewSubmission:
    """Return the submission; raises ``InputRefused`` (``api.*``) naming the field to correct.

    ``key`` is the ``Idempotency-Key``: a UUID, so that two programs do not choose the same one.
    """
    if not isinstance(body, Mapping):
        raise InputRefused("api.json")
    check_fields(body, _FIELDS)
    if body.get("privacy") is not True:
        raise InputRefused("api.privacy", field="privacy")
    return NewSubmission(
        text=body["text"],
        channel=Channel.API,
        speaker=speaker_of(body.get("speaker", "")),
        name=body.get("name", ""),
        contact=body.get("contact", ""),
        chosen=tuple(dict.fromkeys(body.get("sections", ()))),
        publish=body.get("publish", False),
        privacy_version=privacy_version,
        key=f"api:{_key(key)}",
    )


def check_fields(body: Mapping[str, object], known: Mapping[str, tuple[type, str]]) -> None:
    """Check names and types of the fields; raises ``InputRefused`` (``api.*``)."""
    for name, value in body.items():
        if name not in known:
            raise InputRefused("api.unknown", field=name[:40], name=name[:40], allowed=[*known])
        kind, wanted = known[name]
        strings = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        if not isinstance(value, kind) or not strings:
            raise InputRefused("api.type", field=name, name=name, wanted=wanted)
    if "text" not in body:
        raise InputRefused("api.missing", field="text", name="text")


def speaker_of(code: str) -> Speaker:
    """Return the speaker with a code; raises ``InputRefused("api.speaker")``."""
    if code not in set(Speaker):
        allowed = [speaker.value for speaker in Speaker if speaker]
        raise InputRefused("api.speaker", field="speaker", value=code[:40], allowed=allowed)
    return Speaker(code)


def _key(given: str) -> str:
    try:
        return str(uuid.UUID(given))
    except ValueError as error:
        raise InputRefused("api.key", field="Idempotency-Key") from error
