"""The forms with which administrators keep the accounts of others."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from consult.domain.member import Grant, StaffMember
from consult.domain.triage import Role
from consult.services.browse import Published
from consult.services.grants import GRANTED
from consult.web.filters import term
from consult.web.forms import TokenForm

NOWHERE = ""  # no role of its own in a consultation


class AccountForm(TokenForm):
    """A new account, or the role of one."""

    username = StringField()
    role = RadioField(validate_choice=False)
    everywhere = BooleanField()

    def offer(self, member: StaffMember | None = None) -> AccountForm:
        """Fill in the roles, and what they are unless something was sent."""
        self.role.choices = [(item.value, term(item)) for item in Role]
        if not self.is_submitted():
            self.role.data = (member.role if member else Role.HANDLER).value
            self.everywhere.data = member.everywhere if member else True
        return self

    def chosen(self) -> Role:
        """Return the role; what is none is the least."""
        known = {item.value for item in Role}
        return Role(self.role.data) if self.role.data in known else Role.VIEWER


class GrantForm(TokenForm):
    """The role in one consultation, and the chapters a handler is limited to."""

    role = SelectField(validate_choice=False)
    chapters = SelectMultipleField(
        validate_choice=False, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, found: Published, given: Grant | None) -> GrantForm:
        """Fill in what can be chosen, and what holds unless something was sent."""
        slug = found.consultation.slug  # the page holds one such form for each consultation
        self.role.id, self.chapters.id = f"role-{slug}", f"chapters-{slug}"
        self.role.choices = [
            (NOWHERE, str(_("不另设"))), *((item.value, term(item)) for item in GRANTED)
        ]  # fmt: skip
        self.chapters.choices = [(c.code, c.heading) for c in found.plan.chapters]
        if not self.is_submitted():
            self.role.data = given.role.value if given else NOWHERE
            self.chapters.data = list(given.chapters) if given else []
        return self

    def given(self) -> Grant | None:
        """Return what was chosen."""
        roles: Sequence[str] = [item.value for item in GRANTED]
        if self.role.data not in roles:
            return None
        return Grant(Role(self.role.data), tuple(self.chapters.data or ()))
