"""The digest as a page, the documents to download, and the act of issuing the digest."""

from __future__ import annotations

from typing import Final

from flask import abort, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consult.domain.comment import Kind
from consult.domain.digest import Digest
from consult.domain.errors import InputRefused
from consult.export.balance import DIGEST_RULES, partial_lines
from consult.export.columns import COLUMNS, listed
from consult.export.digest_highlights import details, highlights
from consult.export.formats import DOCUMENTS
from consult.export.phrases import novelty_mark
from consult.services.browse import Published
from consult.services.compile import compile_digest
from consult.services.deliver import document as make_document
from consult.services.issue_digest import issue_digest, issued_digests
from consult.web.desk import as_of, desk, opened
from consult.web.forms import TokenForm
from consult.web.language import mark
from consult.web.staff.blueprint import staff
from consult.web.staff.selection_form import selection_form, wanted_filters, wanted_query

# What people call a document, in the order they look for one.
NAMES: Final[dict[str, str]] = {
    "digest.docx": mark("分章节摘要（Word）"),
    "digest.html": mark("分章节摘要（网页，可打印）"),
    "digest.md": mark("分章节摘要（Markdown）"),
    "register.xlsx": mark("意见汇总表（Excel）"),
    "register.docx": mark("意见汇总表（Word）"),
    "register.csv": mark("意见汇总表（CSV）"),
    "digest.json": mark("分章节摘要（JSON，供程序读取）"),
    "register.json": mark("意见汇总表（JSON，供程序读取）"),
    "digest.schema.json": mark("分章节摘要的数据格式（JSON Schema）"),
    "register.schema.json": mark("意见汇总表的数据格式（JSON Schema）"),
}


@staff.get("/c/<slug>/digest")
def digest(slug: str) -> str | tuple[str, int]:
    """Show the digest: what was said about each section, of all comments or of those chosen."""
    found = opened(slug)
    form = selection_form(found.plan)
    form.validate()
    try:
        return _page(found, form, _compiled(found, wanted_filters()))
    except InputRefused as error:
        form.refuse(error)
        return _page(found, form, _compiled(found, ())), 422


@staff.post("/c/<slug>/digest/issue")
def issue(slug: str) -> Response:
    """Note that the digest is issued: the next one tells what changed since."""
    opened(slug)
    if not TokenForm().validate():
        abort(400)
    issue_digest(desk().office, slug=slug, actor=g.member.username)
    return redirect(url_for("staff.digest", slug=slug, _anchor="issued"), 303)


@staff.get("/c/<slug>/documents/<name>")
def document(slug: str, name: str) -> Response:
    """Hand out a document as a download; raises ``NotFound`` for a name that is none."""
    at = as_of(opened(slug).consultation.window)
    made = make_document(
        desk().office, slug=slug, name=name, as_of=at, rehearsal=desk().simulated,
        filters=wanted_filters(), columns=listed(request.args.get("columns", "")),
    )  # fmt: skip
    response = make_response(made.data)
    response.content_type = made.content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{made.name}"'
    return response


def _compiled(found: Published, filters: tuple[str, ...]) -> Digest:
    """Compile what a page shows: in this process, the other cores are for citizens."""
    at = as_of(found.consultation.window)
    return compile_digest(
        desk().office, slug=found.consultation.slug, as_of=at, rehearsal=desk().simulated,
        filters=filters, reasons=False, processes=1,
    )  # fmt: skip


def _page(found: Published, form: object, compiled: Digest) -> str:
    names = [*NAMES, *(name for name in DOCUMENTS if name not in NAMES)]
    return render_template(
        "staff/digest.html", found=found, digest=compiled, kinds=[*Kind], form=form,
        documents=[(name, str(_(NAMES[name])) if name in NAMES else "") for name in names],
        lines=[*highlights(compiled), *details(compiled)], rules=DIGEST_RULES, novelty=novelty_mark,
        query=wanted_query() if compiled.partial else {}, columns=COLUMNS,
        partial=partial_lines(compiled.partial, compiled.accounting),
        issued=issued_digests(desk().office, slug=found.consultation.slug),
        issue_form=TokenForm(formdata=None),
    )  # fmt: skip
