"""HTML of a letter → lines of text; quoted mail is marked with ``>`` as in plain letters.

Nothing is loaded, run or followed: scripts, styles, pictures and what is made invisible are left
out (tracking pixels, text for machines).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from consult.intake.charsets import decode

_DROPPED: Final = frozenset(
    {"script", "style", "head", "title", "noscript", "template", "svg", "object", "iframe"}
    | {"select", "button", "textarea", "audio", "video", "map"}
)
# Elements that end a line when they begin or end; each paragraph is a line of its own.
_BREAKS: Final = frozenset(
    {"p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main"}
    | {"header", "footer", "blockquote", "pre", "body", "html", "center", "table", "tr", "h1"}
    | {"h2", "h3", "h4", "h5", "h6", "includetail", "form", "fieldset", "caption"}
)
_INVISIBLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|mso-hide\s*:\s*all",
    re.IGNORECASE,
)
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_CHARSET_WITHIN: Final = 4_096  # bytes
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr"})
_DEEPEST: Final = 20  # levels of quotation that are marked


def html_text(data: bytes, declared: str = "") -> str:
    """Return what a reader of the page sees; ``declared`` is the label of the part."""
    found = _CHARSET.search(data[:_CHARSET_WITHIN])
    label = declared or (found.group(1).decode("ascii", "replace") if found else "")
    return text_of(decode(data, label))


def text_of(page: str) -> str:
    """Return the lines of a page that is text already."""
    sink = _Lines()
    parser = etree.HTMLParser(target=sink, encoding="utf-8", huge_tree=True, no_network=True)
    try:
        parser.feed(page.replace("\x00", "").encode("utf-8", "replace"))
        parser.close()
    except etree.XMLSyntaxError:  # nothing in it that is markup at all
        pass
    return sink.close()


class _Lines:
    """Turns the parser's events into lines; what is left open is closed by what follows."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._text: list[str] = []
        self._hidden: list[str] = []  # elements inside of the one that is left out
        self._quotes = 0
        self._kept = 0  # depth of <pre>, where line ends count

    def close(self) -> str:
        self._flush()
        return "\n".join(self._lines)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "body":
            self._hidden.clear()  # a head that was never closed ends here
        if self._hidden or tag in _DROPPED or _INVISIBLE.search(attributes.get("style", "")):
            if tag not in _VOID:
                self._hidden.append(tag)
            return
        if tag in _BREAKS:
            self._flush()
        if tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._kept += 1
        elif tag in ("td", "th") and self._text:
            self._text.append(" ")

    def end(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
            return
        if tag in _BREAKS and tag != "br":
            self._flush()
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._kept = max(0, self._kept - 1)

    def data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data if self._kept else re.sub(r"[ \t\r\n\f]+", " ", data))

    def _flush(self) -> None:
        text = "".join(self._text).replace("\xa0", " ")
        self._text.clear()
        mark = ">" * min(self._quotes, _DEEPEST)
        for line in text.split("\n") if self._kept else [text]:
            shown = line.rstrip() if self._kept else re.sub(r" {2,}", " ", line).strip()
            if shown:
                self._lines.append(f"{mark} {shown}" if mark else shown)
