"""What can go wrong with what leaves the office: letters and the mail server."""

from __future__ import annotations

from typing import Final

SENDING: Final[dict[str, str]] = {
    # letters of answer
    "letters.why": "请写明理由，它会记入经过。",
    "letters.none": "现在没有要写的答复信。",
    "letters.running": "正在发信，请等它结束，或先取消它。",
    "letters.form": "{path} 应以 .docx 或 .zip 结尾。",
    "letters.unknown": "没有第 {letter} 号信。",
    "letters.state": "第 {letter} 号信现在不能这样处理，请看过最新情况再决定。",
    # an office's own Word templates
    "template.large": "模板超过 {limit} MB，没有收下。请压缩或去掉图片。",
    "template.unknown": "这不是 Word 文件（.docx），没有收下。",
    "template.locked": "模板设了密码，或是旧版 Word 文件，没有收下。请另存为不带密码的 .docx。",
    "template.broken": "模板打不开或太复杂，没有收下。请在 Word 中另存后再试。",
    "template.active": "模板里有宏、嵌入的对象，或者从别处取内容的域和链接（{what}），没有收下。",
    "template.body-place": "占位符“正文”应单独占一段，不能放在表格、页眉或文本框里。",
    "template.body": "模板里没有占位符“正文”（写成两个花括号夹着“正文”），没有收下。",
    "template.names": "模板里有不认识的占位符：{names}。可用的有：{allowed}。",
    "template.purpose": "没有这种文件，模板可用于：{allowed}。",
    "template.missing": "没有为它添加过模板。",
    # the mail server
    "outbox.unset": "还没有设置发信服务器。请管理员设置 CONSULT_SMTP_HOST 和 CONSULT_SMTP_FROM。",
    "outbox.unreachable": "连不上发信服务器 {host}（{reason}），没有发出。请检查地址、端口和网络。",
    "outbox.login": "发信服务器 {host} 不接受用户名或密码，没有发出。",
    "outbox.insecure": "发信服务器 {host} 没有加密连接，没有发出（密码不在明文线路上发送）。",
    "outbox.address": "这不是可以写信的邮箱地址。",
    "outbox.refused": "收件方的服务器拒收（{reply}）。",
    "outbox.delayed": "收件方的服务器现在不收（{reply}），请过些时候再发。",
    "outbox.doubtful": "发出以后连接中断，不知道对方收到没有。请核实后再决定是否重发。",
}
