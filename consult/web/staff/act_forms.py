"""The forms of an act on many comments: what was chosen, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from consult.domain.act import Deed
from consult.domain.consultation import GENERAL, OFFPLAN, Plan
from consult.domain.desk import Phrase
from consult.domain.errors import InputRefused
from consult.domain.text import single_line
from consult.domain.triage import Disposition
from consult.services.deeds import WORDS, ruling_of
from consult.services.rulings import checked
from consult.services.tag import checked_tag
from consult.web.filters import code_name, term
from consult.web.forms import TokenForm
from consult.web.section_choices import section_choices
from consult.web.staff.phrase_choices import phrase_choices

MOST = 10_000  # comments chosen by hand in one form


class ActForm(TokenForm):
    """``numbers`` is blank where all that ``query`` finds is meant; ``total`` what was shown."""

    query = HiddenField()
    numbers = HiddenField()
    total = HiddenField()
    deed = RadioField(validate_choice=False)
    disposition = SelectField(validate_choice=False)
    phrase = SelectField(validate_choice=False)
    reason = TextAreaField()
    answer = TextAreaField()
    office = StringField()
    to = SelectField(validate_choice=False)
    why = StringField()
    tag = StringField()

    def offer(self, plan: Plan, phrases: Sequence[Phrase], deeds: Sequence[Deed]) -> ActForm:
        """Fill in what can be chosen."""
        rest = [(code, code_name(code)) for code in (GENERAL, OFFPLAN)]
        self.deed.choices = [(deed.value, term(deed)) for deed in deeds]
        self.disposition.choices = [(item.value, term(item)) for item in Disposition]
        self.phrase.choices = phrase_choices(phrases)
        self.to.choices = section_choices(plan, beyond=rest)
        return self

    def chosen(self) -> tuple[int, ...]:
        """Return the numbers that were chosen by hand."""
        parts = (self.numbers.data or "").split(",")[:MOST]
        plain = (part for part in parts if part.isascii() and part.isdigit() and len(part) < 10)
        return tuple(dict.fromkeys(int(part) for part in plain))

    def checked_deed(self, deeds: Sequence[Deed]) -> Deed:
        """Return what is to be done; raises ``InputRefused("act.deed")``."""
        for deed in deeds:
            if deed.value == self.deed.data:
                return deed
        raise InputRefused("act.deed", field="deed")

    def values(self, deed: Deed, plan: Plan, phrases: Sequence[Phrase]) -> dict[str, str]:
        """Return the words and codes of the act; raises ``InputRefused`` naming the field."""
        if deed is Deed.DECIDE:
            return self._decision(plan, phrases)
        if deed is Deed.RELINK:
            known = self.to.data in {GENERAL, OFFPLAN} or plan.find(self.to.data or "")
            if not known:
                raise InputRefused("submission.section", field="to", section="")
            return {"to": self.to.data or "", "why": single_line(self.why.data or "")}
        if deed in {Deed.TAG, Deed.UNTAG}:
            return {"tag": checked_tag(self.tag.data or "")}
        return {}

    def _decision(self, plan: Plan, phrases: Sequence[Phrase]) -> dict[str, str]:
        known = {item.value for item in Disposition}
        if self.disposition.data not in known:
            raise InputRefused("act.deed", field="disposition")
        values = {name: self._fields[name].data or "" for name in WORDS if name in self._fields}
        chosen = next((p for p in phrases if str(p.id) == self.phrase.data), None)
        if chosen is not None:
            values["phrase"] = str(chosen.id)
            values["reason"] = values["reason"].strip() or chosen.text
        values["disposition"] = self.disposition.data
        ruling = checked(ruling_of(values), plan)
        kept = {name: getattr(ruling, name) for name in WORDS}
        return {**values, **kept, "submit": "1"}


def deed_names() -> dict[Deed, str]:
    """Return what is said of each deed, beside its name."""
    return {
        Deed.DECIDE: str(_("写好答复并送审。已审定的不动。")),
        Deed.APPROVE: str(_("审定等着审定的答复，连同类意见、雷同件的。审定后对外公布。")),
        Deed.RELINK: str(_("改变或者确认归到哪一节。")),
        Deed.TAG: str(_("加上一个标签，以后可以按标签筛选。")),
        Deed.UNTAG: str(_("去掉一个标签。")),
    }
