"""What ``consult publish --field`` and ``--speaker`` say about the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from consult.domain.comment import Speaker
from consult.domain.questions import FIELDS
from consult.domain.text import single_line


def form_texts(
    texts: Mapping[str, str], asked: Sequence[str], speakers: Sequence[str]
) -> dict[str, str]:
    """Return the texts of a consultation with what the command line says; speakers replace all.

    Raises ``click.BadParameter``.
    """
    kept, lines = dict(texts), []
    for pair in asked:
        name, _, value = pair.partition("=")
        if value not in FIELDS.get(name, ()):
            allowed = "、".join(f"{field}={'/'.join(v)}" for field, v in FIELDS.items())
            raise click.BadParameter(f"“{pair}”不能用，可用的有：{allowed}。", param_hint="--field")
        kept[f"field.{name}"] = value
    for pair in speakers:
        code, _, word = pair.partition("=")
        if code not in set(Speaker) - {""} or not word.strip():
            codes = "、".join(speaker for speaker in Speaker if speaker)
            raise click.BadParameter(
                f"“{pair}”不能用，请写成 company=企业 这样；可用的有：{codes}。",
                param_hint="--speaker",
            )
        lines.append(f"{code}={single_line(word)}")
    return kept | ({"speakers": "\n".join(lines)} if lines else {})
