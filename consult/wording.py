"""Puts error codes into sentences: what is wrong and what to do about it.

One table for pages and commands. Every sentence is a Chinese template whose fields are the error's
values; ``translate`` turns the template into another language before it is filled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

SENTENCES: Final[dict[str, str]] = {
    # what a person typed
    "text.blank": "请填写意见内容。",
    "text.too-long": "意见内容有 {length} 个字，超过上限 {limit} 个字。请精简，或分几次提交。",
    "text.unstorable": "意见中有无法保存的字符（可能是复制时带入的）。请删除乱码后重试。",
    "line.too-long": "这一栏有 {length} 个字，超过上限 {limit} 个字，请缩短。",
    "submission.section": "没有编号为“{section}”的章节，请重新选择。",
    "submission.unknown": "没有这份来件。",
    "submission.erased": "来件 {number} 的内容已按要求删除。",
    "comment.unknown": "没有编号为 {number} 的意见。",
    "comment.changed": "意见 {number} 刚刚被其他人改动过，请核对后再保存。",
    "receipt.wrong": "回执编号或查询码不对，请对照回执重新输入。",
    # the window
    "window.before": "征求意见尚未开始，开始日期为 {opens}。",
    "window.closed": "征求意见已于 {closes} 结束，不再接收网上意见。",
    "window.order": "截止日期 {closes} 早于开始日期 {opens}，请更正。",
    "window.missing": "文件中没有写明征求意见的起止日期，请用 --opens 和 --closes 给出。",
    # limits
    "limit.look-ups": "查询次数过多，请一小时后再试。",
    "limit.posts": "来自同一网络的提交过多，请稍后再试。您填写的内容仍在本页。",
    "limit.sign-in": "尝试次数过多，请五分钟后再试。",
    # consultations and documents
    "consultation.unknown": "没有名为“{slug}”的征求意见。",
    "consultation.none": "还没有发布任何征求意见。",
    "consultation.several": "有多个征求意见（{slugs}），请用 --slug 指定一个。",
    "consultation.exists": "征求意见“{slug}”已经发布。要换新版本，请加 --replace。",
    "consultation.slug": "名称“{slug}”不可用：只能用英文字母、数字和连字符。",
    "consultation.field": "缺少 {name}，请用 --{name} 给出。",
    "plan.unknown": "这个征求意见还没有征求意见稿。",
    "section.unknown": "没有编号为“{section}”的章节。",
    "document.unknown": "没有名为“{name}”的文件。",
    "accounting.unbalanced": "核对不平，文件没有导出：收到 {received}，列入 {listed}，"
    "意见 {comments}。请运行 consult doctor。",
    # staff
    "staff.name": "用户名为 2 至 60 个字母、数字、汉字或 . _ @ -。",
    "staff.password": "密码长度应为 {low} 至 {high} 个字符。",
    "staff.exists": "用户“{username}”已经存在。",
    "staff.unknown": "没有用户“{username}”。",
    "sign-in.failed": "用户名或密码不对。",
    # database and keys
    "store.missing": "没有找到数据库 {path}。请先运行 consult publish 或 consult demo，"
    "或用 CONSULT_DATA_DIR 指明数据目录。",
    "store.older": "数据库 {path} 的结构较旧，请先备份，再运行 consult migrate。",
    "store.newer": "数据库 {path} 由更新的版本写成，请升级程序。",
    "store.locked": "数据库正忙，请稍后再试。",
    "store.full": "磁盘空间不足，没有保存。请联系管理员。",
    "store.readonly": "数据库不可写，请检查目录权限。",
    "store.faulty": "读写磁盘时出错（{reason}），请检查硬件。",
    "store.damaged": "数据库或备份已损坏（{reason}），请从备份恢复。",
    "keys.missing": "没有找到密钥 {path}。请从安全的地方放回密钥文件。",
    "keys.unreadable": "密钥文件 {path} 无法读取或内容不对。",
    "keys.mismatch": "密钥与数据不相符（{row}）。",
    "backup.exists": "{path} 已经存在，请换一个文件名。",
    "backup.broken": "{path} 不是完整的备份文件。",
    "restore.exists": "{path} 已经有数据库；恢复不会覆盖它，请指定一个空目录。",
    "restore.other-keys": "{path} 不是这份备份的密钥。",
    "file.missing": "没有找到文件 {path}。",
    "file.unreadable": "无法读取文件 {path}（{reason}）。",
    # settings
    "settings.unknown": "{where} 中有不认识的设置“{name}”。",
    "settings.value": "{where} 中设置 {name} 的值“{value}”不对。",
    "settings.range": "设置 {name} 的值 {value} 超出范围（{low} 至 {high}）。",
    "settings.no-file": "没有找到设置文件 {path}。",
    "settings.bad-file": "设置文件 {path} 无法读取：{reason}",
    # evaluation
    "import.unknown-type": "还不能导入 {path}：请给出 .jsonl 文件（每行一个 JSON 对象）。",
    "gold.broken": "{place} 不是有效的标注行（{reason}）。",
}


def _as_is(text: str) -> str:
    return text


def sentence(
    code: str, values: Mapping[str, object], translate: Callable[[str], str] = _as_is
) -> str:
    """Return the sentence for an error code; an unknown code is shown as it is."""
    template = SENTENCES.get(code)
    if template is None:
        return f"{code} {dict(values)}" if values else code
    return translate(template).format_map(_Values(values))


class _Values(dict[str, object]):
    """Values of a sentence; one that is missing shows its name instead of failing."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
