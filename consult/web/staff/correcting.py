"""A refused item: what stood there, why it was not taken, put right and taken, or set aside."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from flask import abort, g, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from consult.domain.errors import InputRefused
from consult.domain.ledger import RefusedItem
from consult.domain.table import Role
from consult.intake.table_headers import role_of
from consult.services.admit import Rules
from consult.services.open_refused import open_refused
from consult.services.refused import refused_item
from consult.services.resend import send_again, set_aside
from consult.services.retry_original import retriable, retry_original
from consult.services.vault import masked
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.headers import SANDBOX
from consult.web.language import say
from consult.web.staff.blueprint import staff
from consult.web.staff.entry_forms import EntryForm, OpenRefusedForm, SetAsideForm

Answer = str | Response | tuple[str, int]
_PLACE = "/c/<slug>/refused/<int(max=999999999):number>"


@staff.get(_PLACE)
def refused(slug: str, number: int) -> str:
    """Show a refused item and the form that takes it."""
    return _page(slug, number)


@staff.post(_PLACE)
def resend(slug: str, number: int) -> Answer:
    """Take it as it was corrected, or set it aside."""
    act = request.form.get("act")
    if act == "aside":
        return _aside(slug, number)
    if act == "again":
        return _again(slug, number)
    found, now = opened(slug), desk().today()
    form = EntryForm().offer(found, now)
    if not form.validate():
        if form.stale:
            abort(400)  # its page gives back what was typed, to be copied
        return _page(slug, number, form), form.status
    try:
        held = refused_item(desk().office, slug=slug, identifier=number).refusal.fields
        new = form.submission(now)
        new = replace(new, contact=new.contact or held.get("contact", ""))
        send_again(
            desk().office, slug=slug, identifier=number, new=new, now=now,
            actor=g.member.username, rules=Rules(max_text=desk().settings.max_text),
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, number, form), 422
    return redirect(url_for("staff.refused", slug=slug, number=number), 303)


@staff.post(f"{_PLACE}/file")
def refused_file(slug: str, number: int) -> Answer:
    """Hand out the original for a reason, as a download that no browser runs anything of."""
    opened(slug)
    form = OpenRefusedForm()
    if not form.validate():
        abort(400)  # its page gives back what was typed, to be copied
    try:
        item = open_refused(
            desk().office, slug=slug, identifier=number, why=form.open_why.data or "",
            actor=g.member.username,
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, number, opening=form), 422
    answer = send_file(
        BytesIO(item.refusal.original), mimetype="application/octet-stream", as_attachment=True,
        download_name=item.refusal.file or "original",
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def _again(slug: str, number: int) -> Answer:
    """Read the original again: take a letter or form as it is, look at a table anew."""
    form = TokenForm()
    if not form.validate():
        abort(400)
    try:
        settings = desk().settings
        done = retry_original(
            desk().office, slug=slug, identifier=number, now=desk().today(),
            actor=g.member.username, rules=Rules(max_text=settings.max_text),
            most=settings.import_bytes,
        )  # fmt: skip
    except InputRefused as error:
        return _page(slug, number, again=error), 422
    if done.held:
        return redirect(url_for("staff.one_import", slug=slug, number=done.held), 303)
    return redirect(url_for("staff.refused", slug=slug, number=number), 303)


def _aside(slug: str, number: int) -> Answer:
    form = SetAsideForm()
    if not form.validate():
        return _page(slug, number, aside=form), form.status
    try:
        set_aside(
            desk().office, slug=slug, identifier=number, why=form.why.data or "",
            actor=g.member.username,
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, number, aside=form), 422
    return redirect(url_for("staff.refused", slug=slug, number=number), 303)


def _page(
    slug: str, number: int, form: EntryForm | None = None, aside: SetAsideForm | None = None,
    again: InputRefused | None = None, opening: OpenRefusedForm | None = None,
) -> str:  # fmt: skip
    found, now = opened(slug), desk().today()
    item = refused_item(desk().office, slug=slug, identifier=number)
    if form is None:
        form = EntryForm(formdata=None).offer(found, now).fill(item.refusal.fields)
    return render_template(
        "staff/refused.html", found=found, item=item, form=form, row=_masked(item),
        contact=masked(item.refusal.fields.get("contact", "")),
        aside=aside or SetAsideForm(formdata=None), again=say(again) if again else "",
        retriable=retriable(item), opening=opening or OpenRefusedForm(formdata=None),
    )  # fmt: skip


def _masked(item: RefusedItem) -> list[tuple[str, str]]:
    """Return what stood there; how somebody is reached stays out of sight."""
    contact = item.refusal.fields.get("contact", "")
    return [
        (label, masked(words) if role_of(label, {}) is Role.CONTACT or words == contact else words)
        for label, words in item.refusal.row
    ]
