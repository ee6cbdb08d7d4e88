"""The machine's reasons and the acts of the history in words: tables from codes to sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask_babel import gettext as _

from consult.domain.comment import Comment, Evidence, Link
from consult.domain.consultation import Plan
from consult.services.browse import CommentDetail
from consult.services.explain import (
    Distance,
    Explanation,
    Reason,
    Rival,
    beside,
    explain,
    grouped,
    proposals,
    suggestions,
)
from consult.services.place import choice_for
from consult.web.language import mark
from consult.web.staff.blueprint import staff

LEAST: Final = 0.05  # confidence; a runner-up below it tells a reader nothing
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
    "concept": (mark("“%(text)s” ≈ %(counterpart)s"), mark("“%(text)s”")),
    "general": (
        mark("“%(text)s”说的是整个规划"),
        mark("“%(text)s”说的是整个规划"),
    ),
    "offplan": (
        mark("“%(text)s”与规划无关"),
        mark("“%(text)s”与规划无关"),
    ),
    "exemplar": (
        mark("像示例说法“%(counterpart)s”，都提到“%(text)s”"),
        mark("像一条示例说法，都提到“%(text)s”"),
    ),
    "precedent": (
        mark("像工作人员定过的一条意见（%(counterpart)s），都提到“%(text)s”"),
        mark("像工作人员定过的一条意见，都提到“%(text)s”"),
    ),
    "conflict": (
        mark("互相矛盾：“%(text)s”指向 %(counterpart)s，请人工核对"),
        mark("互相矛盾：“%(text)s”，请人工核对"),
    ),
}
# A conflict where it is known what the content is like.
CONFLICT: Final = mark("写的是“%(text)s”，内容更像“%(section)s”，请核对")
# An example that carried a comment without a word in common.
EXAMPLE: Final = mark("与已有的说法“%(counterpart)s”相近")
DISTANCES: Final[dict[Distance, str]] = {
    Distance.CLEAR: mark("明显领先"),
    Distance.SLIGHT: mark("略微领先"),
    Distance.CLOSE: mark("难分高下"),
}
# Why an item of an act was left out.
SKIPS: Final[dict[str, str]] = {
    "decision.approved": mark("已审定，没有动："),
    "decision.unready": mark("不是待审定："),
    "decision.own": mark("是您写的，要由另一个人审定："),
    "decision.reason": mark("填入以后没有理由："),
    "line.too-long": mark("填入以后太长："),
    "comment.unknown": mark("已不在列表里："),
    "act.gone": mark("已撤回或删除："),
    "act.followed": mark("之后又有人改过，没有撤销："),
    "tag.there": mark("已有这个标签："),
    "tag.absent": mark("没有这个标签："),
}
_OTHER: Final = (mark("“%(text)s”，对应 %(counterpart)s"), mark("“%(text)s”"))


staff.add_app_template_filter(grouped)


@staff.app_template_filter()
def reasons(evidence: Iterable[Evidence]) -> list[str]:
    """Return the evidence in sentences; the words that share one stand weightiest first."""
    return [because(reason) for reason in grouped(evidence)]


@staff.app_template_filter()
def because(reason: Reason, section: str = "") -> str:
    """Return a reason as a sentence; ``section`` names the one the content is like."""
    if reason.warns and section:
        return str(_(CONFLICT, text=reason.items[0].text, section=section))
    full, short = SENTENCES.get(reason.kind, _OTHER)
    comma = _("、")
    texts = dict.fromkeys(item.text for item in reason.items)
    counterparts = dict.fromkeys(item.counterpart for item in reason.items)
    pattern = full if reason.apart else short
    return str(
        _(
            pattern if any(texts) else EXAMPLE,
            text=f"”{comma}“".join(texts),
            counterpart=comma.join(counterparts),
        )
    )


@staff.app_template_filter()
def likely(comment: Comment) -> list[Link]:
    """Return the runners-up that are worth showing: not what the comment is linked to already."""
    linked = {link.section for link in comment.links}
    shown = [link for link in comment.runners_up if link.section not in linked]
    return [link for link in shown if link.confidence >= LEAST]


@staff.app_template_filter()
def distance(rival: Rival) -> str:
    """Return how far the first is before the second, in words."""
    return str(_(DISTANCES[rival.distance]))


@staff.app_template_global()
def explained(comment: Comment, plan: Plan) -> Explanation | None:
    """Return why the machine proposes the section of a comment."""
    return explain(comment, plan)


staff.add_app_template_global(beside)
staff.add_app_template_global(proposals)


@staff.app_template_global()
def chosen(detail: CommentDetail) -> tuple[str, ...]:
    """Return what the submitter chose for this comment: on its place, else for the whole."""
    comment, submission = detail.row.comment, detail.submission
    return choice_for(submission, comment.start, comment.end) or submission.chosen


@staff.app_template_global()
def suggested(comment: Comment, threshold: float) -> tuple[Link, ...]:
    """Return the proposals to be asked about, none where the machine is sure."""
    return suggestions(comment, threshold)


@staff.app_template_filter()
def skip_words(code: str) -> str:
    """Return why items of an act were left out."""
    return str(_(SKIPS[code])) if code in SKIPS else str(_("不能这样处理："))
