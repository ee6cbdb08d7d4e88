"""The forms of a sample: draw it, judge one item."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField

from consult.domain.consultation import GENERAL, OFFPLAN, Plan
from consult.domain.sample import DIFFERENT, RIGHT, SAME, WRONG, ItemKind, Size
from consult.services.judge_items import Question
from consult.web.filters import code_name
from consult.web.forms import TokenForm
from consult.web.section_choices import section_choices


class DrawForm(TokenForm):
    """How much to draw, the seed, and the two who judge."""

    comments = IntegerField(default=Size().comments)
    pairs = IntegerField(default=Size().pairs)
    labels = IntegerField(default=Size().labels)
    seed = StringField(default="1")
    first = SelectField(validate_choice=False)
    second = SelectField(validate_choice=False)

    def offer(self, accounts: tuple[str, ...]) -> DrawForm:
        """Fill in who can judge."""
        for field in (self.first, self.second):
            field.choices = [(name, name) for name in accounts]
        if not self.is_submitted() and len(accounts) > 1:
            self.second.data = accounts[1]
        return self

    def size(self) -> Size:
        """Return what was asked for; what is no number is out of every range."""
        return Size(*(-1 if f.data is None else f.data
                      for f in (self.comments, self.pairs, self.labels)))  # fmt: skip


class SectionForm(TokenForm):
    """Which section a comment belongs to."""

    item = HiddenField()
    answer = SelectField(validate_choice=False)


class ChoiceForm(TokenForm):
    """One of two answers."""

    item = HiddenField()
    answer = RadioField(validate_choice=False)


def question_form(question: Question | None, plan: Plan, *, sent: bool) -> TokenForm:
    """Return the form of an item, empty unless it was ``sent``."""
    given = {} if sent else {"formdata": None}
    form: SectionForm | ChoiceForm
    if question is None or question.kind is ItemKind.SECTION:
        form = SectionForm(**given)
        rest = [("", _("请选择")), *((code, code_name(code)) for code in (GENERAL, OFFPLAN))]
        form.answer.choices = section_choices(plan, beyond=[(c, str(w)) for c, w in rest])
    else:
        form = ChoiceForm(**given)
        form.answer.choices = (
            [(SAME, _("是同一个诉求")), (DIFFERENT, _("不是同一个诉求"))]
            if question.kind is ItemKind.PAIR
            else [(RIGHT, _("概括得对")), (WRONG, _("概括得不对"))]
        )
    if not sent and question is not None:
        form.item.data = str(question.item)
        form.answer.data = "" if question.kind is ItemKind.SECTION else None
    return form
