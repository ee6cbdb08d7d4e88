"""What is said about acts of staff that cannot be done."""

from __future__ import annotations

from typing import Final

DESK: Final[dict[str, str]] = {
    "comment.many-sections": "一条意见最多归到 {limit} 节。再多，请归为“总体意见”。",
    "comment.offplan-alone": "“与规划无关”不能和其他章节同时选。",
    "comment.uncut": "请至少选一处切开；切开以后，每一段都要有文字。",
    "comment.many-parts": "一次最多切成 {limit} 段。",
    "comment.answered": "意见 {number} 已有答复，不能拆分或合并。请先撤销它的答复。",
    "comment.few": "请至少选两条意见来合并。",
    "comment.strangers": "只能合并同一份来件里的意见。内容雷同的不同来件请看“雷同件”。",
    "act.unknown": "没有这次处理的记录。",
    "act.why": "撤销审定要写理由：审定过的答复已经对外公布。",
    "eyes.rule": "请选择谁来审定。",
    "eyes.why": "不要求两人审定，请写明理由，会记入经过。",
    "act.nothing": "没有选中意见，请先选。",
    "act.over": "这次处理已经结束，不能再停止。",
    "act.unready": "这次处理现在不能撤销：还在进行，或者已经撤销过了。",
    "act.followed": "之后又有人改过，不能撤销。请打开它看现在的情况。",
    "act.reviewer": "只有复核人员可以撤销审定。",
    "act.others": "这次处理是别人做的，您只能撤销自己做的。",
    "act.deed": "请选择要做什么。",
    "tag.there": "已有这个标签。",
    "tag.absent": "没有这个标签。",
    "tag.name": "请写标签的名称。",
    "view.name": "请给这组筛选条件起个名称。",
    "view.unknown": "没有这组筛选条件，或者不是您保存的。",
    "phrase.title": "请给这条常用理由起个名称。",
    "phrase.text": "请写理由的内容。",
    "phrase.unknown": "没有这条常用理由。",
    "referral.note": "请写明对方怎么答复、结果如何。",
    "referral.unknown": "这一件没有转办，或者转办已经改变。",
    "decision.nobody": "除外以后一条意见也不剩，请至少留一条。",
}
