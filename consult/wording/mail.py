"""Sentences about letters and mailboxes: why one was not taken, and what to do."""

from __future__ import annotations

from typing import Final

MAIL: Final[dict[str, str]] = {
    "mail.none": "这不是一封邮件（没有信头），没有收下。请核对文件。",
    "mail.folder": "{path} 里没有邮件（Maildir 的 cur、new，或 .eml、.mbox 文件）。",
    "mail.headers": "信头超过 {limit} KB，不是正常的邮件，没有收下。请打开原件核对。",
    "mail.deep": "邮件套了 {limit} 层以上，没有收下。请打开原件核对。",
    "mail.parts": "邮件有 {limit} 个以上的部分，没有收下。请打开原件核对。",
    "mail.nested": "信中有信，套了 {limit} 层以上，没有收下。请打开原件核对。",
    "mail.locked": "邮件是加密的，读不出来。请联系来信人，重发不加密的邮件。",
    "mail.blank": "邮件没有正文，也没有附件。请打开原件核对。",
    "mail.files": "邮件没有正文，附件都没有收下。请看各个附件的原因，再打开原件核对。",
    "mail.large": "邮件有 {size} MB，超过上限 {limit} MB，没有收下，也没有保存。原件还在邮箱里。",
    "mail.automatic": "自动回复“{subject}”（{address}），没有收作来件。如有意见，可以收下。",
    "mail.bounce": "退信“{subject}”（{address}），没有收作来件。如有意见，可以收下。",
    "mail.receipt": "已读回执“{subject}”（{address}），没有收作来件。如有意见，可以收下。",
    "mail.bulk": "群发邮件“{subject}”（{address}），没有收作来件。如有意见，可以收下。",
    "attachment.bomb": "“{name}”展开后太大，或文件多于 {limit} 个，没有收下。请对方直接附上文件。",
    "attachment.nested": "“{name}”是压缩包里的压缩包，没有收下。请对方直接附上文件。",
    "attachment.archive": "“{name}”是 {kind} 压缩包，没有收下。请解压，把里面的文件逐个附上。",
    "attachment.link": "“{name}”只是一个快捷方式，没有内容，没有收下。请附上它指向的文件。",
    "attachment.winmail": "“{name}”是 Outlook 专用格式，打不开。请对方改用纯文本或 HTML 格式重发。",
    "redecode.why": "请写明重读的理由。",
    "redecode.codec": "请选一种编码。",
    "redecode.same": "这份来件现在就是按这种编码读的。",
    "letter.why": "请写明打开邮件原件的理由。",
    "refusal.open-why": "请写明打开原件的理由。",
    "refusal.no-original": "这一项没有保留原件。",
    "refusal.no-letter": "这一项不是邮件，或者它的来件已经撤回，不能这样收下。",
    "imap.unset": "没有设置收信的邮箱。请设置 CONSULT_IMAP_HOST、CONSULT_IMAP_USER 和密码文件。",
    "imap.insecure": "不能不加密就把密码发给 {host}。请把 imap_security 设为 ssl 或 starttls。",
    "imap.unreachable": "连不上收信服务器 {host}:{port}（{reason}）。请检查地址、端口和网络。",
    "imap.login": "收信服务器不让 {user} 登录（{reason}）。请检查用户名和授权码。",
    "imap.folder": "打不开邮箱文件夹“{folder}”（{reason}）。请检查名称。",
    "imap.broken": "和收信服务器 {host} 的连接断了（{reason}）。已收下的不会丢，下次接着收。",
}
