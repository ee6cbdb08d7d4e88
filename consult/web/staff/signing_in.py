"""Signing in and out. The session is a row on the server; the cookie only names it."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from consult.domain.errors import InputRefused
from consult.services.sign_in import sign_in as open_session
from consult.services.sign_in import sign_out as end_session
from consult.web import unsaved
from consult.web.access import TOKEN, safe_next
from consult.web.desk import client, desk
from consult.web.staff.blueprint import staff
from consult.web.staff.sign_in_form import SignInForm, SignOutForm


@staff.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | tuple[str, int]:
    """Ask for name and password; a wrong name and a wrong password get the same answer."""
    form = SignInForm()
    if not form.validate_on_submit():
        if request.method == "GET":
            form.next.data = request.args.get("next", "")
        return render_template("staff/sign_in.html", form=form), form.status
    name, password = form.username.data, form.password.data
    try:
        token = open_session(desk().office, username=name, password=password, client=client())
    except InputRefused as error:
        form.refuse(error)
        return render_template("staff/sign_in.html", form=form), 422
    _fresh_session(token)
    return redirect(safe_next(form.next.data or ""), 303)


@staff.post("/sign-out")
def sign_out() -> Response:
    """End the session on the server, then empty the cookie."""
    if SignOutForm().validate():
        end_session(desk().office, token=session.get(TOKEN, ""))
        _fresh_session("")
    return redirect(url_for("staff.sign_in"), 303)


def _fresh_session(token: str) -> None:
    """Keep of the session before only language and view and, when signing in, what was not saved.

    No fixation, no receipt left behind.
    """
    names = ("lang", "view", unsaved.ENTRY) if token else ("lang", "view")
    kept = {name: session[name] for name in names if name in session}
    session.clear()
    session.update(kept)
    if token:
        session[TOKEN] = token
