"""Analyses in the background: what is under way, what it came to, a button to begin and to stop."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.domain.job import JobKind
from consult.services.jobs import ask, cancel, job_of, recent
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff


@staff.get("/c/<slug>/jobs")
def jobs(slug: str) -> str:
    """Show the newest jobs."""
    found = opened(slug)
    listed = recent(desk().office, slug=slug)
    return render_template(
        "staff/jobs.html", found=found, listed=listed, form=TokenForm(formdata=None)
    )


@staff.post("/c/<slug>/jobs")
def ask_analysis(slug: str) -> Response:
    """Ask for an analysis."""
    if not TokenForm().validate():
        abort(400)
    ask(desk().office, slug=slug, actor=g.member.username)
    return redirect(url_for("staff.jobs", slug=slug), 303)


@staff.post("/c/<slug>/jobs/<int(max=999999999):number>/cancel")
def cancel_job(slug: str, number: int) -> Response:
    """Stop a job."""
    if not TokenForm().validate():
        abort(400)
    cancel(desk().office, slug=slug, job=number, actor=g.member.username)
    letters = job_of(desk().office, number).kind is JobKind.LETTERS
    return redirect(url_for("staff.letters" if letters else "staff.jobs", slug=slug), 303)
