"""A letter that reads wrongly: seen in each encoding, and read again in the right one."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField

from consult.domain.errors import Conflict, InputRefused
from consult.services.redecode import Reading, readings, redecode
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff

Answer = str | Response | tuple[str, int]
_PLACE = "/c/<slug>/intake/letters/<receipt>/encoding"
_SHOWN = 300  # characters of each reading


class RereadForm(TokenForm):
    """Which encoding, and why."""

    codec = RadioField(validate_choice=False)
    why = StringField()

    def offer(self, found: tuple[Reading, ...]) -> RereadForm:
        """Offer the readings that give a text."""
        self.codec.choices = [
            (item.codec, f"{item.called} {_('（现在）')}" if item.now else item.called)
            for item in found
        ]
        return self

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codec.choices = []


@staff.get(_PLACE)
def letter_readings(slug: str, receipt: str) -> str:
    """Show the letter in every encoding."""
    return _page(slug, receipt, RereadForm(formdata=None))


@staff.post(_PLACE)
def reread_letter(slug: str, receipt: str) -> Answer:
    """Store the letter as it reads in the chosen one."""
    opened(slug)
    form = RereadForm()
    form.validate()
    if form.stale:
        abort(400)  # its page gives back what was typed, to be copied
    try:
        redecode(
            desk().office, slug=slug, number=receipt, codec=form.codec.data or "",
            why=form.why.data or "", actor=g.member.username,
        )  # fmt: skip
    except (InputRefused, Conflict) as error:
        form.refuse(error)
        return _page(slug, receipt, form), status_of(error)
    return redirect(url_for("staff.letter_readings", slug=slug, receipt=receipt), 303)


def _page(slug: str, receipt: str, form: RereadForm) -> str:
    found = opened(slug)
    seen = readings(desk().office, slug=slug, number=receipt)
    return render_template(
        "staff/letter_readings.html", found=found, receipt=receipt, form=form.offer(seen),
        seen=seen, shown=_SHOWN,
    )  # fmt: skip
