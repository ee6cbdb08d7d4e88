"""The forms of signing in and out, and of one's own account."""

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


class CodeForm(TokenForm):
    """A code from a device, or a recovery code; ``next`` is where to go afterwards."""

    code = StringField()
    next = HiddenField()

    def validate_code(self, field: StringField) -> None:
        """Ask for the code."""
        field.data = (field.data or "").strip()[:60]
        if not field.data:
            raise ValidationError(_("请填写验证码。"))


class PasswordForm(TokenForm):
    """The present password and the new one, twice."""

    old = PasswordField()
    new = PasswordField()
    again = PasswordField()

    def validate_old(self, field: PasswordField) -> None:
        """Ask for the present password."""
        if not field.data:
            raise ValidationError(_("请填写现在的密码。"))

    def validate_again(self, field: PasswordField) -> None:
        """Ask for the same twice."""
        if field.data != self.new.data:
            raise ValidationError(_("两次填写的新密码不一样。"))


class SignOutForm(TokenForm):
    """Only the token: signing out is a change, so a link cannot do it."""
