"""One thing a citizen says: words, a section, a change of wording. A form holds several."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from consult.domain.consultation import GENERAL, Plan
from consult.domain.entry import Entry
from consult.domain.errors import InputRefused
from consult.domain.text import single_line
from consult.web.filters import code_name
from consult.web.forms import TokenForm, storable
from consult.web.language import say
from consult.web.public.quoting import only_beginning
from consult.web.section_choices import section_choices


class EntryForm(FlaskForm):
    """The fields of one entry; those of the second are called ``e2-text`` and so on."""

    class Meta(TokenForm.Meta):
        """Part of a form that has the token; reads fields alone, as that one does."""

        csrf = False

    text = TextAreaField()
    section = SelectField(default="")
    original = TextAreaField()
    replacement = TextAreaField()
    reason = TextAreaField()

    def offer(self, plan: Plan) -> EntryForm:
        """Fill in the sections that can be chosen."""
        self.section.choices = _choices(plan, str(get_locale()))
        return self

    def entry(self) -> Entry:
        """Return what was written."""
        values = (self.text, self.section, self.original, self.replacement, self.reason)
        return Entry(*(field.data or "" for field in values))

    @property
    def amends(self) -> bool:
        """Whether the fields for a change of wording hold anything."""
        fields = (self.original, self.replacement, self.reason)
        return any(field.data or field.errors for field in fields)

    def validate_text(self, field: TextAreaField) -> None:
        """Refuse what no database can hold, and a quotation with nothing behind it."""
        check(field)
        if only_beginning(field.data) and not self.amends:
            raise ValidationError(_("请在引用的文字后面写下您的意见。"))

    def validate_original(self, field: TextAreaField) -> None:
        """Refuse what no database can hold."""
        check(field)

    validate_replacement = validate_original
    validate_reason = validate_original


def _choices(plan: Plan, language: str) -> list[SelectChoice]:
    """Return the choices, which are put together once for a plan and a language.

    Plans are kept by the store while they are in use, so that one is the same object each time.
    """
    known, choices = _KEPT.get(language, (None, []))
    if known is not plan:
        rest = [("", _("不指定，由工作人员归类")), (GENERAL, code_name(GENERAL))]
        choices = section_choices(plan, beyond=rest)
        _KEPT[language] = (plan, choices)
    return choices


# Language → the plan asked for last and its choices: most sites have one consultation open.
_KEPT: dict[str, tuple[Plan, list[SelectChoice]]] = {}


def check(field: StringField) -> None:
    """Normalise a field in place; raises ``ValidationError`` for what cannot be stored."""
    try:
        storable(field)
    except InputRefused as error:
        raise ValidationError(say(error)) from error


def line(field: StringField, limit: int, message: str) -> None:
    """Check a field of one line and its length."""
    check(field)
    field.data = single_line(field.data)
    if len(field.data) > limit:
        raise ValidationError(message)
