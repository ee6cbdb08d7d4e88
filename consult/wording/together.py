"""What can go wrong with working together: assignments, notes, sheets for other offices."""

from __future__ import annotations

from typing import Final

TOGETHER: Final[dict[str, str]] = {
    "assign.taken": "意见 {number} 已由 {handler} 承办。确实要接手，请再按一次。",
    "assign.handler": "“{handler}”不能承办这里的意见，请另选一人。",
    "assign.day": "日期应写成 2022-11-24 这样，请更正。",
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
