"""The digest as a page, and the documents to download."""

from __future__ import annotations

from typing import Final

from flask import make_response, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consult.domain.comment import Kind
from consult.export.balance import DIGEST_RULES
from consult.export.digest_highlights import highlights
from consult.export.formats import DOCUMENTS
from consult.services.compile import compile_digest
from consult.services.deliver import document as make_document
from consult.web.desk import as_of, desk, opened
from consult.web.language import mark
from consult.web.staff.blueprint import staff

# What people call a document, in the order they look for one.
NAMES: Final[dict[str, str]] = {
    "digest.docx": mark("分章节摘要（Word）"),
    "digest.html": mark("分章节摘要（网页，可打印）"),
    "digest.md": mark("分章节摘要（Markdown）"),
    "register.xlsx": mark("意见汇总表（Excel）"),
    "register.csv": mark("意见汇总表（CSV）"),
    "digest.json": mark("分章节摘要（JSON，供程序读取）"),
    "register.json": mark("意见汇总表（JSON，供程序读取）"),
}


@staff.get("/c/<slug>/digest")
def digest(slug: str) -> str:
    """Show the digest: what was said about each section."""
    found = opened(slug)
    at = as_of(found.consultation.window)
    compiled = compile_digest(desk().office, slug=slug, as_of=at, rehearsal=desk().simulated)
    names = [*NAMES, *(name for name in DOCUMENTS if name not in NAMES)]
    documents = [(name, str(_(NAMES[name])) if name in NAMES else "") for name in names]
    return render_template(
        "staff/digest.html", found=found, digest=compiled, documents=documents, kinds=[*Kind],
        lines=[*highlights(compiled)], rules=DIGEST_RULES,
    )  # fmt: skip


@staff.get("/c/<slug>/documents/<name>")
def document(slug: str, name: str) -> Response:
    """Hand out a document as a download; raises ``NotFound`` for a name that is none."""
    at = as_of(opened(slug).consultation.window)
    made = make_document(desk().office, slug=slug, name=name, as_of=at, rehearsal=desk().simulated)
    response = make_response(made.data)
    response.content_type = made.content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{made.name}"'
    return response
