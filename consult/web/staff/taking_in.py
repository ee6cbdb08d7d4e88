"""What has come in and waits for a person: held items, files to transcribe, lost codes."""

from __future__ import annotations

from io import BytesIO

from flask import abort, g, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from consult.domain.attachment import FileKind
from consult.domain.errors import Conflict, ConsultError
from consult.services.hold import held, held_count, reject, release, set_aside
from consult.services.recode import replace_code
from consult.services.transcribe import file_content, waiting
from consult.services.transcribe import transcribe as write_down
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.forms import TokenForm
from consult.web.headers import SANDBOX
from consult.web.staff.blueprint import staff
from consult.web.staff.intake_forms import RecodeForm, RejectForm, TranscriptForm

Answer = str | Response | tuple[str, int]
UPLOADED = {
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.TXT: "text/plain",
}


@staff.get("/c/<slug>/intake")
def intake(slug: str) -> str:
    """Show what waits."""
    return _page(slug, RecodeForm(formdata=None))


@staff.post("/c/<slug>/intake/held/<receipt>/release")
def let_in(slug: str, receipt: str) -> Answer:
    """List a held submission."""
    opened(slug)
    form = TokenForm()
    if not form.validate():
        return _page(slug, RecodeForm(formdata=None), stale=True), 400
    release(desk().office, slug=slug, number=receipt, actor=g.member.username)
    return redirect(url_for("staff.intake", slug=slug), 303)


@staff.route("/c/<slug>/intake/held/<receipt>/reject", methods=["GET", "POST"])
def turn_down(slug: str, receipt: str) -> Answer:
    """Set a held submission aside, with a reason."""
    found, form = opened(slug), RejectForm()
    if request.method == "POST" and not form.validate() and form.stale:
        abort(400)  # its page gives back what was typed, to be copied
    waits = {item.submission.number: item for item in held(desk().office, slug=slug)}
    if receipt not in waits:
        raise Conflict("submission.released", number=receipt)
    status = 200
    if form.validate_on_submit():
        try:
            reject(
                desk().office, slug=slug, number=receipt, why=form.why.data, actor=g.member.username
            )
            return redirect(url_for("staff.intake", slug=slug), 303)
        except ConsultError as error:
            form.refuse(error)
            status = status_of(error)
    page = render_template("staff/turn_down.html", found=found, item=waits[receipt], form=form)
    return page, form.status if status == 200 else status


@staff.get("/c/<slug>/intake/files/<storage>")
def file(slug: str, storage: str) -> Response:
    """Hand a citizen's file out as a download that no browser runs anything of."""
    opened(slug)
    item, data = file_content(desk().office, slug=slug, storage=storage)
    answer = send_file(
        BytesIO(data), mimetype=UPLOADED[item.kind], as_attachment=True, download_name=item.name
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


@staff.route("/c/<slug>/intake/files/<storage>/text", methods=["GET", "POST"])
def transcribe(slug: str, storage: str) -> Answer:
    """Write down what a file says, so that it is read as comments."""
    found = opened(slug)
    form, status = TranscriptForm(), 200
    right = form.validate_on_submit()
    if form.stale:
        abort(400)  # its page gives back what was typed, to be copied
    item, _ = file_content(desk().office, slug=slug, storage=storage)
    if right:
        try:
            write_down(
                desk().office, slug=slug, storage=storage, text=form.text.data,
                actor=g.member.username,
            )  # fmt: skip
            return redirect(url_for("staff.intake", slug=slug), 303)
        except ConsultError as error:
            form.refuse(error)
            status = status_of(error)
    page = render_template("staff/transcribe.html", found=found, item=item, form=form)
    return page, form.status if status == 200 else status


@staff.post("/c/<slug>/intake/code")
def recode(slug: str) -> Answer:
    """Replace a lost code once the contact has been checked; it is shown this one time."""
    form = RecodeForm()
    if not form.validate():
        return _page(slug, form), form.status
    try:
        code = replace_code(
            desk().office, slug=slug, number=form.number.data, contact=form.contact.data,
            why=form.why.data, actor=g.member.username,
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _page(slug, form), status_of(error)
    return _page(slug, RecodeForm(formdata=None), code=code, number=form.number.data)


def _page(slug: str, form: RecodeForm, **more: object) -> str:
    found, office = opened(slug), desk().office
    return render_template(
        "staff/intake.html", found=found, form=form, held=held(office, slug=slug),
        waiting=waiting(office, slug=slug), total=held_count(office, slug=slug),
        aside=set_aside(office, slug=slug), **more,
    )  # fmt: skip
