"""The form, the check of what was typed, and sending: two of three steps."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from consult.domain.entry import compose
from consult.domain.errors import ConsultError, InputRefused, WindowClosed
from consult.services.admit import admit
from consult.services.browse import Published
from consult.web.desk import client, desk, opened
from consult.web.errors import headers_of, status_of
from consult.web.public import blank_form, form_files
from consult.web.public.blueprint import public
from consult.web.public.comment_form import CommentForm
from consult.web.public.points import points
from consult.web.public.quoting import beginning
from consult.web.public.receipts import keep
from consult.web.public.said import MOST
from consult.web.public.sending import take
from consult.web.public.straight import REFUSED

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@public.get("/c/<slug>/comment")
def comment(slug: str) -> Answer:
    """Show the empty form; ``?section=3.2`` chooses a section beforehand, ``paragraph`` quotes."""
    found = opened(slug)
    if found.consultation.window.state(desk().today()) != "open":
        return closed(found, "")
    desk().proposer.warm(slug=slug)
    asked = request.args.get("section", "")
    section = asked if found.plan.find(asked) else ""
    return blank_form.page(found, section, beginning(found.plan, request.args))


@public.post("/c/<slug>/comment")
def check(slug: str) -> Answer:
    """Show what was typed, to be sent or changed, with the sections it may concern."""
    found, form = _sent(slug)
    form_files.take_files(form, asked=form.asked.asks("files"))
    if not form.validate():
        return fill_in(found, form)
    try:
        _admit(found, form)
    except WindowClosed:
        return closed(found, form.composed().text)
    shown = points(form, slug)
    return render_template(
        "public/check.html", found=found, form=form, points=shown, now=desk().today()
    )


@public.post("/c/<slug>/comment/change")
def change(slug: str) -> Answer:
    """Give the form back with all in it: one more entry, without a file, in another view."""
    found, form = _sent(slug)
    form_files.take_files(form, asked=form.asked.asks("files"))
    form.validate()
    act, _, what = request.form.get("act", "").partition(" ")
    if not form.stale and act:
        if act == "take-out":
            form_files.take_out(form, what)
        elif act == "add" and len(form.parts) < MOST:
            form.add_part(found.plan)
        form.forgive()
        return form_page(found, form), 200  # what was asked for is done
    return fill_in(found, form)


@public.post("/c/<slug>/comment/send")
def send(slug: str) -> Answer:
    """Store the submission and go on to its receipt."""
    found = opened(slug)
    form = _looked_at(found)
    if REFUSED not in request.environ and not form.validate():
        return fill_in(found, form)
    said = form.said()
    try:
        if error := request.environ.get(REFUSED):
            raise error
        stored = take(desk(), found, said, client())
    except WindowClosed:
        return closed(found, compose(said.entries).text)
    except ConsultError as error:
        form.validate()
        form.refuse(error)
        unsent = not isinstance(error, InputRefused)  # nothing that was written is wrong
        return form_page(found, form, unsent=unsent), status_of(error), headers_of(error)
    keep(session, slug, stored)
    return redirect(url_for("public.receipt", slug=slug), 303)


def _looked_at(found: Published) -> CommentForm:
    form = new_form(found)
    if form.attached.data:
        form_files.show_files(form)
    return form


def _admit(found: Published, form: CommentForm) -> None:
    """Raise ``WindowClosed`` where sending would: nobody checks in vain."""
    grace = desk().settings.grace
    admit(found.consultation.window, now=desk().today(), opened=form.opened, grace=grace)


def _sent(slug: str) -> tuple[Published, CommentForm]:
    form_files.allow(desk().settings)
    found = opened(slug)
    return found, new_form(found)


def new_form(found: Published, saved: dict[str, str] | None = None) -> CommentForm:
    """Return the form of a consultation, filled with what was sent or saved."""
    return CommentForm().offer(
        found.consultation,
        found.plan,
        limit=desk().settings.max_text,
        now=desk().today(),
        clock=desk().office.clock(),
        saved=saved,
    )


def form_page(found: Published, form: CommentForm, **more: object) -> str:
    """Return the page with a form as it was filled in."""
    return blank_form.render(found, form, **more)


def fill_in(found: Published, form: CommentForm) -> Answer:
    """Answer with the form as it was filled in."""
    return form_page(found, form), form.status


def closed(found: Published, text: str) -> Answer:
    """Say that the window is not open, and give back what was typed."""
    page = render_template("public/closed.html", found=found, text=text, now=desk().today())
    return page, 403
