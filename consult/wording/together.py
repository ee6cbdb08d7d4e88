"""What can go wrong with working together: assignments, notes, sheets for other offices."""

from __future__ import annotations

from typing import Final

TOGETHER: Final[dict[str, str]] = {
    "assign.taken": "意见 {number} 已由 {handler} 承办。确实要接手，请再按一次。",
    "assign.handler": "“{handler}”不能承办这里的意见，请另选一人。",
    "assign.day": "日期应写成 2022-11-24 这样，请更正。",
    "prepare.file": "请选择征求意见稿文件（docx、txt 或 html）。",
    "prepare.days": "文件里没有写明起止日期，请在这里填写。",
    "prepare.blank": "这一栏不能空着。",
    "prepare.many": "最多 {limit} 行，请精简。",
    "prepare.published": "这项征求意见已经发布。",
    "prepare.unofficial": "没有正式文本的不能发布，只能演练。",
    "prepare.privacy": "还没有个人信息保护说明，不能发布。",
    "prepare.short": "征求意见只有 {days} 天，不足 {limit} 天，请先写明并公布理由。",
    "prepare.rehearsal": "这本身就是一次演练。",
    "window.why": "请写明理由，会写在公告页上。",
    "window.past": "截止的时间不能早于现在。",
    "window.over": "现在没有在征求意见，不用截止。",
    "window.clock": "时刻写成 17:30 这样。",
    "window.same": "截止日期没有变。",
    "outline.code": "代码写成 2 或 2.1 这样，请改“{code}”。",
    "outline.twice": "代码“{code}”出现了两次，请改其中一个。",
    "outline.parent": "“{code}”的上面没有“{above}”，请补上或者改代码。",
    "opposites.line": "第 {line} 行看不懂：两边都要有词，不能重复，中间用“/”隔开。",
    "version.none": "没有等待确认的新版本，可能已经确认或放弃。",
    "version.changed": "规划刚刚有了新的版本，请重新核对后再确认。",
    "version.code": "没有编号为“{section}”的章节，请重新选择。",
    "version.unknown": "没有第 {version} 版的对照。",
    "note.blank": "请写下要告诉同事的话。",
    "route.none": "没有转给“{office}”的意见。",
    "route.unknown": "编号“{detail}”不是转给这个单位的意见。",
    "route.disposition": "采纳情况“{detail}”不在可选之列。",
    "route.long": "文字超过 {detail} 个字。",
    "sheet.none": "请选择要上传的表格。",
    "sheet.large": "表格超过 {limit} MB，没有读取。",
    "sheet.broken": "表格打不开，可能已损坏，或者不是 xlsx 文件。请另存为 xlsx 后再传。",
    "sheet.complex": "表格太复杂，在限定的时间内读不完。请只留要交回的一张表。",
    "sheet.heads": "表格里没有找到这些列：{heads}。请用本系统导出的表格填写。",
    "sheet.long": "表格超过 {limit} 行，没有读取。",
}
