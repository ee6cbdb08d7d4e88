"""Tokens of other systems: made, shown once, revoked; administrators alone."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from consult.domain.comment import Channel
from consult.domain.errors import InputRefused
from consult.services.tokens import make_token, revoke_token, token_list
from consult.web.desk import desk, opened
from consult.web.filters import term
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff

Answer = str | Response | tuple[str, int]


class NewTokenForm(TokenForm):
    """The system that gets a token, and the channel of what it sends."""

    name = StringField()
    channel = SelectField(default=Channel.TELEPHONE.value)

    def offer(self) -> NewTokenForm:
        """Fill in what can be chosen."""
        self.channel.choices = [(channel.value, term(channel)) for channel in Channel]
        return self


@staff.get("/c/<slug>/tokens")
def tokens(slug: str) -> str:
    """List the tokens."""
    return _page(slug, NewTokenForm(formdata=None).offer())


@staff.post("/c/<slug>/tokens")
def add_token(slug: str) -> Answer:
    """Make a token; it is shown this once."""
    form = NewTokenForm().offer()
    if not form.validate():
        return _page(slug, form), form.status
    try:
        secret = make_token(
            desk().office, slug=slug, name=form.name.data or "",
            channel=Channel(form.channel.data), actor=g.member.username,
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, form), 422
    return _page(slug, NewTokenForm(formdata=None).offer(), secret)


@staff.post("/c/<slug>/tokens/<int(max=999999999):number>/revoke")
def drop_token(slug: str, number: int) -> Response:
    """Revoke a token."""
    opened(slug)
    if not TokenForm().validate():
        abort(400)
    revoke_token(desk().office, slug=slug, token=number, actor=g.member.username)
    return redirect(url_for("staff.tokens", slug=slug), 303)


def _page(slug: str, form: NewTokenForm, secret: str = "") -> str:
    return render_template(
        "staff/tokens.html", found=opened(slug), form=form, secret=secret,
        listed=token_list(desk().office, slug=slug),
    )  # fmt: skip
