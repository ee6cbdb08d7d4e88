"""The reusable reasons as the choices of a select; each option carries its text for the script."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from wtforms import SelectChoice

from consult.domain.desk import Phrase
from consult.web.filters import term


def phrase_choices(phrases: Sequence[Phrase]) -> list[SelectChoice]:
    """Return a blank choice, then every reason under its disposition."""
    choices = [SelectChoice("", str(_("不用常用理由")))]
    for phrase in phrases:
        group = term(phrase.disposition) if phrase.disposition else str(_("都可以用"))
        attributes = {"data-text": phrase.text, "lang": "zh-Hans"}
        choices.append(SelectChoice(str(phrase.id), phrase.title, attributes, group))
    return choices
