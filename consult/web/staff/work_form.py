"""The form of the work page: decide on the comment, its family or its theme, and go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField, RadioField, SelectField

from consult.domain.consultation import Plan
from consult.domain.decision import Decision, Ruling, Target
from consult.domain.desk import Phrase
from consult.domain.triage import Disposition
from consult.services.browse import CommentDetail
from consult.services.work_view import Work
from consult.web.filters import number, term
from consult.web.section_choices import section_choices
from consult.web.staff.decision_form import DecisionForm
from consult.web.staff.phrase_choices import phrase_choices

_MARK = "d-"  # of the ids: the page holds another form with fields of these names
_WORDS = ("reason", "answer", "office", "section", "change", "gist")


class WorkForm(DecisionForm):
    """A ruling with its scope; ``seen`` holds the versions of all scopes, ``onward`` what is next.

    ``seen`` is ``COMMENT,FAMILY,THEME``, each the id of a version (0: none).
    """

    scope = RadioField(validate_choice=False)
    phrase = SelectField(validate_choice=False)
    onward = HiddenField()
    query = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            field.id = f"{_MARK}{field.name}"

    def prepare(
        self, plan: Plan, detail: CommentDetail, work: Work, *, onward: int, query: str
    ) -> WorkForm:
        """Fill in what can be chosen, and what is decided already unless something was sent."""
        self.disposition.choices = [(item.value, term(item)) for item in Disposition]
        self.section.choices = section_choices(plan, beyond=[("", str(_("没有改动")))])
        self.phrase.choices = phrase_choices(work.phrases)
        self.scope.choices = _scopes(work)
        if not self.is_submitted():
            self.scope.data = "comment"
            self.seen.data = ",".join(work.seen(kind) for kind in ("comment", "family", "theme"))
            self.onward.data, self.query.data = str(onward or ""), query
            self._show(work.own if work.own and not work.own.approved else None)
        return self

    def _show(self, decision: Decision | None) -> None:
        ruling = decision.ruling if decision else None
        self.disposition.data = ruling.disposition.value if ruling else None
        self.phrase.data = str(ruling.phrase) if ruling and ruling.phrase else ""
        for name in _WORDS:
            self._fields[name].data = getattr(ruling, name) if ruling else ""

    def target(self, detail: CommentDetail) -> Target:
        """Return what is decided on."""
        comment = detail.row.comment
        if self.scope.data == "family" and comment.family:
            return Target(family=comment.family)
        if self.scope.data == "theme" and comment.theme:
            return Target(theme=comment.theme)
        return Target(comment=comment.number)

    def version(self, target: Target) -> str:
        """Return the version of the target's decision that was on the page."""
        parts = (self.seen.data or "").split(",")
        place = ("comment", "family", "theme").index(target.kind)
        return parts[place] if len(parts) == 3 else ""

    def worded(self, phrases: Sequence[Phrase]) -> Ruling:
        """Return the ruling; a reusable reason stands in where none was written."""
        ruling = self.ruling()
        chosen = next((p for p in phrases if str(p.id) == self.phrase.data), None)
        if chosen is None:
            return ruling
        return replace(ruling, phrase=chosen.id, reason=ruling.reason.strip() or chosen.text)


def _scopes(work: Work) -> list[tuple[str, str]]:
    """Return what the decision can be about: others only where there are any."""
    found = [("comment", str(_("只这一条")))]
    if work.family and work.family.size > 1:
        found.append(("family", str(_("雷同件 %(count)s 件", count=number(work.family.size)))))
    if work.theme and work.theme.size > 1:
        size = number(work.theme.size)
        found.append(("theme", str(_("同类意见 %(count)s 条", count=size))))
    return found
