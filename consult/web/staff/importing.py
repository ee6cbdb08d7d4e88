"""The ledger of imports: send a file, look at what it would become, begin, undo, the reports."""

from __future__ import annotations

from flask import abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.domain.errors import Conflict, ConsultError, InputRefused
from consult.domain.ledger import ImportState, Outcome, SourceKind
from consult.domain.table import Role
from consult.export.import_report import ReportLine, report_json, report_xlsx
from consult.services import queue_import
from consult.services.admit import Rules
from consult.services.import_table import Preview, preview_table
from consult.services.ledger import import_lines, import_page, ledger
from consult.services.preview_letters import preview_letters
from consult.services.refused import refused_items
from consult.services.undo_import import undo_import
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.language import say
from consult.web.staff.blueprint import staff
from consult.web.staff.import_forms import ImportForm, MappingForm, UndoForm
from consult.wording import sentence

Answer = str | Response | tuple[str, int]
_PLACE = "/c/<slug>/imports/<int(max=999999999):number>"
_TYPES = {
    "json": (report_json, "application/json"),
    "xlsx": (report_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_SPARE = 1_000_000  # bytes for what stands around the file in a request


@staff.get("/c/<slug>/imports")
def imports(slug: str) -> str:
    """List the newest imports and what was refused."""
    return _list(slug, ImportForm(formdata=None))


@staff.post("/c/<slug>/imports")
def hold_import(slug: str) -> Answer:
    """Keep a file and show what it would become; nothing is taken in yet."""
    settings = desk().settings
    request.max_content_length = settings.import_bytes + _SPARE
    form = ImportForm()
    if not form.validate():
        return _list(slug, form), form.status
    try:
        number = queue_import.hold_file(
            desk().office, slug=slug, kind=form.kind, name=form.name, data=form.data_sent,
            actor=g.member.username, most=settings.import_bytes,
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _list(slug, form), status_of(error)
    return redirect(url_for("staff.one_import", slug=slug, number=number), 303)


@staff.get(_PLACE)
def one_import(slug: str, number: int) -> str:
    """Show an import: what it would become, or what became of each item."""
    return _one(slug, number)


@staff.post(_PLACE)
def act_on_import(slug: str, number: int) -> Answer:
    """Do what the button that was pressed says: look again, begin, give up, undo."""
    act = request.form.get("act", "")
    if act == "undo":
        return _undo(slug, number)
    form = MappingForm()
    if not form.validate():
        abort(400)
    if act == "look":
        return _one(slug, number, form)
    if act == "give-up":
        queue_import.give_up(desk().office, slug=slug, number=number)
        return redirect(url_for("staff.imports", slug=slug), 303)
    queue_import.begin(
        desk().office, slug=slug, number=number, columns=form.columns(), told=form.told(),
        actor=g.member.username,
    )  # fmt: skip
    return redirect(url_for("staff.one_import", slug=slug, number=number), 303)


@staff.get(f"{_PLACE}/report.<any(json, xlsx):extension>")
def import_report(slug: str, number: int, extension: str) -> Response:
    """Hand the report out: every item once."""
    opened(slug)
    record, items = import_lines(desk().office, slug=slug, number=number)
    make, kind = _TYPES[extension]
    lines = (ReportLine(i, sentence(i.code, i.values) if i.code else "") for i in items)
    response = make_response(make(record, lines))
    response.content_type = kind
    name = f"{slug}-import-{number}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _undo(slug: str, number: int) -> Answer:
    form = UndoForm()
    if not form.validate():
        return _one(slug, number, undo=form), form.status
    try:
        undo_import(
            desk().office, slug=slug, number=number, why=form.why.data or "",
            actor=g.member.username,
        )  # fmt: skip
    except (Conflict, InputRefused) as error:
        if error.code == "import.not-done":
            raise  # the page has no such form any more
        form.refuse(error)
        return _one(slug, number, undo=form), status_of(error)
    return redirect(url_for("staff.one_import", slug=slug, number=number), 303)


def _list(slug: str, form: ImportForm) -> str:
    found, office = opened(slug), desk().office
    return render_template(
        "staff/imports.html", found=found, form=form, records=ledger(office, slug=slug),
        refused=refused_items(office, slug=slug),
    )  # fmt: skip


def _one(
    slug: str, number: int, form: MappingForm | None = None, undo: UndoForm | None = None
) -> str:
    found = opened(slug)
    given = request.args.get("outcome", "")
    outcome = Outcome(given) if given in set(Outcome) else None
    after = request.args.get("after", 0, type=int)
    page = import_page(desk().office, slug=slug, number=number, outcome=outcome, after=after)
    if page.record.state is ImportState.DRAFT:
        return _draft(slug, number, form or MappingForm(formdata=None))
    return render_template(
        "staff/import.html", found=found, page=page, outcomes=[*Outcome],
        form=undo or UndoForm(formdata=None),
    )  # fmt: skip


def _draft(slug: str, number: int, form: MappingForm) -> str:
    """Show the first rows of each sheet with what would become of them."""
    found, office = opened(slug), desk().office
    record, data = queue_import.file_content(office, slug=slug, number=number)
    if record.source.kind is SourceKind.MAIL:
        seen = preview_letters(office, slug=slug, name=record.source.name, data=data)
        return render_template(
            "staff/import_mail.html", found=found, record=record, form=form, seen=seen
        )
    previews: tuple[Preview, ...] = ()
    problem = ""
    try:
        previews = preview_table(
            office, slug=slug, data=data, source=record.source, columns=form.columns(),
            rules=Rules(max_text=desk().settings.max_text),
        )  # fmt: skip
    except ConsultError as error:
        error.values.setdefault("name", record.source.name)
        problem = say(error)
    return render_template(
        "staff/import_draft.html", found=found, record=record, form=form,
        sheets=form.sheets(previews), problem=problem, roles=[*Role],
    )  # fmt: skip
