"""Publishing the results, and taking them back; what the public would see is shown before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import StringField

from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.results import Results
from consult.export.notice import NOTICE_FILES
from consult.services.browse import Published
from consult.services.release import release as publish_results
from consult.services.release import renew as publish_anew
from consult.services.release import take_back as hide_results
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.language import say
from consult.web.result_store import compiled
from consult.web.staff.blueprint import staff


class ReleaseForm(TokenForm):
    """The reason for taking results back; publishing needs none."""

    why = StringField()


@staff.get("/c/<slug>/results")
def results(slug: str) -> str:
    """Show what is or would be published, and what is still missing."""
    return _page(opened(slug), ReleaseForm(formdata=None))


@staff.post("/c/<slug>/results/release")
def release(slug: str) -> Response | tuple[str, int]:
    """Publish the results."""
    found, form = opened(slug), ReleaseForm()
    if not form.validate():
        return _page(found, form), form.status
    try:
        publish_results(
            desk().office, slug=slug, now=desk().today(), actor=g.member.username,
            rehearsal=desk().simulated,
        )  # fmt: skip
    except Conflict as error:
        form.why.errors = [say(error)]
        return _page(found, form), 409
    return redirect(url_for("staff.results", slug=slug), 303)


@staff.post("/c/<slug>/results/renew")
def renew(slug: str) -> Response | tuple[str, int]:
    """Publish the present state in place of what is shown."""
    found, form = opened(slug), ReleaseForm()
    if not form.validate():
        return _page(found, form), form.status
    try:
        publish_anew(
            desk().office, slug=slug, now=desk().today(), actor=g.member.username,
            rehearsal=desk().simulated,
        )  # fmt: skip
    except Conflict as error:
        form.why.errors = [say(error)]
        return _page(found, form), 409
    return redirect(url_for("staff.results", slug=slug), 303)


@staff.post("/c/<slug>/results/take-back")
def take_back(slug: str) -> Response | tuple[str, int]:
    """Take the results back, with a reason."""
    found, form = opened(slug), ReleaseForm()
    if not form.validate():
        return _page(found, form), form.status
    try:
        hide_results(desk().office, slug=slug, why=form.why.data or "", actor=g.member.username)
    except (Conflict, InputRefused) as error:
        form.refuse(error)
        return _page(found, form), 409 if isinstance(error, Conflict) else 422
    return redirect(url_for("staff.results", slug=slug), 303)


@staff.get("/c/<slug>/results/<name>")
def notice(slug: str, name: str) -> Response:
    """Hand out the notice to post, of what is published or, before that, would be."""
    found = opened(slug)
    if name not in NOTICE_FILES:
        raise NotFound("document.unknown", name=name)
    content_type, write = NOTICE_FILES[name]
    response = make_response(write(compiled(found, preview=found.released is None)))
    response.content_type = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{name}"'
    return response


def _page(found: Published, form: ReleaseForm) -> str:
    present = compiled(found, preview=True)
    shown = compiled(found) if found.released else None
    return render_template(
        "staff/results.html", found=found, form=form, results=present, shown=shown,
        differs=shown is not None and _said(shown) != _said(present),
        state=found.consultation.window.state(desk().today()),
    )  # fmt: skip


def _said(results: Results) -> object:
    """Return what a reader would see: all but when and from what it was made."""
    return replace(results, masthead=replace(results.masthead, as_of=_NEVER, head="", run=0))


_NEVER = datetime.min.replace(tzinfo=UTC)
