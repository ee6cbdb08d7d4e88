"""Forms and reminders to departments by mail: what would go out, a try without, sending."""

from __future__ import annotations

import time

from flask import g, redirect, render_template, url_for
from flask import request as asked
from werkzeug.wrappers import Response

from consult.domain.department import MailKind
from consult.domain.errors import ConsultError
from consult.outbox.smtp import SmtpOutbox
from consult.services.mail_departments import Sent, drafts, send
from consult.settings import mail_server
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.forms import TokenForm
from consult.web.language import say
from consult.web.staff.blueprint import staff

Answer = str | Response | tuple[str, int]
_PLACE = "/c/<slug>/departments/mail/<any(form, reminder):which>"


@staff.get(_PLACE)
def department_mail(slug: str, which: str) -> str:
    """Show what would go out."""
    return _page(slug, MailKind(which), TokenForm(formdata=None))


@staff.post(_PLACE)
def mail_departments(slug: str, which: str) -> Answer:
    """Send, or see whether the server would take it."""
    form, kind, settings = TokenForm(), MailKind(which), desk().settings
    if not form.validate():
        return _page(slug, kind, form), form.status
    outbox = SmtpOutbox(
        mail_server(settings), name=opened(slug).consultation.office, clock=desk().office.clock
    )
    try:
        if asked.form.get("act") == "check":
            outbox.check()
            return _page(slug, kind, form, checked=True)
        sent = send(
            desk().office, slug=slug, kind=kind, outbox=outbox, sender=settings.smtp_from,
            rate=settings.smtp_rate, now=desk().today(), actor=g.member.username, wait=time.sleep,
        )  # fmt: skip
    except ConsultError as error:
        return _page(slug, kind, form, problem=say(error)), status_of(error)
    if sent.left or len(sent.tally) > 1:
        return _page(slug, kind, form, sent=sent)
    return redirect(url_for("staff.departments", slug=slug), 303)


def _page(
    slug: str,
    kind: MailKind,
    form: TokenForm,
    *,
    checked: bool = False,
    sent: Sent | None = None,
    problem: str = "",
) -> str:
    found, settings = opened(slug), desk().settings
    return render_template(
        "staff/department_mail.html", found=found, form=form, checked=checked, sent=sent,
        problem=problem, drafts=drafts(desk().office, slug=slug, kind=kind, now=desk().today()),
        ready=mail_server(settings).ready, sender=settings.smtp_from, kind=kind.value,
    )  # fmt: skip
