"""The forms of signing in and out."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import HiddenField, PasswordField, StringField, ValidationError

from consult.web.forms import TokenForm


class SignInForm(TokenForm):
    """Name and password; ``next`` is where to go afterwards."""

    username = StringField()
    password = PasswordField()
    next = HiddenField()

    def validate_username(self, field: StringField) -> None:
        """Ask for the name."""
        field.data = (field.data or "").strip()
        if not field.data:
            raise ValidationError(_("请填写用户名。"))

    def validate_password(self, field: PasswordField) -> None:
        """Ask for the password."""
        if not field.data:
            raise ValidationError(_("请填写密码。"))


class SignOutForm(TokenForm):
    """Only the token: signing out is a change, so a link cannot do it."""
