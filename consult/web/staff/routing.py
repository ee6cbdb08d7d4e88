"""Sheets for other offices: take one, bring it back filled in, see what became of every row."""

from __future__ import annotations

from io import BytesIO

from flask import abort, g, render_template, request, send_file
from werkzeug.wrappers import Response
from wtforms import HiddenField

from consult.domain.errors import InputRefused
from consult.domain.text import single_line
from consult.domain.together import Reply, SheetReport
from consult.intake.reply_sheet import MAX_BYTES, read_replies
from consult.services.route import reply_to, routes, sheet_for, take_sheet
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SPARE = 100_000  # bytes of a request around its file


class SheetForm(TokenForm):
    """The office whose answers come back; the file lies beside the fields."""

    to = HiddenField()
    sheet = HiddenField()


@staff.get("/c/<slug>/routes")
def list_routes(slug: str) -> str:
    """List the offices matters were handed on to."""
    return _page(slug, SheetForm(formdata=None))


@staff.get("/c/<slug>/routes/sheet")
def route_sheet(slug: str) -> Response:
    """Hand out the sheet of one office."""
    found, to = opened(slug), request.args.get("to", "")[:100]
    due = found.consultation.answer_by
    data = sheet_for(desk().office, slug=slug, to=to, due=due)
    return send_file(
        BytesIO(data), mimetype=_XLSX, as_attachment=True, download_name=f"{slug}-转办.xlsx"
    )


@staff.post("/c/<slug>/routes")
def take_replies(slug: str) -> tuple[str, int]:
    """Take a sheet back, and tell what became of every row."""
    request.max_content_length = desk().settings.max_body + MAX_BYTES + _SPARE
    form = SheetForm()
    if not form.validate():
        abort(400)
    try:
        report = _taken(slug, form.to.data or "")
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, form), 422
    return _page(slug, SheetForm(formdata=None), report=report, of=form.to.data or ""), 200


@staff.app_template_global()
def reply_of(slug: str, subject: str) -> Reply | None:
    """Return what another office answered about a matter."""
    return reply_to(desk().office, slug=slug, subject=subject)


def _taken(slug: str, to: str) -> SheetReport:
    sent = request.files.get("sheet")
    data = sent.read(MAX_BYTES + 1) if sent and sent.filename else b""
    if not data:
        raise InputRefused("sheet.none", field="sheet")
    name = single_line(sent.filename or "", strict=False)[:100] if sent else ""
    return take_sheet(
        desk().office, slug=slug, to=to, rows=read_replies(data), source=name,
        actor=g.member.username,
    )  # fmt: skip


def _page(slug: str, form: SheetForm, *, report: SheetReport | None = None, of: str = "") -> str:
    return render_template(
        "staff/routes.html", found=opened(slug), form=form, report=report, of=of,
        offices=routes(desk().office, slug=slug), sent=request.form.get("to"),
    )  # fmt: skip
