"""Samples that two people judge blind, and what they came to."""

from __future__ import annotations

from typing import Final

from flask import abort, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.sample import SampleState
from consult.export.coding import coding_csv, coding_json
from consult.services.doctor import head_hash
from consult.services.draw_sample import draw_sample
from consult.services.judge_items import drop_sample as give_up
from consult.services.judge_items import judge_item, next_question
from consult.services.quality import YARDSTICK, progress_of, results
from consult.services.quality import quality as samples_of
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff
from consult.web.staff.judging_forms import DrawForm, question_form

_SAMPLE = "/c/<slug>/quality/<int(max=999999999):number>"
_FILES: Final = {
    "json": (coding_json, "application/json"),
    "csv": (coding_csv, "text/csv; charset=utf-8"),
}
Answer = Response | tuple[str, int]


@staff.get("/c/<slug>/quality")
def quality(slug: str) -> str:
    """Show the samples, the machine's own figures, and the form to draw another sample."""
    return _quality(slug, DrawForm(formdata=None))


@staff.post("/c/<slug>/quality")
def draw(slug: str) -> Answer:
    """Draw a sample."""
    form = DrawForm()
    opened(slug)
    if not form.validate():
        return _quality(slug, form), form.status
    try:
        number = draw_sample(
            desk().office, slug=slug, size=form.size(), seed=form.seed.data or "",
            coders=(form.first.data or "", form.second.data or ""), actor=g.member.username,
        )  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        return _quality(slug, form), 422
    return redirect(url_for("staff.sample", slug=slug, number=number), 303)


@staff.get(_SAMPLE)
def sample(slug: str, number: int) -> str:
    """Show how far a sample is, and its results once both have judged everything."""
    found = opened(slug)
    progress = progress_of(desk().office, slug=slug, sample=number)
    done = progress.sample.state is SampleState.DONE
    return render_template(
        "staff/sample.html",
        found=found,
        progress=progress,
        results=results(desk().office, slug=slug, sample=number) if done else None,
        yardstick=YARDSTICK,
        mine=g.member.username in progress.sample.coders,
        form=TokenForm(formdata=None),
    )


@staff.get(f"{_SAMPLE}/judge")
def question(slug: str, number: int) -> str | Response:
    """Ask the next question."""
    found = opened(slug)
    asked = next_question(desk().office, slug=slug, sample=number, coder=g.member.username)
    if asked is None:
        return redirect(url_for("staff.sample", slug=slug, number=number))
    form = question_form(asked, found.plan, sent=False)
    return render_template("staff/question.html", found=found, question=asked, form=form)


@staff.post(f"{_SAMPLE}/judge")
def judge(slug: str, number: int) -> Answer:
    """Store an answer and ask the next question."""
    if not TokenForm().validate():
        abort(400)
    found, me = opened(slug), g.member.username
    asked = next_question(desk().office, slug=slug, sample=number, coder=me)
    form = question_form(asked, found.plan, sent=True)
    try:
        item = int(form["item"].data) if (form["item"].data or "").isdecimal() else 0
        judge_item(desk().office, slug=slug, sample=number, item=item,
                   answer=form["answer"].data or "", coder=me)  # fmt: skip
    except InputRefused as error:
        form.refuse(error)
        page = render_template("staff/question.html", found=found, question=asked, form=form)
        return page, 422
    except Conflict:  # answered already, in another window or by a second click
        pass
    return redirect(url_for("staff.question", slug=slug, number=number), 303)


@staff.post(f"{_SAMPLE}/drop")
def drop_sample(slug: str, number: int) -> Response:
    """Give up a sample."""
    if not TokenForm().validate():
        abort(400)
    give_up(desk().office, slug=slug, sample=number, actor=g.member.username)
    return redirect(url_for("staff.quality", slug=slug), 303)


@staff.post(f"{_SAMPLE}/leave")
def leave_sample(slug: str, number: int) -> Response:
    """Stop judging: the sample comes to nothing, since one person alone shows no agreement."""
    if not TokenForm().validate():
        abort(400)
    progress = progress_of(desk().office, slug=slug, sample=number)
    if g.member.username not in progress.sample.coders:
        raise NotFound("quality.unknown", sample=number)
    give_up(desk().office, slug=slug, sample=number, actor=g.member.username)
    return redirect(url_for("staff.quality", slug=slug), 303)


@staff.get(f"{_SAMPLE}/coding.<any(json, csv):extension>")
def coding_file(slug: str, number: int, extension: str) -> Response:
    """Hand out what both said about each item, once both are done."""
    opened(slug)
    found = results(desk().office, slug=slug, sample=number)
    write, content_type = _FILES[extension]
    response = make_response(write(found.sample, found.judged, head=head_hash(desk().office)))
    response.content_type = content_type
    name = f"{slug}-sample-{number}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _quality(slug: str, form: DrawForm) -> str:
    found = opened(slug)
    view = samples_of(desk().office, slug=slug, threshold=desk().settings.threshold)
    return render_template(
        "staff/quality.html", found=found, view=view, form=form.offer(view.accounts),
        threshold=desk().settings.threshold,
    )  # fmt: skip
