"""What was handed to other offices (转办), and how far it is there."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField

from consult.domain.decision import Target
from consult.domain.desk import ReferralState
from consult.domain.errors import InputRefused
from consult.services.refer import note_referral as write_note
from consult.services.refer import referrals
from consult.web.desk import desk, opened
from consult.web.filters import term
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff

_KINDS = ("comment", "family", "theme")


class ReferralForm(TokenForm):
    """The subject of the matter, its state now, and a word on it."""

    subject = StringField()
    state = SelectField()
    note = TextAreaField()

    def offer(self) -> ReferralForm:
        """Fill in what can be chosen."""
        self.state.choices = [(item.value, term(item)) for item in ReferralState]
        return self

    def target(self) -> Target:
        """Return the target of the subject; an unknown one is a comment that does not exist."""
        kind, _colon, number = (self.subject.data or "").partition(":")
        plain = number.isascii() and number.isdigit() and 0 < len(number) < 10
        return Target(**{kind: int(number)}) if kind in _KINDS and plain else Target(comment=-1)


@staff.get("/c/<slug>/referrals")
def list_referrals(slug: str) -> str:
    """Show all that was handed on, what is open first."""
    return _page(slug, ReferralForm(formdata=None).offer())


@staff.post("/c/<slug>/referrals")
def note_referral(slug: str) -> Response | tuple[str, int]:
    """Write how far one is."""
    opened(slug)
    form = ReferralForm().offer()
    if not form.validate():
        abort(400)  # no form of ours sends that
    try:
        write_note(
            desk().office, slug=slug, target=form.target(), state=ReferralState(form.state.data),
            note=form.note.data or "", actor=g.member.username,
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, form), 422
    flash(_("已记下。"), "done")
    return redirect(url_for("staff.list_referrals", slug=slug), 303)


def _page(slug: str, form: ReferralForm) -> str:
    found = opened(slug)
    lines = referrals(desk().office, slug=slug)
    open_one = request.form.get("subject", "")
    return render_template(
        "staff/referrals.html", found=found, lines=lines, form=form, open_one=open_one
    )
