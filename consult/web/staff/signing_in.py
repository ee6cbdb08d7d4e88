"""Signing in and out. The session is a row on the server; the cookie only names it."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from consult.domain.errors import InputRefused, NotFound
from consult.services.sign_in import Entry, enter, pending, prove
from consult.services.sign_in import sign_out as end_session
from consult.web import unsaved
from consult.web.access import TOKEN, safe_next
from consult.web.browser_name import browser_name
from consult.web.desk import client, desk
from consult.web.staff.blueprint import staff
from consult.web.staff.sign_in_form import CodeForm, SignInForm, SignOutForm

Answer = Response | tuple[str, int]


@staff.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Answer:
    """Ask for name and password; a wrong name and a wrong password get the same answer."""
    form = SignInForm()
    if not form.validate_on_submit():
        if request.method == "GET":
            form.next.data = request.args.get("next", "")
        return render_template("staff/sign_in.html", form=form), form.status
    try:
        entry = enter(
            desk().office, username=form.username.data, password=form.password.data,
            client=client(), agent=browser_name(request.user_agent.string),
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return render_template("staff/sign_in.html", form=form), 422
    return _onward(entry, form.next.data or "")


@staff.route("/sign-in/code", methods=["GET", "POST"])
def second_step() -> Answer:
    """Ask for the second factor of somebody whose password was right."""
    form = CodeForm()
    if pending(desk().office, token=session.get(TOKEN, "")) is None:
        return redirect(url_for("staff.sign_in", next=request.args.get("next")), 303)
    if not form.validate_on_submit():
        if request.method == "GET":
            form.next.data = request.args.get("next", "")
        return render_template("staff/second_step.html", form=form), form.status
    try:
        entry = prove(
            desk().office, token=session[TOKEN], code=form.code.data, client=client()
        )  # fmt: skip
    except NotFound:
        return redirect(url_for("staff.sign_in"), 303)
    except InputRefused as error:
        form.refuse(error)
        return render_template("staff/second_step.html", form=form), 422
    return _onward(entry, form.next.data or "")


@staff.post("/sign-out")
def sign_out() -> Response:
    """End the session on the server, then empty the cookie."""
    if SignOutForm().validate():
        end_session(desk().office, token=session.get(TOKEN, ""))
        fresh_session("")
    return redirect(url_for("staff.sign_in"), 303)


def _onward(entry: Entry, target: str) -> Response:
    """Go on to the second step, or to where somebody wanted to go."""
    fresh_session(entry.token)
    if entry.pending:
        return redirect(url_for("staff.second_step", next=safe_next(target)), 303)
    return redirect(safe_next(target), 303)


def fresh_session(token: str) -> None:
    """Keep of the session before only language and view and, when signing in, what was not saved.

    No fixation, no receipt left behind.
    """
    names = ("lang", "view", unsaved.ENTRY) if token else ("lang", "view")
    kept = {name: session[name] for name in names if name in session}
    session.clear()
    session.update(kept)
    if token:
        session[TOKEN] = token
