"""The digest as a page, and the documents to download."""

from __future__ import annotations

from flask import make_response, render_template
from werkzeug.wrappers import Response

from consult.export.formats import DOCUMENTS
from consult.services.compile import compile_digest
from consult.services.deliver import document as make_document
from consult.web.desk import as_of, desk, opened
from consult.web.staff.blueprint import staff


@staff.get("/c/<slug>/digest")
def digest(slug: str) -> str:
    """Show the digest: what was said about each section."""
    found = opened(slug)
    at = as_of(found.consultation.window)
    compiled = compile_digest(desk().office, slug=slug, as_of=at, rehearsal=desk().simulated)
    return render_template(
        "staff/digest.html", found=found, digest=compiled, documents=tuple(DOCUMENTS)
    )


@staff.get("/c/<slug>/documents/<name>")
def document(slug: str, name: str) -> Response:
    """Hand out a document as a download; raises ``NotFound`` for a name that is none."""
    at = as_of(opened(slug).consultation.window)
    made = make_document(desk().office, slug=slug, name=name, as_of=at, rehearsal=desk().simulated)
    response = make_response(made.data)
    response.content_type = made.content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{made.name}"'
    return response
