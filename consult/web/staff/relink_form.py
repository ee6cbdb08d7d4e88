"""The form that changes the section of a comment."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from wtforms import (
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)

from consult.domain.consultation import GENERAL, OFFPLAN, Plan
from consult.services.browse import CommentRow
from consult.web.filters import code_name
from consult.web.forms import TokenForm
from consult.web.section_choices import section_choices

WHY_LENGTH = 500  # characters, as in services.relink


class RelinkForm(TokenForm):
    """Sections and reason; ``seen`` is the stamp of the comment as shown, ``query`` the queue."""

    section = SelectField()
    also = SelectMultipleField()
    why = StringField()
    seen = HiddenField()
    query = HiddenField()

    def offer(self, plan: Plan, row: CommentRow, query: str = "") -> RelinkForm:
        """Fill in what can be chosen, and what the comment is now unless something was sent."""
        rest = [(code, code_name(code)) for code in (GENERAL, OFFPLAN)]
        self.section.choices = section_choices(plan, beyond=rest)
        self.also.choices = section_choices(plan, beyond=rest[:1])
        if not self.is_submitted():
            self.also.data = [link.section for link in row.comment.links[1:]]
            self.query.data = query
            self.section.data = row.comment.section or GENERAL
            self.seen.data = row.seen
        return self

    def resume(self, values: Mapping[str, str]) -> RelinkForm:
        """Fill in what was typed before the session ran out; ``seen`` stays what was seen then."""
        for name in ("section", "why", "seen"):
            if name in values:
                self._fields[name].data = values[name]
        return self

    def validate_why(self, field: StringField) -> None:
        """Ask for a reason: a link changed by a person says why."""
        field.data = (field.data or "").strip()
        if not field.data:
            raise ValidationError(_("请写明改变归属的理由。"))
        if len(field.data) > WHY_LENGTH:
            raise ValidationError(_("理由最多 %(limit)s 个字。", limit=WHY_LENGTH))
