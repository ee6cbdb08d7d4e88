"""Looking up a submission by its number and code."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _
from wtforms import StringField, ValidationError

from consult.domain.errors import NotFound, TooMany
from consult.domain.text import single_line
from consult.services.look_up import Key
from consult.services.look_up import status as status_for
from consult.web.desk import client, desk, opened
from consult.web.errors import headers_of, status_of
from consult.web.forms import TokenForm
from consult.web.public.blueprint import public
from consult.web.public.receipts import ticket

Answer = str | tuple[str, int] | tuple[str, int, dict[str, str]]
_LONGEST = 40  # characters; a number has 9, a code 15


class StatusForm(TokenForm):
    """Number and code as they stand on the receipt."""

    number = StringField()
    code = StringField()

    def validate_number(self, field: StringField) -> None:
        """Ask for the number."""
        _typed(field, _("请填写回执编号。"))

    def validate_code(self, field: StringField) -> None:
        """Ask for the code."""
        _typed(field, _("请填写查询码。"))


@public.route("/c/<slug>/status", methods=["GET", "POST"])
def status(slug: str) -> Answer:
    """Show the form, and what is known about a submission whose code is right."""
    found = opened(slug)
    form = StatusForm()
    if not form.validate_on_submit():
        return render_template("public/status.html", found=found, form=form), form.status
    key = Key(form.number.data, form.code.data, client(), desk().settings.lookups_per_hour)
    try:
        shown = status_for(desk().office, slug=slug, key=key)
    except (NotFound, TooMany) as error:
        # One answer for a wrong number and for a wrong code: it must not tell which numbers exist.
        form.refuse(error)
        page = render_template("public/status.html", found=found, form=form)
        return page, status_of(error), headers_of(error)
    return render_template(
        "public/status_found.html", found=found, shown=shown, form=form, now=desk().today(),
        ticket=_ticket(slug, key),
    )  # fmt: skip


def _ticket(slug: str, key: Key) -> str:
    office = desk().office
    at, secret = office.clock().timestamp(), office.keys.session_secret
    return ticket(slug, key.number, key.code, at=at, secret=secret)


def _typed(field: StringField, message: str) -> None:
    field.data = single_line(field.data or "", strict=False)[:_LONGEST]
    if not field.data:
        raise ValidationError(message)
