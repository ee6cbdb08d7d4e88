"""What can go wrong with accounts, roles and signing in, and with working together."""

from __future__ import annotations

from typing import Final

STAFF: Final[dict[str, str]] = {
    "staff.name": "用户名为 2 至 60 个字母、数字、汉字或 . _ @ -。",
    "staff.password-encoding": "密码不是 UTF-8 编码，请检查终端的编码后重试。",
    "staff.password": "密码长度应为 {low} 至 {high} 个字符。",
    "staff.old-password": "现在的密码不对。",
    "staff.exists": "用户“{username}”已经存在。",
    "staff.unknown": "没有用户“{username}”。",
    "staff.last-administrator": "这是最后一位管理员，请先另设一位。",
    "staff.chapter": "这不在您承办的章节之内。需要的话请联系主管。",
    "sign-in.failed": "用户名或密码不对。",
    "sign-in.code": "验证码不对，或已经用过。请输入设备上现在显示的六位数字，或一个恢复码。",
    "sign-in.over": "输入密码后等得太久，请重新登录。",
    "factor.code": "验证码不对。请核对设备的时间，再输入现在显示的六位数字。",
    "factor.none": "两步验证没有开始设置，或已经启用。请重新打开本页。",
    "masking.unknown": "{key} 不是存疑的地方，或者没有选遮盖还是保留。请重新打开本页。",
    "grant.role": "在一项征求意见中只能设为查阅、承办、复核或主管。",
    "grant.not-handler": "只有承办可以限定到章，请去掉所选的章，或改选承办。",
}
