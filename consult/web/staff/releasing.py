"""Publishing the results, and taking them back; what the public would see is shown before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypedDict

from flask import g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import StringField

from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.results import Results
from consult.export.notice import NOTICE_FILES
from consult.services.browse import Published
from consult.services.office import Office
from consult.services.release import release as publish_results
from consult.services.release import renew as publish_anew
from consult.services.release import take_back as hide_results
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.forms import TokenForm
from consult.web.result_store import compiled
from consult.web.staff.blueprint import staff

Answer = Response | tuple[str, int]


class Moment(TypedDict):
    """What a publication is made with: the office, the instant, who, and whether it is in play."""

    office: Office
    now: datetime
    actor: str
    rehearsal: bool


class ReleaseForm(TokenForm):
    """The reason for taking results back; publishing needs none."""

    why = StringField()


@staff.get("/c/<slug>/results")
def results(slug: str) -> str:
    """Show what is or would be published, and what is still missing."""
    return _page(opened(slug), ReleaseForm(formdata=None))


@staff.post("/c/<slug>/results/release")
def release(slug: str) -> Answer:
    """Publish the results."""
    return _done(slug, lambda _why: publish_results(slug=slug, **_now()))


@staff.post("/c/<slug>/results/renew")
def renew(slug: str) -> Answer:
    """Publish the present state in place of what is shown."""
    return _done(slug, lambda _why: publish_anew(slug=slug, **_now()))


@staff.post("/c/<slug>/results/take-back")
def take_back(slug: str) -> Answer:
    """Take the results back, with a reason."""
    office, actor = desk().office, g.member.username
    return _done(slug, lambda why: hide_results(office, slug=slug, why=why, actor=actor))


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


def _now() -> Moment:
    """Return what a publication is made with."""
    return {
        "office": desk().office, "now": desk().today(), "actor": g.member.username,
        "rehearsal": desk().simulated,
    }  # fmt: skip


def _done(slug: str, act: Callable[[str], None]) -> Answer:
    """Do an act of publication with the reason given; what stands against it comes back."""
    found, form = opened(slug), ReleaseForm()
    if not form.validate():
        return _page(found, form), form.status
    try:
        act(form.why.data or "")
    except (Conflict, InputRefused) as error:
        form.refuse(error)
        return _page(found, form), status_of(error)
    return redirect(url_for("staff.results", slug=slug), 303)


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
