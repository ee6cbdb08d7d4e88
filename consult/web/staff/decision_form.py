"""The form of a decision: disposition, reason, answer, and what changed in the plan."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from consult.domain.consultation import Plan
from consult.domain.decision import Ruling
from consult.domain.triage import Disposition
from consult.services.decision_view import DecisionView
from consult.web.filters import term
from consult.web.forms import TokenForm
from consult.web.section_choices import section_choices


class DecisionForm(TokenForm):
    """All fields of a ruling; ``seen`` is the version that was shown. ``offer`` comes first."""

    disposition = RadioField(validate_choice=False)  # the words of its own refusal are below
    reason = TextAreaField()
    answer = TextAreaField()
    office = StringField()
    section = SelectField()
    change = TextAreaField()
    gist = TextAreaField()
    seen = HiddenField()

    def offer(self, plan: Plan, view: DecisionView) -> DecisionForm:
        """Fill in what can be chosen, and the version there is unless something was sent."""
        self.disposition.choices = [(item.value, term(item)) for item in Disposition]
        self.section.choices = section_choices(plan, beyond=[("", str(_("没有改动")))])
        return self if self.is_submitted() else self.shown(view)

    def shown(self, view: DecisionView) -> DecisionForm:
        """Fill in the version there is."""
        self.seen.data = view.seen
        ruling = view.decision.ruling if view.decision else None
        for name in ("reason", "answer", "office", "section", "change", "gist"):
            self._fields[name].data = getattr(ruling, name) if ruling else ""
        self.disposition.data = ruling.disposition.value if ruling else None
        return self

    def validate_disposition(self, field: RadioField) -> None:
        """Ask for one of the six."""
        if field.data not in {item.value for item in Disposition}:
            raise ValidationError(_("请选择采纳情况。"))

    def ruling(self) -> Ruling:
        """Return what was filled in, unchecked."""
        return Ruling(
            disposition=Disposition(self.disposition.data),
            reason=self.reason.data or "",
            answer=self.answer.data or "",
            office=self.office.data or "",
            section=self.section.data or "",
            change=self.change.data or "",
            gist=self.gist.data or "",
        )


class ReviewForm(TokenForm):
    """Approving, or sending back with a reason."""

    why = StringField()
    seen = HiddenField()
