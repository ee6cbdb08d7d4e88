"""What a submitter may do by number and code: correct, withdraw, erase. Each is asked twice."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request
from flask_babel import gettext as _
from wtforms import HiddenField, MultipleFileField, TextAreaField

from consult.domain.attachment import Attachment
from consult.domain.comment import Channel, NewSubmission
from consult.domain.errors import ConsultError, NotFound, TooMany
from consult.domain.questions import questions
from consult.domain.text import normalise
from consult.services import revise as service
from consult.services.admit import Rules
from consult.services.browse import Published
from consult.services.correct import correct
from consult.services.look_up import Key, Status, status
from consult.web.desk import client, desk, opened
from consult.web.errors import headers_of, status_of
from consult.web.forms import TokenForm
from consult.web.language import say
from consult.web.public import form_files
from consult.web.public.blueprint import public
from consult.web.public.form_key import new_key, read_key
from consult.web.public.looking_up import StatusForm
from consult.web.public.receipts import redeem

Answer = str | tuple[str, int] | tuple[str, int, dict[str, str]]


class ReviseForm(TokenForm):
    """Number and code, sealed, carried from page to page in the body; the text, corrected; files.

    ``kept`` are the files that lie with the form, ``refused`` what is to be said of others,
    ``without`` those of the submission that are to be taken away.
    """

    problem = ""  # why an act that asks for no text was not done
    text = TextAreaField()
    files = MultipleFileField()
    attached = HiddenField()
    ticket = HiddenField()
    form_key = HiddenField()  # sealed: the token the files lie under

    def ready(self) -> ReviseForm:
        """Read the key, or make one."""
        secret, now = desk().office.keys.session_secret, desk().office.clock()
        given = self.form_key.data or ""
        if read_key(given, secret=secret) is None:
            given = new_key(desk().today(), now, secret=secret)
        found = read_key(given, secret=secret)
        self.form_key.data, self.token = given, found.token if found else ""
        self.kept: tuple[Attachment, ...] = ()
        self.refused: list[str] = []
        self.without = request.form.getlist("without")
        return self

    def key(self, slug: str) -> Key:
        """Return what opens the submission."""
        office = desk().office
        number, code = redeem(
            slug, self.ticket.data or "", at=office.clock().timestamp(),
            secret=office.keys.session_secret,
        )  # fmt: skip
        return Key(number, code, client(), desk().settings.lookups_per_hour, proven=True)


@public.post("/c/<slug>/status/<any(correct,withdraw,contact,erase):verb>")
def revise(slug: str, verb: str) -> Answer:
    """Ask whether it is really meant; the second time, do it."""
    form_files.allow(desk().settings)
    found = opened(slug)
    form = ReviseForm().ready()
    if not form.validate():
        return _status_page(found, form), form.status
    key = form.key(slug)
    if not key.number:
        return _status_page(found, form), 422
    try:
        if request.form.get("sure") != "y" or (verb == "correct" and _only_files(found, form)):
            page = _ask(found, form, verb, _look_up(slug, key))
            return page, 422 if form.refused else 200
        _ACTS[verb](slug, form, key)
    except (NotFound, TooMany) as error:
        form.refuse(error)
        return _status_page(found, form), status_of(error), headers_of(error)
    except ConsultError as error:
        form.refuse(error)
        form.problem = say(error)
        page = _ask(found, form, verb, _look_up(slug, key))
        return page, status_of(error), headers_of(error)
    return render_template(
        "public/status_found.html", found=found, shown=_look_up(slug, key), done=verb,
        form=TokenForm(), ticket=form.ticket.data, now=desk().today(),
    )  # fmt: skip


def _only_files(found: Published, form: ReviseForm) -> bool:
    """Take the files that came; tell whether the page is to be shown again and nothing done yet."""
    form_files.take_files(form, asked=questions(found.consultation.texts).asks("files"))
    form.files.errors = [*form.refused]
    act, _, what = request.form.get("act", "").partition(" ")
    if act == "take-out":
        form_files.take_out(form, what)
    return bool(form.refused) or act == "take-out"


def _look_up(slug: str, key: Key) -> Status:
    return status(desk().office, slug=slug, key=key)


def _ask(found: Published, form: ReviseForm, act: str, shown: Status) -> str:
    if act == "correct" and "sure" not in request.form:
        form.text.data = shown.submission.text[: shown.submission.typed]
    # What cannot be stored is given back visibly; the page itself can hold no more than that.
    form.text.data = normalise(form.text.data or "", strict=False)
    return render_template(
        "public/revise.html", found=found, form=form, act=act, shown=shown,
        limit=desk().settings.max_text, now=desk().today(), accept=form_files.ACCEPT,
        rules=form_files.rules(desk().settings), asked=questions(found.consultation.texts),
    )  # fmt: skip


def _status_page(found: Published, form: ReviseForm) -> str:
    """Give the look-up form back; a failed token or a wrong code is said there."""
    asked = StatusForm()
    said = [message for _anchor, message in form.complaints()]
    asked.number.errors = said or [_("页面放得太久，请重新输入编号和查询码。")]
    return render_template("public/status.html", found=found, form=asked)


def _correct(slug: str, form: ReviseForm, key: Key) -> None:
    settings = desk().settings
    correct(
        desk().office,
        slug=slug,
        key=key,
        new=NewSubmission(form.text.data or "", channel=Channel.WEB, form=form.token),
        without=form.without,
        now=desk().today(),
        rules=Rules(max_text=settings.max_text),
    )


def _withdraw(slug: str, _form: ReviseForm, key: Key) -> None:
    service.withdraw(desk().office, slug=slug, key=key, now=desk().today())


def _contact(slug: str, _form: ReviseForm, key: Key) -> None:
    service.erase_contact(desk().office, slug=slug, key=key)


def _erase(slug: str, _form: ReviseForm, key: Key) -> None:
    service.erase(desk().office, slug=slug, key=key)


_ACTS: dict[str, Callable[[str, ReviseForm, Key], None]] = {
    "correct": _correct,
    "withdraw": _withdraw,
    "contact": _contact,
    "erase": _erase,
}
