"""The form, the check of what was typed, sending, and the receipt: three steps."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.domain.comment import Receipt
from consult.domain.errors import ConsultError, WindowClosed
from consult.services.browse import Published
from consult.services.limit import limit
from consult.services.receive import Rules, receive
from consult.web.desk import client, desk, opened
from consult.web.errors import headers_of, status_of
from consult.web.forms import TokenForm
from consult.web.public.blueprint import public
from consult.web.public.comment_form import CommentForm
from consult.web.public.receipts import forget, keep, recall

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


@public.get("/c/<slug>/comment")
def comment(slug: str) -> Answer:
    """Show the empty form; ``?section=3.2`` chooses a section beforehand."""
    found = opened(slug)
    if _state(found) != "open":
        return _closed(found, "")
    form = _form(found)
    asked = request.args.get("section", "")
    if found.plan.find(asked):
        form.section.data = asked
    return _fill_in(found, form)


@public.post("/c/<slug>/comment")
def check(slug: str) -> Answer:
    """Show what was typed, to be sent or changed."""
    found = opened(slug)
    form = _form(found)
    if not form.validate():
        return _fill_in(found, form)
    if found.consultation.window.state(form.opened) != "open":
        return _closed(found, form.text.data)
    return render_template("public/check.html", found=found, form=form, now=desk().today())


@public.post("/c/<slug>/comment/change")
def change(slug: str) -> Answer:
    """Give the form back with everything in it."""
    found = opened(slug)
    form = _form(found)
    form.validate()
    return _fill_in(found, form)


@public.post("/c/<slug>/comment/send")
def send(slug: str) -> Answer:
    """Store the submission and go on to its receipt."""
    found = opened(slug)
    form = _form(found)
    if not form.validate():
        return _fill_in(found, form)
    try:
        stored = _take(slug, form, found)
    except WindowClosed:
        return _closed(found, form.text.data)
    except ConsultError as error:
        form.refuse(error)
        return _page(found, form), status_of(error), headers_of(error)
    keep(slug, stored, desk().office.keys.session_secret)
    return redirect(url_for("public.receipt", slug=slug), 303)


@public.get("/c/<slug>/receipt")
def receipt(slug: str) -> Answer:
    """Show the receipt this browser keeps; it survives a reload, and its code is in no address."""
    found = opened(slug)
    kept = recall(slug, desk().office.keys.session_secret)
    page = render_template("public/receipt.html", found=found, receipt=kept, form=TokenForm())
    return page if kept else (page, 404)


@public.get("/c/<slug>/receipt.txt")
def receipt_file(slug: str) -> Answer:
    """Hand out the receipt as a text file; printing fails inside chat apps."""
    found = opened(slug)
    kept = recall(slug, desk().office.keys.session_secret)
    if kept is None:
        return receipt(slug)
    text = render_template("public/receipt.txt", found=found, receipt=kept)
    kind = {"Content-Type": "text/plain; charset=utf-8"}
    name = f"receipt-{kept.number}.txt"
    return text, 200, {**kind, "Content-Disposition": f'attachment; filename="{name}"'}


@public.post("/c/<slug>/receipt/forget")
def forget_receipt(slug: str) -> Answer:
    """Drop the receipt from this browser: for a computer that others use too."""
    if TokenForm().validate():
        forget()
    return redirect(url_for("public.receipt", slug=slug), 303)


def _state(found: Published) -> str:
    return found.consultation.window.state(desk().today())


def _take(slug: str, form: CommentForm, found: Published) -> Receipt:
    office, settings = desk().office, desk().settings
    limit(office, act="send", client=client(), per_hour=settings.posts_per_hour)
    return receive(
        office,
        slug=slug,
        new=form.submission(found.consultation.texts.get("privacy_version", "")),
        now=desk().today(),
        opened=form.opened,
        rules=Rules(max_text=settings.max_text, grace=settings.grace),
    )


def _form(found: Published) -> CommentForm:
    return CommentForm().offer(found.plan, limit=desk().settings.max_text, now=desk().today())


def _page(found: Published, form: CommentForm) -> str:
    return render_template("public/comment.html", found=found, form=form, now=desk().today())


def _fill_in(found: Published, form: CommentForm) -> Answer:
    return _page(found, form), form.status


def _closed(found: Published, text: str) -> Answer:
    page = render_template("public/closed.html", found=found, text=text, now=desk().today())
    return page, 403
