"""A further version of the plan: upload, confirm its sections, look at the difference."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import FileField

from consult.domain.errors import Conflict, InputRefused
from consult.intake.draft import MAX_BYTES
from consult.intake.draft_upload import read_upload
from consult.services.plan_versions import (
    confirm_version,
    differences,
    drop_version,
    pending_version,
    propose_version,
)
from consult.services.plan_versions import versions as replaced
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff
from consult.web.staff.preparing import upload

Answer = Response | str | tuple[str, int]


class VersionForm(TokenForm):
    """The file of a further draft."""

    file = FileField()


@staff.get("/c/<slug>/plan-versions")
def plan_versions(slug: str) -> str:
    """Show what waits to be confirmed, and the versions there were."""
    return _page(slug, VersionForm(formdata=None))


@staff.post("/c/<slug>/plan-versions")
def upload_version(slug: str) -> Answer:
    """Read a further draft; nothing changes until its sections are confirmed."""
    request.max_content_length = desk().settings.max_body + MAX_BYTES
    opened(slug)
    form = VersionForm()
    if not form.validate():
        return _page(slug, form), form.status
    try:
        data, name = upload(request.files.get("file"))
        draft = read_upload(data, name)
        propose_version(desk().office, slug=slug, plan=draft.plan, source=name, data=data,
                        actor=g.member.username)  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(slug, form), 422
    return redirect(url_for("staff.plan_versions", slug=slug), 303)


@staff.post("/c/<slug>/plan-versions/confirm")
def confirm_plan(slug: str) -> Answer:
    """Make the draft the plan, with the sections as they were confirmed; or give it up."""
    found, form = opened(slug), TokenForm()
    if not form.validate():
        abort(400)
    if request.form.get("act") == "drop":
        drop_version(desk().office, slug=slug, actor=g.member.username)
        return redirect(url_for("staff.plan_versions", slug=slug), 303)
    seen = request.form.get("seen", "")
    codes = {k[3:]: v for k, v in request.form.items() if k.startswith("to-")}
    try:
        confirm_version(
            desk().office, slug=slug, codes=codes, seen=int(seen) if seen.isdecimal() else -1,
            actor=g.member.username,
        )  # fmt: skip
    except (InputRefused, Conflict) as error:
        again = VersionForm(formdata=None)
        again.refuse(error)
        return _page(slug, again), status_of(error)
    version = found.consultation.version + 1
    return redirect(url_for("staff.plan_difference", slug=slug, number=version), 303)


@staff.get("/c/<slug>/plan-versions/<int(max=99999):number>")
def plan_difference(slug: str, number: int) -> str:
    """Show what became of every section with a version."""
    found = opened(slug)
    shown = differences(desk().office, slug=slug, version=number)
    return render_template("staff/plan_difference.html", found=found, version=number, shown=shown)


def _page(slug: str, form: VersionForm) -> str:
    office = desk().office
    return render_template(
        "staff/plan_versions.html", found=opened(slug), form=form,
        pending=pending_version(office, slug=slug), versions=replaced(office, slug=slug),
        chosen=request.form,
    )  # fmt: skip
