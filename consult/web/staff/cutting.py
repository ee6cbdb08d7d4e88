"""Cutting a comment into several, and joining those of one submission."""

from __future__ import annotations

from flask import abort, g, render_template, request
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from consult.domain.errors import Conflict, InputRefused
from consult.services.browse import CommentDetail, Published, comment_detail
from consult.services.clauses import clauses
from consult.services.split_comment import join_comments, split_comment
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff
from consult.web.staff.queueing import filters_of
from consult.web.staff.working import to_comment

_PLACE = "/c/<slug>/comments/<int(max=999999999):number>"
Answer = Response | tuple[str, int]


class CutForm(TokenForm):
    """Where to cut, or what to join; ``seen`` are the stamps that were shown (``12:3,13:5``)."""

    at = StringField()
    numbers = StringField()
    seen = HiddenField()
    query = HiddenField()


@staff.get(f"{_PLACE}/split")
def split_form(slug: str, number: int) -> str:
    """Show the clauses of a comment, to cut between them."""
    found, detail = _opened(slug, number)
    return _split_page(found, detail, _fresh(found, detail))


@staff.post(f"{_PLACE}/split")
def split(slug: str, number: int) -> Answer:
    """Cut it; what cannot be done comes back with what was chosen."""
    found, detail = _opened(slug, number)
    form = _sent()
    try:
        made = split_comment(
            desk().office, slug=slug, number=number, at=_digits("at"), actor=g.member.username,
            seen=form.seen.data or "",
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _split_page(found, detail, form), 422
    except Conflict as error:
        form.refuse(error)
        form.seen.data = detail.row.seen
        return _split_page(found, detail, form), 409
    return to_comment(slug, made[0], filters_of(found, form.query.data or ""))


@staff.get(f"{_PLACE}/join")
def join_form(slug: str, number: int) -> str:
    """Show the comments of the submission, to choose which become one."""
    found, detail = _opened(slug, number)
    return _join_page(found, detail, _fresh(found, detail))


@staff.post(f"{_PLACE}/join")
def join(slug: str, number: int) -> Answer:
    """Join them."""
    found, detail = _opened(slug, number)
    form = _sent()
    pairs = (part.partition(":") for part in (form.seen.data or "").split(","))
    seen = {int(name): stamp for name, _, stamp in pairs if name.isascii() and name.isdigit()}
    try:
        whole = join_comments(
            desk().office, slug=slug, numbers=[number, *_digits("numbers")],
            actor=g.member.username, seen=seen,
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _join_page(found, detail, form), 422
    except Conflict as error:
        form.refuse(error)
        form.seen.data = _stamps(detail)
        return _join_page(found, detail, form), 409
    return to_comment(slug, whole, filters_of(found, form.query.data or ""))


def _opened(slug: str, number: int) -> tuple[Published, CommentDetail]:
    return opened(slug), comment_detail(desk().office, slug=slug, number=number)


def _sent() -> CutForm:
    form = CutForm()
    if not form.validate():
        abort(400)
    return form


def _fresh(found: Published, detail: CommentDetail) -> CutForm:
    form = CutForm(formdata=None)
    joining = (request.endpoint or "").endswith("join_form")
    form.seen.data = _stamps(detail) if joining else detail.row.seen
    form.query.data = filters_of(found).address()
    return form


def _stamps(detail: CommentDetail) -> str:
    return ",".join(f"{row.comment.number}:{row.seen}" for row in detail.siblings)


def _digits(name: str) -> list[int]:
    sent = request.form.getlist(name)
    return [int(text) for text in sent if text.isascii() and text.isdigit() and len(text) < 10]


def _split_page(found: Published, detail: CommentDetail, form: CutForm) -> str:
    return render_template(
        "staff/split.html", found=found, detail=detail, form=form, chosen=_digits("at"),
        clauses=clauses(detail.row.comment.text),
    )  # fmt: skip


def _join_page(found: Published, detail: CommentDetail, form: CutForm) -> str:
    return render_template(
        "staff/join.html", found=found, detail=detail, form=form, chosen=_digits("numbers")
    )
