"""Creating a consultation in the browser and preparing it: texts, sections, opening, days."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from consult.domain.consultation import Consultation, Window
from consult.domain.errors import Conflict, ConsultError, InputRefused, NotFound
from consult.intake.corpus_thesaurus import read_thesaurus
from consult.intake.draft import MAX_BYTES, Draft
from consult.intake.draft_upload import read_upload
from consult.resources import corpus_folder
from consult.services import prepare as service
from consult.services.browse import Published
from consult.services.change_end import change_end, close_now
from consult.services.plan_versions import knowledge_of
from consult.services.try_words import Trial, try_words
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.staff.blueprint import staff
from consult.web.staff.preparing_forms import (
    PRIVACY,
    NewForm,
    OpenForm,
    SectionForm,
    TextsForm,
    clock,
    day,
    lines,
)

Answer = Response | str | tuple[str, int]
_SECTION = "/c/<slug>/prepare/sections/<code>"


@staff.route("/new", methods=["GET", "POST"])
def new_consultation() -> Answer:
    """Read a draft plan and begin to prepare a consultation on it."""
    request.max_content_length = desk().settings.max_body + MAX_BYTES
    form = NewForm()
    if not form.validate_on_submit():
        return render_template("staff/new.html", form=form), form.status
    try:
        sent = request.files.get("file")
        data, name = upload(sent)
        value, draft = _begun(form, read_upload(data, name))
        service.create(
            desk().office, consultation=value, plan=draft.plan,
            thesaurus=read_thesaurus(corpus_folder()), source=name, data=data,
            actor=g.member.username,
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return render_template("staff/new.html", form=form), status_of(error)
    return redirect(url_for("staff.prepare", slug=value.slug), 303)


@staff.get("/c/<slug>/prepare")
def prepare(slug: str) -> Answer:
    """Show all that is prepared: the tree, the texts, the ways to open."""
    return _page(slug, TextsForm(formdata=None), OpenForm(formdata=None))


@staff.post("/c/<slug>/prepare")
def save_texts(slug: str) -> Answer:
    """Store the texts."""
    known = opened(slug).consultation
    form = TextsForm().offer(known)
    if not form.validate():
        return _page(slug, form, OpenForm(formdata=None)), form.status
    try:
        service.save_texts(
            desk().office, slug=slug, title=form.title.data or "", name=form.name.data or "",
            window=form.window(known), texts=form.texts(), actor=g.member.username,
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _page(slug, form, OpenForm(formdata=None)), status_of(error)
    return redirect(url_for("staff.prepare", slug=slug), 303)


@staff.route(_SECTION, methods=["GET", "POST"])
def prepare_section(slug: str, code: str) -> Answer:
    """Edit summary, words and example sentences of a section, or see first what that changes."""
    found, trial = opened(slug), None
    if code not in service.BEYOND and found.plan.find(code) is None:
        raise NotFound("section.unknown", section=code[:40])
    known = knowledge_of(desk().office, slug=slug)
    form = SectionForm().offer(found.plan, known, code)
    if request.method == "POST":
        try:
            if form.validate() and request.form.get("act") == "try":
                trial = try_words(desk().office, slug=slug, code=code, edit=form.edit(),
                                  typed=lines(form.tried)[:20])  # fmt: skip
            elif not form.errors:
                service.save_section(
                    desk().office, slug=slug, code=code, edit=form.edit(), actor=g.member.username
                )
                return redirect(url_for("staff.prepare", slug=slug, _anchor=f"s{code}"), 303)
        except InputRefused as error:
            form.refuse(error)
    return _section(slug, code, form, trial), form.status


@staff.post("/c/<slug>/prepare/open")
def open_consultation(slug: str) -> Answer:
    """Publish, rehearse, or change the last day: what the button says."""
    found, form = opened(slug), OpenForm()
    if not form.validate():
        abort(400)
    act, zone = request.form.get("act", ""), ZoneInfo(found.consultation.window.timezone)
    office, actor = desk().office, g.member.username
    try:
        if act == "publish":
            service.open_to_public(office, slug=slug, actor=actor)
        elif act == "rehearse":
            simulated = day(form.simulated) or found.consultation.window.opens
            at = datetime.combine(simulated, time(10), zone)
            slug = service.rehearse(office, slug=slug, simulated=at, actor=actor)
        else:
            _end(found, form, now=act == "now")
    except (Conflict, InputRefused) as error:
        form.refuse(error)
        return _page(slug, TextsForm(formdata=None), form), status_of(error)
    return redirect(url_for("staff.prepare", slug=slug), 303)


def _end(found: Published, form: OpenForm, *, now: bool) -> None:
    """Let the window end now, or on the day and at the time that were typed."""
    known, why = found.consultation, form.why.data or ""
    office, actor = desk().office, g.member.username
    moment = desk().today()
    if now:
        close_now(office, slug=known.slug, why=why, now=moment, actor=actor)
        return
    closes = day(form.closes) or known.window.closes
    change_end(
        office, slug=known.slug, closes=closes, until=clock(form.until), why=why, now=moment,
        actor=actor,
    )  # fmt: skip


def upload(sent: FileStorage | None) -> tuple[bytes, str]:
    """Return bytes and name of an uploaded file; raises ``InputRefused("prepare.file")``."""
    if sent is None or not sent.filename:
        raise InputRefused("prepare.file", field="file")
    return sent.read(MAX_BYTES + 1), sent.filename


def _begun(form: NewForm, draft: Draft) -> tuple[Consultation, Draft]:
    """Put together what was typed and what the file says; what was typed goes before it."""
    opens = day(form.opens) or (draft.window.opens if draft.window else None)
    closes = day(form.closes) or (draft.window.closes if draft.window else None)
    name = (form.name.data or "").strip() or draft.office
    if opens is None or closes is None:
        raise InputRefused("prepare.days", field="closes" if opens else "opens")
    if not name:
        raise InputRefused("prepare.blank", field="name")
    title = (form.title.data or "").strip() or draft.title or draft.plan.title
    zone = draft.window.timezone if draft.window else "Asia/Shanghai"
    texts = {"privacy": PRIVACY, "privacy_version": "1"}
    value = Consultation(form.slug.data or "", title, name, Window(opens, closes, zone), texts)
    return value, draft


def _page(slug: str, form: TextsForm, opening: OpenForm) -> str:
    found = opened(slug)
    return render_template(
        "staff/prepare.html", found=found, form=form.offer(found.consultation), opening=opening,
        state=found.consultation.window.state(desk().today()),
        knowledge=knowledge_of(desk().office, slug=slug),
    )  # fmt: skip


def _section(slug: str, code: str, form: SectionForm, trial: Trial | None) -> str:
    found = opened(slug)
    return render_template(
        "staff/prepare_section.html", found=found, code=code, node=found.plan.find(code),
        form=form, trial=trial,
    )  # fmt: skip
