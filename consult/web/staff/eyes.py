"""Four eyes (两人审定): the rule of a consultation, in words, and the form that changes it."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField

from consult.domain.errors import InputRefused
from consult.domain.eyes import EyesRule, FourEyes
from consult.services.four_eyes import four_eyes, set_four_eyes
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff


class EyesForm(TokenForm):
    """Whether who wrote an answer may approve it, and why."""

    rule = RadioField(validate_choice=False)
    why = StringField()

    def offer(self, now: FourEyes) -> EyesForm:
        """Fill in what can be chosen, and what holds unless something was sent."""
        self.rule.choices = [
            ("auto", str(_("按人数：有两个人以上能审定，就由另一个人审定"))),
            ("on", str(_("一律由另一个人审定"))),
            ("off", str(_("不要求，写的人自己可以审定"))),
        ]
        if not self.is_submitted():
            self.rule.data = now.rule.value or "auto"
        return self


@staff.app_template_global()
def eyes_of(slug: str) -> FourEyes:
    """Return the rule of a consultation."""
    return four_eyes(desk().office, slug=slug)


@staff.get("/c/<slug>/four-eyes")
def eyes(slug: str) -> str:
    """Show the rule, and who can approve."""
    return _page(slug, EyesForm(formdata=None))


@staff.post("/c/<slug>/four-eyes")
def set_eyes(slug: str) -> Response | tuple[str, int]:
    """Change the rule; switching it off needs a reason, which is kept."""
    opened(slug)
    form = EyesForm()
    if not form.validate():
        return _page(slug, form), form.status
    rule = {"auto": EyesRule.AUTO, "on": EyesRule.ON, "off": EyesRule.OFF}.get(form.rule.data or "")
    try:
        if rule is None:
            raise InputRefused("eyes.rule", field="rule")
        set_four_eyes(
            desk().office, slug=slug, rule=rule, why=form.why.data or "", actor=g.member.username
        )
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, form), 422
    flash(_("已保存，并记入经过。"), "done")
    return redirect(url_for("staff.eyes", slug=slug), 303)


def _page(slug: str, form: EyesForm) -> str:
    found, now = opened(slug), four_eyes(desk().office, slug=slug)
    return render_template("staff/eyes.html", found=found, now=now, form=form.offer(now))
