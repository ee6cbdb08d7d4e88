"""What can go wrong with what leaves the office: letters and the mail server."""

from __future__ import annotations

from typing import Final

SENDING: Final[dict[str, str]] = {
    # letters that go out by mail
    "outbox.unset": "还没有设置发信服务器。请管理员设置 CONSULT_SMTP_HOST 和 CONSULT_SMTP_FROM。",
    "outbox.unreachable": "连不上发信服务器 {host}（{reason}），没有发出。请检查地址、端口和网络。",
    "outbox.login": "发信服务器 {host} 不接受用户名或密码，没有发出。",
    "outbox.insecure": "发信服务器 {host} 没有加密连接，没有发出（密码不在明文线路上发送）。",
    "outbox.address": "这不是可以写信的邮箱地址。",
    "outbox.refused": "收件方的服务器拒收（{reply}）。",
    "outbox.delayed": "收件方的服务器现在不收（{reply}），请过些时候再发。",
    "outbox.doubtful": "发出以后连接中断，不知道对方收到没有。请核实后再决定是否重发。",
}
