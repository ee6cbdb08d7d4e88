"""The forms of the intake page: release, set aside, transcribe, replace a code."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import StringField, TextAreaField, ValidationError

from consult.domain.text import is_blank, single_line
from consult.web.forms import TokenForm

_LINE = 200  # characters
_REASON = 500


class TranscriptForm(TokenForm):
    """What a file says, written down by a person."""

    text = TextAreaField()

    def validate_text(self, field: TextAreaField) -> None:
        """Ask for the text."""
        if is_blank(field.data or ""):
            raise ValidationError(_("请录入文件里的文字。"))


class RejectForm(TokenForm):
    """Why a held submission is not listed."""

    why = StringField()

    def validate_why(self, field: StringField) -> None:
        """Ask for the reason."""
        field.data = single_line(field.data or "", strict=False)[:_REASON]
        if not field.data:
            raise ValidationError(_("请写明不予列入的理由，提交人会看到。"))


class RecodeForm(TokenForm):
    """Whose code is replaced, what was said to prove it, and why."""

    number = StringField()
    contact = StringField()
    why = StringField()

    def validate_number(self, field: StringField) -> None:
        """Ask for the number."""
        _needed(field, _("请填写回执编号。"))

    def validate_contact(self, field: StringField) -> None:
        """Ask for the contact that was stated."""
        _needed(field, _("请填写来人说出的联系方式。"))

    def validate_why(self, field: StringField) -> None:
        """Ask for the reason."""
        _needed(field, _("请写明换发的原因和核对的经过。"))


def _needed(field: StringField, message: str) -> None:
    field.data = single_line(field.data or "", strict=False)[:_LINE]
    if not field.data:
        raise ValidationError(message)
