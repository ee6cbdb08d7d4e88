"""One's own account: password, second factor, sessions."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from consult.domain.errors import InputRefused
from consult.services import second_factor
from consult.services.accounts import change_own_password
from consult.services.sessions import end_session, sessions_of, token_hash
from consult.web.access import TOKEN
from consult.web.desk import desk
from consult.web.forms import TokenForm
from consult.web.qr import qr_code
from consult.web.staff.blueprint import staff
from consult.web.staff.sign_in_form import CodeForm, PasswordForm
from consult.web.staff.signing_in import fresh_session

Answer = str | Response | tuple[str, int]


@staff.get("/account")
def account() -> Answer:
    """Show the account; with ``?factor=on`` begin the second factor."""
    return _page(PasswordForm(formdata=None), CodeForm(formdata=None))


@staff.post("/account/password")
def own_password() -> Answer:
    """Change the password; every session ends, this one too."""
    form = PasswordForm()
    if not form.validate():
        return _page(form, CodeForm(formdata=None)), form.status
    try:
        change_own_password(
            desk().office, username=g.member.username, old=form.old.data or "",
            new=form.new.data or "",
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(form, CodeForm(formdata=None)), 422
    fresh_session("")
    return redirect(url_for("staff.sign_in"), 303)


@staff.post("/account/factor")
def confirm_factor() -> Answer:
    """Switch the second factor on; its recovery codes are shown this once."""
    form = CodeForm()
    if not form.validate():
        return _page(PasswordForm(formdata=None), form), form.status
    try:
        codes = second_factor.confirm(
            desk().office, username=g.member.username, code=form.code.data,
            keep=token_hash(session[TOKEN]),
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _page(PasswordForm(formdata=None), form), 422
    return render_template("staff/recovery_codes.html", codes=codes)


@staff.post("/account/factor/drop")
def drop_factor() -> Answer:
    """Switch it off again with a code of it; every session ends, this one too."""
    form = CodeForm()
    if not form.validate():
        return _page(PasswordForm(formdata=None), form), form.status
    try:
        second_factor.drop_own(desk().office, username=g.member.username, code=form.code.data)
    except InputRefused as error:
        form.refuse(error)
        return _page(PasswordForm(formdata=None), form), 422
    fresh_session("")
    return redirect(url_for("staff.sign_in"), 303)


@staff.post("/account/sessions")
def end_own_session() -> Answer:
    """End another session of one's own."""
    if not TokenForm().validate():
        abort(400)
    end_session(
        desk().office, username=g.member.username, handle=request.form.get("handle", ""),
        actor=g.member.username,
    )  # fmt: skip
    return redirect(url_for("staff.account"), 303)


def _page(form: PasswordForm, code: CodeForm) -> str:
    office, member = desk().office, g.member
    needed = desk().settings.require_second_factor
    begun = None
    if not member.second_factor and (needed or code.errors or request.args.get("factor") == "on"):
        begun = second_factor.begin(office, username=member.username, issuer="consult")
    return render_template(
        "staff/account.html", form=form, code=code, begun=begun, needed=needed,
        qr=qr_code(begun.address) if begun else None,
        left=second_factor.recovery_left(office, username=member.username),
        sessions=sessions_of(office, username=member.username, token=session[TOKEN]),
    )  # fmt: skip
