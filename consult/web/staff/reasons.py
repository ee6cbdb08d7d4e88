"""The machine's reasons and the acts of the history in words: tables from codes to sentences."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _

from consult.domain.comment import Evidence
from consult.web.language import mark
from consult.web.staff.blueprint import staff

# With a counterpart in the plan, and without one.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "citation": (
        mark("引用了“%(text)s”，即 %(counterpart)s"),
        mark("引用了“%(text)s”"),
    ),
    "title": (
        mark("提到标题“%(text)s”，即 %(counterpart)s"),
        mark("提到标题“%(text)s”"),
    ),
    "quote": (
        mark("“%(text)s”与原文“%(counterpart)s”相同"),
        mark("“%(text)s”与原文相同"),
    ),
    "page": (mark("写明页码“%(text)s”，即 %(counterpart)s"), mark("写明页码“%(text)s”")),
    "indicator": (
        mark("提到指标“%(text)s”，即 %(counterpart)s"),
        mark("提到指标“%(text)s”"),
    ),
    "target": (mark("提到目标“%(text)s”，即 %(counterpart)s"), mark("提到目标“%(text)s”")),
    "terms": (mark("“%(text)s” ≈ %(counterpart)s（用词相近）"), mark("用词相同：“%(text)s”")),
    "lexicon": (
        mark("“%(text)s” ≈ %(counterpart)s（日常说法）"),
        mark("日常说法：“%(text)s”"),
    ),
    "general": (
        mark("“%(text)s”说的是整个规划（%(counterpart)s）"),
        mark("“%(text)s”说的是整个规划"),
    ),
    "offplan": (
        mark("“%(text)s”与规划无关（%(counterpart)s）"),
        mark("“%(text)s”与规划无关"),
    ),
    "conflict": (
        mark("互相矛盾：“%(text)s”指向 %(counterpart)s，请人工核对"),
        mark("互相矛盾：“%(text)s”，请人工核对"),
    ),
}
# What an event of the history says was done.
VERBS: Final[dict[str, str]] = {
    "received": mark("收到来件"),
    "relinked": mark("改变归属"),
}
_OTHER: Final = (mark("“%(text)s”，对应 %(counterpart)s"), mark("“%(text)s”"))


@staff.app_template_filter()
def reason(evidence: Evidence) -> str:
    """Return one piece of evidence as a sentence."""
    full, short = SENTENCES.get(evidence.kind, _OTHER)
    chosen = full if evidence.counterpart not in {"", evidence.text} else short
    return str(_(chosen, text=evidence.text, counterpart=evidence.counterpart))


@staff.app_template_filter()
def verb(code: str) -> str:
    """Return what an event did; an act without a word is shown by its code."""
    return str(_(VERBS[code])) if code in VERBS else code
