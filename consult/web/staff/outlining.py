"""What is prepared beside the texts: the outline of the plan, and words that are opposites."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField

from consult.domain.errors import ConsultError, InputRefused
from consult.services.opposite_words import (
    OppositesTrial,
    read_pairs,
    save_opposites,
    try_opposites,
    written,
)
from consult.services.outline import Line, Reshaping, outline, reshaping, save_outline
from consult.services.plan_versions import knowledge_of
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff
from consult.web.staff.preparing_forms import lines

Answer = Response | str | tuple[str, int]


class OutlineForm(TokenForm):
    """The version that was shown; the lines stand beside it, three fields for each node."""

    seen = HiddenField()
    wrong = ""  # the field that a refusal is about, and what is wrong with it
    message = ""

    def refuse(self, error: ConsultError) -> None:
        """Keep what is wrong for the line it is about."""
        super().refuse(error)
        self.wrong = getattr(error, "field", "") or "send"
        self.message = self.seen.errors[-1]

    def complaints(self):  # type: ignore[no-untyped-def]
        """Yield the anchor of the line that is wrong."""
        yield from ([(self.wrong, self.message)] if self.wrong else super().complaints())


class OppositesForm(TokenForm):
    """Pairs of opposite words, and sentences to try."""

    pairs = TextAreaField()
    tried = TextAreaField()


@staff.route("/c/<slug>/prepare/outline", methods=["GET", "POST"])
def edit_outline(slug: str) -> Answer:
    """Correct codes, numbers and titles before anything is published; look first."""
    found, form = opened(slug), OutlineForm()
    now, change = outline(found.plan), None
    if not form.is_submitted():
        form.seen.data = str(found.consultation.version)
        return _outline(slug, form, now, change)
    sent = tuple(
        Line(line.before, *(_typed(name, line.before) for name in ("code", "number", "title")))
        for line in now
    )
    if not form.validate():
        return _outline(slug, form, sent, change), form.status
    try:
        change = reshaping(desk().office, slug=slug, lines=sent)
        if request.form.get("act") == "save":
            seen = form.seen.data or ""
            save_outline(
                desk().office, slug=slug, lines=sent, actor=g.member.username,
                seen=int(seen) if seen.isascii() and seen.isdigit() else 0,
            )  # fmt: skip
            return redirect(url_for("staff.prepare", slug=slug), 303)
    except ConsultError as error:
        form.refuse(error)
        return _outline(slug, form, sent, change), status_of(error)
    return _outline(slug, form, sent, change)


@staff.route("/c/<slug>/prepare/opposites", methods=["GET", "POST"])
def edit_opposites(slug: str) -> Answer:
    """Edit the words that turn an ask round, or see first what that changes."""
    form, trial = OppositesForm(), None
    if not form.is_submitted():
        form.pairs.data = written(knowledge_of(desk().office, slug=slug).lexicon.opposites)
        return _opposites(slug, form, trial)
    try:
        if form.validate():
            pairs = read_pairs(lines(form.pairs))
            if request.form.get("act") == "save":
                save_opposites(desk().office, slug=slug, pairs=pairs, actor=g.member.username)
                return redirect(url_for("staff.prepare", slug=slug), 303)
            typed = lines(form.tried)[:20]
            trial = try_opposites(desk().office, slug=slug, pairs=pairs, typed=typed)
    except InputRefused as error:
        form.refuse(error)
    return _opposites(slug, form, trial), form.status


def _typed(name: str, code: str) -> str:
    return request.form.get(f"{name}-{code}", "").strip()


def _outline(slug: str, form: OutlineForm, now: tuple[Line, ...], change: Reshaping | None) -> str:
    return render_template(
        "staff/outline.html", found=opened(slug), form=form, lines=now, change=change
    )


def _opposites(slug: str, form: OppositesForm, trial: OppositesTrial | None) -> str:
    return render_template("staff/opposites.html", found=opened(slug), form=form, trial=trial)
