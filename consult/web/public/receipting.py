"""The receipt: shown, saved as a file in three forms, dropped from the device; third of three."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answered

from consult.web.desk import opened
from consult.web.forms import TokenForm
from consult.web.public.blueprint import public
from consult.web.public.receipts import forget, recall
from consult.web.qr import qr_code

Answer = str | Answered | tuple[str, int] | tuple[str, int, dict[str, str]]
# Ending of the file → its type. Pictures and pages can be kept where printing is not possible.
KINDS = {"txt": "text/plain", "html": "text/html", "svg": "image/svg+xml"}


@public.get("/c/<slug>/receipt")
def receipt(slug: str) -> Answer:
    """Show the receipt this browser keeps; it survives a reload, and its code is in no address."""
    found = opened(slug)
    kept = recall(slug)
    page = render_template("public/receipt.html", found=found, receipt=kept, form=TokenForm())
    return page if kept else (page, 404)


@public.get("/c/<slug>/receipt.<any(txt,html,svg):ending>")
def receipt_file(slug: str, ending: str) -> Answer:
    """Hand the receipt out as a file; printing fails inside chat apps."""
    found = opened(slug)
    kept = recall(slug)
    if kept is None:
        return receipt(slug)
    code = qr_code(status_address(slug))
    text = render_template(f"public/receipt_file.{ending}", found=found, receipt=kept, qr=code)
    name = f'attachment; filename="receipt-{kept.number}.{ending}"'
    headers = {"Content-Type": f"{KINDS[ending]}; charset=utf-8", "Content-Disposition": name}
    return text, 200, headers


@public.get("/c/<slug>/status.svg")
def status_code(slug: str) -> Answer:
    """Show the QR code of the page that asks for number and code; it holds neither."""
    opened(slug)
    page = render_template("public/qr.svg", qr=qr_code(status_address(slug)))
    return Response(page, mimetype="image/svg+xml")


@public.post("/c/<slug>/receipt/forget")
def forget_receipt(slug: str) -> Answer:
    """Drop the receipt from this browser: for a computer that others use too."""
    if TokenForm().validate():
        forget()
    return redirect(url_for("public.receipt", slug=slug), 303)


def status_address(slug: str) -> str:
    """Return the address of the status page, as others reach it."""
    return url_for("public.status", slug=slug, _external=True)
