"""Deciding on comments and themes: draft, review, approval, and back."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.domain.decision import Target
from consult.domain.errors import Conflict, InputRefused
from consult.services.approve import approve as approve_decision
from consult.services.browse import Published
from consult.services.decide import decide as write_decision
from consult.services.decision_view import DecisionView, decision_view
from consult.services.four_eyes import wrote_it
from consult.services.reopen import reopen as reopen_decision
from consult.web.desk import desk, opened
from consult.web.language import say
from consult.web.staff.blueprint import staff
from consult.web.staff.decision_form import DecisionForm, ReviewForm

_PLACE = "/c/<slug>/<any(comments, families, themes):kind>/<int(max=999999999):number>/decision"
_KINDS = {"comments": "comment", "families": "family", "themes": "theme"}
Answer = Response | tuple[str, int]


@staff.get(_PLACE)
def decision(slug: str, kind: str, number: int) -> str:
    """Show the comments, the decision so far, and the forms this person may use."""
    found, view = _opened(slug, kind, number)
    form = DecisionForm(formdata=None).offer(found.plan, view)
    return _page(found, view, form, ReviewForm(formdata=None, seen=view.seen))


@staff.post(_PLACE)
def decide(slug: str, kind: str, number: int) -> Answer:
    """Store a draft or hand it in; what cannot be stored comes back with everything in it."""
    found, view = _opened(slug, kind, number)
    form = DecisionForm().offer(found.plan, view)
    review = ReviewForm(formdata=None, seen=view.seen)
    if not form.validate():
        return _page(found, view, form, review), form.status
    submit = request.form.get("act") == "submit"
    try:
        write_decision(
            desk().office, slug=slug, target=view.target, ruling=form.ruling(),
            actor=g.member.username, seen=form.seen.data or "", submit=submit,
            exceptions=_exceptions(view),
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(found, view, form, review), 422
    except Conflict as error:
        form.refuse(error)
        form.seen.data = view.seen  # the newest version is on the page now: sending again confirms
        return _page(found, view, form, review, conflict=True), 409
    return _back(slug, kind, number)


@staff.post(f"{_PLACE}/approve")
def approve(slug: str, kind: str, number: int) -> Answer:
    """Approve the version that was shown."""
    found, view = _opened(slug, kind, number)
    form = ReviewForm()
    if not form.validate():
        return _again(found, view, form), form.status
    try:
        approve_decision(
            desk().office, slug=slug, target=view.target, actor=g.member.username,
            seen=form.seen.data or "",
        )  # fmt: skip
    except Conflict as error:
        return _again(found, view, form, error), 409
    return _back(slug, kind, number)


@staff.post(f"{_PLACE}/reopen")
def reopen(slug: str, kind: str, number: int) -> Answer:
    """Send it back to be written anew; it is no longer shown outside."""
    found, view = _opened(slug, kind, number)
    form = ReviewForm()
    if not form.validate():
        return _again(found, view, form), form.status
    try:
        reopen_decision(
            desk().office, slug=slug, target=view.target, why=form.why.data or "",
            actor=g.member.username, seen=form.seen.data or "",
        )  # fmt: skip
    except InputRefused as error:
        return _again(found, view, form, error), 422
    except Conflict as error:
        return _again(found, view, form, error), 409
    return _back(slug, kind, number)


def _exceptions(view: DecisionView) -> set[int]:
    """Return the comments to be left out: those ticked, and those left out that are not shown."""
    shown = {row.comment.number for row in view.members}
    sent = request.form.getlist("exceptions")
    ticked = {int(text) for text in sent if text.isascii() and text.isdigit() and len(text) < 10}
    return (ticked & shown) | (set(view.exceptions) - shown)


def _opened(slug: str, kind: str, number: int) -> tuple[Published, DecisionView]:
    found = opened(slug)
    target = Target(**{_KINDS[kind]: number})
    return found, decision_view(desk().office, slug=slug, target=target)


def _back(slug: str, kind: str, number: int) -> Response:
    return redirect(url_for("staff.decision", slug=slug, kind=kind, number=number), 303)


def _again(
    found: Published,
    view: DecisionView,
    review: ReviewForm,
    error: Conflict | InputRefused | None = None,
) -> str:
    if error is not None:
        review.why.errors = (*review.why.errors, say(error))
    review.seen.data = view.seen
    form = DecisionForm(formdata=None).offer(found.plan, view).shown(view)
    return _page(found, view, form, review)


def _page(
    found: Published,
    view: DecisionView,
    form: DecisionForm,
    review: ReviewForm,
    *,
    conflict: bool = False,
) -> str:
    """Show the page; with ``conflict`` what is there now and what was typed, side by side."""
    return render_template(
        "staff/decision.html", found=found, view=view, form=form, review=review, conflict=conflict,
        own=wrote_it(desk().office, found.id, view.target, actor=g.member.username),
    )  # fmt: skip
