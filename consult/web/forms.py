"""What all forms share: the token, the messages, and a list of what to correct."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, RadioField

from consult.domain.errors import ConsultError, InputRefused
from consult.domain.text import normalise, unstorable
from consult.web.language import say


class TokenForm(FlaskForm):
    """A form with a CSRF token and what an error summary needs."""

    class Meta(FlaskForm.Meta):
        """Reads fields alone: a file sent under a field's name is not its text."""

        def wrap_formdata(self, form: FlaskForm, formdata: object) -> object:
            """Return what was sent, without files."""
            wrapped = super().wrap_formdata(form, formdata)
            return request.form if isinstance(wrapped, CombinedMultiDict) else wrapped

    @property
    def stale(self) -> bool:
        """Whether the token was missing or not the session's."""
        return bool(self.csrf_token.errors)

    @property
    def status(self) -> int:
        """The HTTP status of the page that gives the form back."""
        if self.stale:
            return 400
        return 422 if self.errors else 200

    def complaints(self) -> Iterator[tuple[str, str]]:
        """Yield anchor and message of every error, in the order of the form."""
        for field in self:
            if field.name == "csrf_token":
                continue
            anchor = f"{field.id}-0" if isinstance(field, RadioField) else field.id
            for message in field.errors:
                yield anchor, message
        if self.stale:
            yield "send", stale_message()

    def refuse(self, error: ConsultError) -> None:
        """Put a refusal of the service beside the field it concerns, or beside the first one."""
        message = say(error)
        field = self._fields.get(getattr(error, "field", "")) or next(iter(self))
        field.errors = (*field.errors, message)


def stale_message() -> str:
    """Say that the token failed and that nothing is lost."""
    return str(
        _(
            "页面放得太久，或者浏览器没有保存本站的 Cookie，这一次没有提交成功。"
            "您填写的内容都还在，请再提交一次。"
        )
    )


def storable(field: Field) -> None:
    """Normalise a text field in place; what cannot be stored is shown as � and refused.

    Raises ``InputRefused``, for the form to show.
    """
    raw = field.data or ""
    field.data = normalise(raw, strict=False)
    if unstorable(raw):
        raise InputRefused("text.unstorable", field=field.name)
