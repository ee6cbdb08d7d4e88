"""Letters of answer: who gets one, what it says, sending, printing, and the log."""

from __future__ import annotations

from typing import Final

from flask import abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.domain.errors import ConsultError, NotFound
from consult.domain.job import JobKind
from consult.outbox.smtp import SmtpOutbox
from consult.services.answer_letters import letter_book
from consult.services.jobs import recent
from consult.services.note_letter import note_letter as note
from consult.services.note_letter import sent_letter as find
from consult.services.note_letter import sent_letters
from consult.services.queue_letters import queue_letters
from consult.services.write_letters import preview_letter, write_letters
from consult.settings import mail_server
from consult.web.desk import as_of, desk, opened
from consult.web.errors import status_of
from consult.web.staff.blueprint import staff
from consult.web.staff.letter_forms import NoteForm, PaperForm, SendForm

Answer = str | Response | tuple[str, int]
SHOWN: Final = 50  # lines of a list on one page


@staff.get("/c/<slug>/letters")
def letters(slug: str) -> Answer:
    """Show who gets a letter, what was sent, and the ways to send."""
    return _page(slug, SendForm(formdata=None), PaperForm(formdata=None))


@staff.get("/c/<slug>/letters/<receipt>")
def letter(slug: str, receipt: str) -> Answer:
    """Show a letter as it would be sent, the name masked."""
    found = opened(slug)
    made, head, subject, text = preview_letter(
        desk().office, slug=slug, receipt=receipt, as_of=as_of(found.consultation.window),
        rehearsal=desk().simulated,
    )  # fmt: skip
    return render_template(
        "staff/letter.html", found=found, letter=made, head=head, subject=subject, text=text
    )


@staff.post("/c/<slug>/letters/send")
def send_letters(slug: str) -> Answer:
    """Send what is due in the background, or see whether the server would take it."""
    form = SendForm()
    if not form.validate():
        return _page(slug, form, PaperForm(formdata=None)), form.status
    settings = desk().settings
    try:
        name = opened(slug).consultation.office
        outbox = SmtpOutbox(mail_server(settings), name=name, clock=desk().office.clock)
        if request.form.get("act") == "check":
            outbox.check()
            return _page(slug, form, PaperForm(formdata=None), checked=True)
        queue_letters(
            desk().office, slug=slug, sender=settings.smtp_from, why=form.why.data or "",
            partly=form.partly.data, actor=g.member.username,
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _page(slug, form, PaperForm(formdata=None)), status_of(error)
    return redirect(url_for("staff.letters", slug=slug), 303)


@staff.post("/c/<slug>/letters/paper")
def paper_letters(slug: str) -> Answer:
    """Hand out the letters on paper, with names and contacts."""
    form = PaperForm()
    if not form.validate():
        return _page(slug, SendForm(formdata=None), form), form.status
    try:
        made = write_letters(
            desk().office, slug=slug, form=form.form.data, why=form.paper_why.data or "",
            as_of=as_of(opened(slug).consultation.window), rehearsal=desk().simulated,
            actor=g.member.username,
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _page(slug, SendForm(formdata=None), form), status_of(error)
    response = make_response(made.data)
    response.content_type = made.content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{made.name}"'
    return response


@staff.get("/c/<slug>/letters/sent/<int(max=999999999):number>")
def sent_letter(slug: str, number: int) -> Answer:
    """Show one letter of the log."""
    return _sent(slug, number, NoteForm(formdata=None))


@staff.post("/c/<slug>/letters/sent/<int(max=999999999):number>")
def note_letter(slug: str, number: int) -> Answer:
    """Note what became of a letter."""
    form = NoteForm()
    form.validate()
    if form.stale:
        abort(400)  # its page gives back what was typed, to be copied
    form.offer(find(desk().office, slug=slug, letter=number))
    if not form.validate():
        return _sent(slug, number, form), form.status
    try:
        note(desk().office, slug=slug, letter=number, state=form.chosen, why=form.why.data or "",
             actor=g.member.username)  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _sent(slug, number, form), status_of(error)
    return redirect(url_for("staff.sent_letter", slug=slug, number=number), 303)


def _sent(slug: str, number: int, form: NoteForm) -> str:
    found = opened(slug)
    item = find(desk().office, slug=slug, letter=number)
    form.offer(item)
    return render_template("staff/letter_sent.html", found=found, item=item, form=form)


def _page(slug: str, form: SendForm, paper: PaperForm, *, checked: bool = False) -> str:
    found, office = opened(slug), desk().office
    before = request.args.get("before", 0, type=int)
    listed = recent(office, slug=slug, kind=JobKind.LETTERS, limit=3)
    try:
        log = sent_letters(office, slug=slug, before=max(0, before), limit=SHOWN + 1)
    except OverflowError as error:  # a number no letter has
        raise NotFound("letters.unknown", letter=before) from error
    return render_template(
        "staff/letters.html", found=found, form=form, paper=paper, listed=listed, log=log[:SHOWN],
        older=len(log) > SHOWN, book=letter_book(office, slug=slug), shown=SHOWN,
        ready=mail_server(desk().settings).ready, sender=desk().settings.smtp_from,
        rate=desk().settings.smtp_rate, checked=checked,
    )  # fmt: skip
