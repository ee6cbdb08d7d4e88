"""The form that chooses the comments of a partial digest; it changes nothing, so it is a GET."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flask import request
from flask_babel import gettext as _
from wtforms import DateField, Form, SelectField
from wtforms.validators import Optional

from consult.domain.consultation import Plan
from consult.domain.errors import InputRefused
from consult.domain.terms import CHANNELS, CODES, KINDS, SPEAKERS
from consult.domain.text import single_line
from consult.web.language import say
from consult.web.section_choices import section_choices

_Term = TypeVar("_Term", bound=StrEnum)
_NAMES = ("speaker", "channel", "kind", "section", "identified", "first", "last")


class SelectionForm(Form):
    """Each part may be left open."""

    speaker = SelectField(validate_choice=False)
    channel = SelectField(validate_choice=False)
    kind = SelectField(validate_choice=False)
    section = SelectField(validate_choice=False)
    identified = SelectField(validate_choice=False)
    first = DateField(validators=[Optional()])
    last = DateField(validators=[Optional()])

    def complaints(self) -> list[tuple[str, str]]:
        """Return anchor and message of every error."""
        return [(field.id, str(message)) for field in self for message in field.errors]

    def refuse(self, error: InputRefused) -> None:
        """Show an error at the field it is about."""
        field = self.first if error.field == "received" else self.speaker
        field.errors = [say(error)]


def selection_form(plan: Plan) -> SelectionForm:
    """Return the form with what the address asks for."""
    form = SelectionForm(request.args)
    everything = ("", _("全部"))
    form.speaker.choices = [everything, *_choices(SPEAKERS, empty="unknown")]
    form.channel.choices = [everything, *_choices(CHANNELS)]
    form.kind.choices = [everything, *_choices(KINDS)]
    beyond = [(code or "unassigned", _(name)) for code, name in CODES.items()]
    form.section.choices = [*section_choices(plan, beyond=[everything, *beyond])]
    form.identified.choices = [
        everything, ("yes", _("可确认身份")), ("no", _("不能确认身份")),
    ]  # fmt: skip
    return form


def wanted_filters() -> tuple[str, ...]:
    """Return what the address asks for, as ``services.choose`` reads it."""
    given = {name: single_line(request.args.get(name, ""), strict=False) for name in _NAMES}
    parts = [f"{name}={given[name]}" for name in _NAMES[:5] if given[name]]
    if given["first"] or given["last"]:
        parts.append(f"received={given['first']}..{given['last']}")
    return tuple(parts)


def wanted_query() -> dict[str, str]:
    """Return what the address asks for, to be asked again of a document."""
    return {name: request.args[name] for name in _NAMES if request.args.get(name)}


def _choices(terms: Mapping[_Term, str], empty: str = "") -> list[tuple[str, str]]:
    return [(str(term) or empty, _(name)) for term, name in terms.items()]
