"""The OpenAPI document: every route of the API, tested against the routes there are."""

from __future__ import annotations

from flask import jsonify
from werkzeug.wrappers import Response

from consult import __version__
from consult.web.api.blueprint import api
from consult.web.api.pushed_body import KEY
from consult.web.api.schemas import schemas
from consult.web.desk import desk

_SLUG = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A new UUID for each submission; the same one when it is sent again.",
    "schema": {"type": "string", "format": "uuid"},
}
_ITEM = {
    "text": "建议在园区增设人才公寓。",
    "channel": "telephone",
    "received": "2022-10-08T09:30:00+08:00",
    "contact": "13800000000",
}
_EXAMPLE = {
    "text": "建议把青年科技人才的年龄放宽到45周岁。",
    "sections": ["3.2"],
    "speaker": "individual",
    "publish": True,
    "privacy": True,
}


@api.get("/openapi.json")
def openapi() -> Response:
    """Return the description of the API (OpenAPI 3.1)."""
    return jsonify(document(max_text=desk().settings.max_text))


def document(*, max_text: int) -> dict[str, object]:
    """Return the document; ``max_text`` is the longest submission in characters."""
    base = "/api/v1/consultations"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "consult 公开征求意见",
            "version": __version__,
            "description": "The public part is read without key; other systems push with a token. "
            "Errors are application/problem+json, in Chinese or English by Accept-Language.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/openapi.json": {"get": _reads("openapi", "This document", "Document")},
            base: {"get": _reads("consultations", "All consultations", "Consultations")},
            f"{base}/{{slug}}": {
                "get": _reads("consultation", "One consultation and its headings", "Consultation")
            },
            f"{base}/{{slug}}/plan": {"get": _reads("plan", "The plan in full", "Plan")},
            f"{base}/{{slug}}/results": {
                "get": _reads("results", "The results; 404 before publication", "Results")
            },
            f"{base}/{{slug}}/submissions": {"post": _submit()},
            f"{base}/{{slug}}/intake": {"post": _push()},
        },
        "components": {
            "schemas": schemas(max_text=max_text),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _reads(name: str, summary: str, schema: str) -> dict[str, object]:
    slug = [_SLUG] if name in {"consultation", "plan", "results"} else []
    failures = {"404": "No such thing"} if slug else {}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": slug,
        "responses": {"200": _answer(summary, schema), **_problems(failures)},
    }


def _submit() -> dict[str, object]:
    body = {"schema": {"$ref": "#/components/schemas/Submission"}, "example": _EXAMPLE}
    failures = {
        "403": "Outside of the window",
        "404": "No such consultation",
        "413": "The request is too large",
        "415": "Not application/json",
        "422": "Something to correct; the field is named",
        "429": "Too many from one address; Retry-After says when to come back",
    }
    return {
        "operationId": "submit",
        "summary": "Send a submission",
        "parameters": [_SLUG, _KEY],
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "201": _answer("Stored; the code is secret and shown to nobody else", "Receipt"),
            "200": _answer("Sent again: the receipt of the first time", "Receipt"),
            **_problems(failures),
        },
    }


def _push() -> dict[str, object]:
    body = {"schema": {"$ref": "#/components/schemas/Item"}, "example": _ITEM}
    failures = {
        "401": "No token, or one that is wrong or revoked",
        "404": "No such consultation",
        "409": "The key was used for an item with other words",
        "413": "The request is too large",
        "415": "Not application/json",
        "422": "Something to correct; the field is named",
        "429": "Too many from this system; Retry-After says when to come back",
    }
    return {
        "operationId": "push",
        "summary": "Send what another system received; staff give it a token",
        "security": [{"token": []}],
        "parameters": [_SLUG, {**_KEY, "schema": {"type": "string", "pattern": f"^{KEY}$"},
                               "description": "The item's number in the other system."}],
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "201": _answer("Stored; the code is for the person who sent it", "Pushed"),
            "200": _answer("Sent again: the receipt of the first time, without its code", "Pushed"),
            **_problems(failures),
        },
    }  # fmt: skip


def _answer(words: str, schema: str) -> dict[str, object]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": words, "content": {"application/json": {"schema": reference}}}


def _problems(failures: dict[str, str]) -> dict[str, object]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    known = {**failures, "503": "The site cannot serve just now"}
    return {status: {"description": words, "content": content} for status, words in known.items()}
