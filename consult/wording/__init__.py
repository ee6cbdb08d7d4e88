"""Puts error codes into sentences: what is wrong and what to do about it.

One table for pages and commands, kept in files by what they are about. Every sentence is a Chinese
template whose fields are the error's values; ``translate`` turns the template into another language
before it is filled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from consult.wording.desk import DESK
from consult.wording.files import FILES
from consult.wording.imports import IMPORTS
from consult.wording.mail import MAIL
from consult.wording.sending import SENDING
from consult.wording.staff import STAFF
from consult.wording.together import TOGETHER

_SENTENCES: Final[dict[str, str]] = {
    # what a person typed
    "text.blank": "请填写意见内容。",
    "text.too-long": "意见内容有 {length} 个字，超过上限 {limit} 个字。请精简，或分几次提交。",
    "text.unstorable": "意见中有无法保存的字符（可能是复制时带入的）。请删除乱码后重试。",
    "line.too-long": "这一栏有 {length} 个字，超过上限 {limit} 个字，请缩短。",
    "submission.section": "没有编号为“{section}”的章节，请重新选择。",
    "submission.no-original": "来件 {number} 没有邮件原件。",
    "submission.unknown": "没有这份来件。",
    "submission.span": "章节选择与文字对不上，请重新核对。",
    "submission.withdrawn": "来件 {number} 已经撤回，不能再改。",
    "submission.released": "来件 {number} 已经有人处理过了。",
    "held.why": "请写明不予列入的理由，提交人会看到。",
    "submission.erased": "来件 {number} 的内容已按要求删除。",
    "comment.unknown": "没有编号为 {number} 的意见。",
    "analysis.overtaken": "征求意见“{slug}”刚刚由另一次分析更新，这一次没有保存。请再运行一次。",
    "cluster.missing": "这里没有安装 Dask。请先运行 pip install 'consult[cluster]'。",
    "cluster.unreachable": "连不上 Dask 调度器 {scheduler}，请检查地址和网络。",
    "comment.changed": "意见 {number} 刚刚被其他人改动过，请核对后再保存。",
    "receipt.wrong": "回执编号或查询码不对，请对照回执重新输入。",
    # decisions
    "family.unknown": "没有这一组雷同件，可能已由新的分析重新归并。请从“雷同件”重新进入。",
    "theme.unknown": "没有这一类意见，可能已由新的分析重新归类。请从章节重新进入。",
    "decision.reason": "除“采纳”外都要写明理由，请补上。",
    "decision.office": "转办要写明转给哪个单位，请补上。",
    "decision.unchanged": "只有“采纳”和“部分采纳”可以填写规划改动，请清空，或改选采纳情况。",
    "decision.section": "请选择改动的是哪一节。",
    "decision.change": "请写明改成了什么。",
    "decision.why": "请写明退回修改的理由。",
    "decision.changed": "这份答复刚刚被其他人改动过，这一次没有保存。请看过最新内容再决定。",
    "decision.approved": "这份答复已经审定。要修改，请先由复核人员退回修改。",
    "decision.own": "这份答复是您写的，或者您改过、送审过，要由另一个人审定。",
    "decision.unready": "这份答复现在不能这样处理，请重新打开页面看最新情况。",
    # themes
    "theme.changed": "第 {theme} 组刚刚有了变化，请看过最新内容后再决定。",
    "theme.why": "请写明理由。",
    "theme.label": "请填写名称。",
    "theme.target": "没有这一组，请重新选择。",
    "theme.same": "请选另外一组。",
    "theme.other-section": "第 {theme} 组在另一节，只能在同一节之内操作。",
    "theme.parted": "{theme} 与 {other} 已定为“不再合并”。要放在一起，请先撤销那次决定。",
    "theme.parted-already": "第 {theme} 组与第 {other} 组已经定为“不再合并”。",
    "theme.none-chosen": "请至少选一条意见。",
    "theme.all-chosen": "不能把全部意见都分出去，请留下至少一条。",
    "theme.stranger": "意见 {number} 不在第 {theme} 组里。",
    "theme.not-adopted": "第 {theme} 组还没有采用，请先采用。",
    "theme.confirmed": "意见 {number} 已经确认属于第 {theme} 组。",
    "theme.no-decision": "没有可以撤销的第 {event} 号决定，可能已经撤销。",
    "theme.followed": "第 {event} 号决定之后又有第 {later} 号决定改动了同一组，请先撤销后者。",
    "draft-code.wrong": "没有这个草稿码，或者草稿已过期、已提交。请对照重新输入。",
    "recode.no-contact": "这份来件没有留联系方式，无法核对身份，不能换发查询码。",
    "recode.other-contact": "与来件留下的联系方式不一致，没有换发。",
    "recode.why": "请写明换发的原因和核对的经过。",
    # files that come with a submission
    "attachment.empty": "“{name}”是空文件，没有收下。",
    "attachment.unknown": "“{name}”不是可以收的文件（看内容，不看名称），没有收下。"
    "请另存为 docx、pdf、xlsx、jpg 或 png。",
    "attachment.locked": "“{name}”设了密码，没有收下。请取消密码，重新保存再传。",
    "attachment.old": "“{name}”是旧版文件（{kind}），没有收下。"
    "请用 Word、Excel 或 WPS 打开，另存为 {newer}，再传一次。",
    "attachment.macros": "“{name}”含有宏，没有收下。请另存为不带宏的 docx 或 xlsx。",
    "attachment.broken": "“{name}”打不开，可能已损坏，没有收下。请重新保存或另存为 pdf。",
    "attachment.complex": "“{name}”太复杂，读不完，没有收下。请只留正文，或另存为 pdf。",
    "attachment.long": "“{name}”有 {length} 个字，超过上限 {limit} 个字，没有收下。请摘要后再传。",
    "attachment.busy": "现在上传的人太多，“{name}”没有收下，请稍后再传。",
    "attachment.large": "“{name}”有 {size} MB，超过单个文件上限 {limit} MB，没有收下。",
    "attachment.many": "最多 {limit} 个文件，“{name}”没有收下。",
    "attachment.total": "几个文件合计不能超过 {limit} MB，“{name}”没有收下。",
    "attachment.full": "暂时没有空间存放文件，“{name}”没有收下。意见文字不受影响。",
    "attachment.unstored": "没有这个文件，可能已随来件删除。",
    "attachment.transcribed": "这个文件已经有人转录过了。",
    # reading untrusted files
    "sandbox.busy": "现在读取文件的人太多，请稍后再试。",
    "sandbox.time": "文件太复杂，在限定的时间内读不完。",
    "sandbox.failed": "文件读不出来，可能已损坏。",
    # programs
    "api.key": "请在 Idempotency-Key 头中给出一个新生成的 UUID；同一次提交重发时用同一个。",
    "api.json": "内容不是有效的 JSON 对象。",
    "api.unknown": "不认识的字段“{name}”，可用的有：{allowed}。",
    "api.type": "字段“{name}”的类型不对，应为{wanted}。",
    "api.missing": "缺少字段“{name}”。",
    "api.speaker": "没有“{value}”这种身份，可用的有：{allowed}。",
    "api.privacy": "privacy 应为 true，表示已阅读并同意个人信息保护说明。",
    # results
    "results.unreleased": "结果还没有公布。",
    "results.early": "征求意见到 {closes} 才结束，结束以后才能公布结果。",
    "results.released": "结果已经公布了。",
    "results.hidden": "结果现在没有公布。",
    "results.why": "请写明撤下结果的理由。",
    # samples judged by two people
    "quality.unknown": "没有第 {sample} 号抽样，或者它现在不能这样打开。",
    "quality.blind": "您正在盲法核对这次征求意见的抽样，两人都完成之前不能看归类结果。"
    "请从“抽样核对”继续，或退出核对。",
    "quality.size": "数量应在 {low} 至 {high} 之间。",
    "quality.coders": "请选两个不同的、可以登录的账户。",
    "quality.busy": "{username} 正在核对另一次抽样，请先完成。",
    "quality.nothing": "还没有分析过的意见，无法抽样。",
    "quality.answer": "请选一个答案。",
    "quality.order": "这一项已经答过了，下面是还没有答的一项。",
    "quality.over": "第 {sample} 号抽样已经结束。",
    # jobs
    "job.unknown": "没有第 {job} 号任务。",
    "job.over": "第 {job} 号任务已经结束。",
    "job.running": "第 {job} 号任务正在分析（{actor}，{started} 开始），请等它结束，或先取消它。",
    "job.cancelled": "分析已取消，没有保存任何结果。",
    "job.lost": "第 {job} 号任务已由另一个程序接手，这一次没有保存。",
    "job.died": "分析中途停止了 {attempts} 次（可能内存不足），不再重试。请联系管理员。",
    "job.failed": "分析时出错，没有保存。错误已经记录，请联系管理员。",
    # the window
    "window.before": "征求意见尚未开始，开始日期为 {opens}。",
    "window.closed": "征求意见已于 {closes} 结束，不再接收网上意见。",
    "window.order": "截止日期 {closes} 早于开始日期 {opens}，请更正。",
    "window.answer": "公布结果的日期应在截止日期 {closes} 之后，请更正。",
    "window.years": "起止日期应在 {earliest} 年至 {latest} 年之间，请更正。",
    "window.missing": "文件中没有写明征求意见的起止日期，请用 --opens 和 --closes 给出。",
    # limits
    "limit.number": "这个编号输错查询码的次数太多，请一小时后再试。",
    "limit.receipt": (
        "回执编号或查询码不对。从您所在的网络输错的次数太多，请对照回执再输一次；"
        "输对了照常打开，仍不对请一小时后再试。"
    ),
    "limit.draft-code": (
        "没有这个草稿码。从您所在的网络输错的次数太多，请对照再输一次；"
        "输对了照常打开，仍不对请一小时后再试。"
    ),
    "limit.posts": "来自同一网络的提交过多，请稍后再试。",
    "limit.form": "这份表单提交的次数过多，请一小时后再试，或者另开填写页。",
    "limit.drafts": "暂存的草稿太多，现在存不下。请先复制您写的内容，或者直接提交。",
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
    "digest.unread": "还没有分析过，摘要是空的，现在发不出去。请先分析。",
    "register.column": "汇总表没有“{name}”这一栏；可以用：{keys}。",
    "filter.key": "不能按“{key}”筛选；可以用：{keys}。写法如 speaker=company。",
    "filter.value": "“{part}”没有“{value}”这一项；可以用：{allowed}。",
    "filter.day": "“{value}”不是日期，请写成 2022-10-01，或者 2022-10-01..2022-10-07。",
    "filter.days": "起始日 {first} 晚于截止日 {last}，请改过来。",
    "document.unknown": "没有名为“{name}”的文件。",
    "accounting.unbalanced": "核对不平，文件没有导出：收到 {received}，列入 {listed}，"
    "意见 {comments}。请运行 consult doctor。",
    "accounting.mismatch": "核对不平，文件没有导出：{document}中“{item}”列出 {listed} 条，"
    "应为 {accounted} 条。请运行 consult doctor。",
    # database and keys
    "store.missing": "没有找到数据库 {path}。请先运行 consult publish 或 consult demo，"
    "或用 CONSULT_DATA_DIR 指明数据目录。",
    "store.older": "数据库 {path} 的结构较旧，请先备份，再运行 consult migrate。",
    "store.newer": "数据库 {path} 由更新的版本写成，请升级程序。",
    "store.locked": "数据库正忙，请稍后再试。",
    "store.full": "磁盘空间不足，没有保存。请联系管理员。",
    "store.unreadable": "打不开数据库（{reason}），请检查数据目录是否存在、是否可写。",
    "store.readonly": "数据库不可写，请检查目录权限。",
    "store.faulty": "读写磁盘时出错（{reason}），请检查硬件。",
    "store.damaged": "数据库或备份已损坏（{reason}），请从备份恢复。",
    "keys.missing": "没有找到密钥 {path}。请从安全的地方放回密钥文件。",
    "keys.unreadable": "密钥文件 {path} 无法读取或内容不对。",
    "keys.passphrase": "口令文件不是 UTF-8 编码的文字，请检查是不是给错了文件。",
    "keys.mismatch": "密钥与数据不相符（{row}）。",
    "backup.exists": "{path} 已经存在，请换一个文件名。",
    "backup.broken": "{path} 不是完整的备份文件。",
    "archive.damaged": "{path} 不能恢复：{reason}。没有写入任何内容。",
    "archive.row": "档案中 {member} 第 {line} 行存不进数据库，没有恢复任何内容。",
    "restore.exists": "{path} 已经有数据库；恢复不会覆盖它，请指定一个空目录。",
    "restore.other-keys": "{path} 不是这份备份的密钥。",
    "file.missing": "没有找到文件 {path}。",
    "file.unreadable": "无法读取文件 {path}（{reason}）。",
    "file.unwritable": "无法写入文件 {path}（{reason}）。",
    # the server
    "serve.address": "无法在 {host} 的端口 {port} 上启动网站（{reason}）。"
    "端口被占用时，请先停掉另一个程序，或用 --port 换一个端口。",
    # settings
    "settings.unknown": "{where} 中有不认识的设置“{name}”。",
    "settings.value": "{where} 中设置 {name} 的值“{value}”不对。",
    "settings.range": "设置 {name} 的值 {value} 超出范围（{low} 至 {high}）。",
    "settings.choice": "设置 {name} 的值“{value}”不对，可用的有：{allowed}。",
    "settings.no-file": "没有找到设置文件 {path}。",
    "settings.bad-file": "设置文件 {path} 无法读取：{reason}",
}
SENTENCES: Final[dict[str, str]] = (
    _SENTENCES | DESK | SENDING | FILES | IMPORTS | STAFF | TOGETHER | MAIL
)

# Values that are words of the program → what people call them.
WORDS: Final[dict[str, str]] = {
    # kinds of JSON and TOML values
    "NoneType": "空值",
    "bool": "是否值",
    "int": "整数",
    "float": "小数",
    "str": "文字",
    "list": "列表",
    "dict": "表",
    "text": "文字",
    "texts": "文字列表",
    "number": "整数",
    "datetime": "日期和时间",
    "date": "日期（如 2022-09-26）",
    "table": "表",
    "tables": "表的列表",
    # what of a file is too much
    "bytes": "字节数",
    "parts": "包内文件数",
    "unpacked": "解压后的字节数",
    "tags": "标记数",
    # what a document lists
    "digest": "分章节摘要",
    "register": "意见汇总表",
    "results": "意见采纳情况",
    "mapped": "归入章节",
    "general": "总体意见",
    "offplan": "与规划无关",
    "unassigned": "尚未归类",
}
_WORDED: Final = frozenset({"found", "wanted", "what", "document", "item"})


def _as_is(text: str) -> str:
    return text


def sentence(
    code: str, values: Mapping[str, object], translate: Callable[[str], str] = _as_is
) -> str:
    """Return the sentence for an error code; an unknown code is shown as it is."""
    template = SENTENCES.get(code)
    if template is None:
        return f"{code} {dict(values)}" if values else code
    shown = {name: _shown(name, value) for name, value in values.items()}
    return translate(template).format_map(_Values(shown))


def _shown(name: str, value: object) -> str:
    """Return a value as people write it: lists with 、 between, words of the program in Chinese."""
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value)
    return WORDS.get(str(value), str(value)) if name in _WORDED else str(value)


class _Values(dict[str, str]):
    """Values of a sentence; one that is missing shows its name instead of failing."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
