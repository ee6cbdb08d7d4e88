"""Sentences about the ledger of imports, and what is read into it."""

from __future__ import annotations

from typing import Final

IMPORTS: Final[dict[str, str]] = {
    "import.mapping": "--mapping 写成 列名=字段，如 意见=text；可用的字段有：{allowed}。",
    "import.unknown": "没有第 {number} 次导入。",
    "import.settled": "第 {number} 次导入已经开始，不能再改。",
    "import.no-file": "这次导入的文件没有保存，或者已经按期删除。",
    "import.large": "“{name}”有 {size} MB，超过上限 {limit} MB。"
    "请分成几个文件，或请管理员用命令导入。",
    "import.failed": "导入时出错，已经收下的保留在台账里。错误已经记录，请联系管理员。",
    "import.running": "“{name}”正在导入，请等它结束。",
    "import.unbalanced": "核对不平，导入没有结束：读出 {found} 项，台账记了 {listed} 项。"
    "请联系管理员。",
    "import.not-done": "第 {number} 次导入还没有结束，或者已经撤销，现在不能撤销。",
    "import.acted": "这次导入的来件已有人处理过，不能整批撤销：{numbers}。请先撤回对它们的处理。",
    "import.why": "请写明撤销的理由。",
    "refusal.unknown": "没有这一项未收的内容。",
    "refusal.settled": "这一项已由 {actor} 处理过。",
    "refusal.why": "请写明不收的理由。",
    # what staff type in
    "entry.future": "收到日期不能晚于现在，请更正。",
    "entry.date": "请按 2022-10-01 的样子填写日期。",
    "entry.no-speeches": "没有找到发言。请每人另起一行，写成“姓名（单位）：发言内容”。",
    # departments and their forms
    "department.unknown": "没有这个部门，可能已经从名单上去掉。",
    "department.mail-none": "现在没有要发的：表都发过了，或者今天已经催办过，或者没有邮箱地址。",
    "department.none": "请填写部门名称，每行一个。",
    "department.many": "名单最多 {limit} 个部门。",
    "department.answered": "{name} 已经反馈，不用再催，也不能从名单上去掉。",
    "department.no-code": "“{name}”上没有找到表号（BM-…），没有收下。请用发出的表填写，"
    "或在导入台账中作为表格导入。",
    "department.other-form": "“{name}”的表号 {code} 不在这次征求意见的名单上，没有收下。",
    # tokens of other systems
    "token.wrong": "令牌不对，或者已经停用。请在 Authorization 头中写 Bearer 和令牌。",
    "token.revoked": "这个令牌已经停用。",
    "token.name": "请填写给哪个系统使用。",
    "token.item-key": "请在 Idempotency-Key 头中给出这一件的编号（字母、数字和 ._:/-，"
    "最多 128 个字符）；同一件重发时用同一个。",
    "token.key": "这个 Idempotency-Key 已经用于另一件内容不同的来件，没有收下。",
    "token.received": "received 应是带时区的时间，如 2022-10-01T09:30:00+08:00。",
    # tables
    "table.none": "文件里没有表格。请把意见填在表格里，或者作为信函收件。",
    "table.no-header": "“{sheet}”里没有找到意见所在的列，这张表没有导入。"
    "请在表头写明“意见内容”，或在导入时指定各列。",
    "table.hidden": "“{sheet}”是隐藏的工作表，没有导入。需要的话请取消隐藏后再导入。",
    "table.no-text": "这一行没有意见内容，请补上；不是意见的，请注明不收的理由。",
    "table.blank-form": "这份表里没有填写意见，请补上；没有意见的，请写“无意见”。",
    "table.error-cell": "“{column}”一格是错误值 {value}，请在表格中改正。",
    "table.formula": "“{column}”一格是公式，没有保存算出的值。请在表格程序中打开并保存，再导入。",
    "table.rounded": "“{column}”一格的数字 {value} 位数太多，末几位已被表格程序抹掉。"
    "请把这一列设为文本，重新录入。",
    "table.date": "“{value}”不是有效的日期，请写成 2022-10-01 这样。",
}
