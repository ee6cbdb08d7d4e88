"""What an event says was done, in words; a test looks at every act of the services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _

from consult.domain import terms
from consult.domain.desk import ReferralState
from consult.domain.triage import Disposition, Event, Role
from consult.web.language import mark
from consult.web.staff.blueprint import staff

VERBS: Final[dict[str, str]] = {
    # submissions
    "received": mark("收到来件"),
    "corrected": mark("更正来件"),
    "withdrawn": mark("撤回来件"),
    "erased": mark("删除来件"),
    "contact-erased": mark("删除联系方式"),
    "contacts-purged": mark("到期删除联系方式"),
    "code-replaced": mark("换发查询码"),
    "released": mark("放行来件"),
    "transcribed": mark("录入附件文字"),
    "rejected": mark("不列入来件"),
    "redecoded": mark("换一种编码重读"),
    "letter-opened": mark("打开邮件原件"),
    "refusal-opened": mark("打开没有收下的原件"),
    # comments and themes
    "relinked": mark("改变归属"),
    "theme-adopted": mark("采用"),
    "theme-renamed": mark("采用并命名"),
    "theme-merged": mark("并入另一组"),
    "theme-split": mark("拆成两组"),
    "theme-moved": mark("移动意见"),
    "members-confirmed": mark("确认新归入的意见"),
    "members-refused": mark("退回新归入的意见"),
    "themes-parted": mark("定为不再合并"),
    "theme-undone": mark("撤销决定"),
    # who works on what
    "claimed": mark("认领"),
    "handed-over": mark("移交"),
    "given-back": mark("交还，按章节默认承办"),
    "desk-set": mark("改变分工"),
    "note-added": mark("写给同事的话"),
    "replies-taken": mark("收回转办表"),
    "undone": mark("撤销处理"),
    "tagged": mark("加标签"),
    "untagged": mark("去掉标签"),
    "comment-split": mark("拆分意见"),
    "comments-joined": mark("合并意见"),
    "referral-noted": mark("记录转办进展"),
    "phrase-added": mark("新增常用理由"),
    "phrase-retired": mark("停用常用理由"),
    "phrase-offered": mark("重新启用常用理由"),
    # answers
    "drafted": mark("写答复（草稿）"),
    "submitted": mark("送审答复"),
    "approved": mark("审定答复"),
    "reopened": mark("退回修改答复"),
    "digest-issued": mark("发出摘要"),
    "masking-confirmed": mark("核实遮盖"),
    "results-released": mark("公布结果"),
    "results-renewed": mark("更新公布内容"),
    "results-taken-back": mark("撤下结果"),
    # consultations and runs
    "four-eyes-set": mark("改变两人审定的规定"),
    "published": mark("发布征求意见稿"),
    "texts-changed": mark("改变设置"),
    "section-prepared": mark("改变一节的摘要和词语"),
    "outline-changed": mark("改变章节目录"),
    "opposites-changed": mark("改变相反的说法"),
    "opened-to-public": mark("向社会发布"),
    "window-extended": mark("延长期限"),
    "window-shortened": mark("提前截止"),
    "version-proposed": mark("上传新的征求意见稿"),
    "version-dropped": mark("放弃新的征求意见稿"),
    "plan-replaced": mark("启用新的征求意见稿"),
    "analysed": mark("完成分析"),
    "analysis-asked": mark("要求分析"),
    "analysis-cancelled": mark("取消分析"),
    "letters-queued": mark("发送答复信"),
    "letters-printed": mark("打印答复信"),
    "letters-asked": mark("要求发送答复信"),
    "letters-cancelled": mark("取消发送答复信"),
    "letter-sent": mark("发出答复信"),
    "letter-delayed": mark("答复信对方暂时不收"),
    "letter-refused": mark("答复信被拒收"),
    "letter-doubtful": mark("答复信不知是否送达"),
    "letter-bounced": mark("答复信退回"),
    "letter-void": mark("答复信作废"),
    "template-added": mark("添加模板"),
    "template-removed": mark("不再使用模板"),
    "import-asked": mark("要求导入"),
    "departments-added": mark("列入部门名单"),
    "form-sent": mark("发出反馈表"),
    "form-mailed": mark("用邮件发出反馈表"),
    "reminder-mailed": mark("用邮件催办"),
    "department-reminded": mark("催办"),
    "department-removed": mark("从名单去掉部门"),
    "department-answered": mark("部门反馈"),
    "token-made": mark("发放接口令牌"),
    "token-revoked": mark("停用接口令牌"),
    "import-begun": mark("开始导入"),
    "import-ended": mark("完成导入"),
    "import-undone": mark("撤销导入"),
    "refusal-taken": mark("补收未收下的一件"),
    "refusal-dropped": mark("放弃未收下的一件"),
    "sample-drawn": mark("抽取样本"),
    "sample-done": mark("完成抽样核对"),
    "sample-dropped": mark("退出抽样核对"),
    "archived": mark("归档"),
    "backed-up": mark("备份"),
    "migrated": mark("升级数据库"),
    # accounts
    "signed-in": mark("登录"),
    "signed-out": mark("退出"),
    "session-ended": mark("结束一处登录"),
    "staff-added": mark("新增账户"),
    "staff-disabled": mark("停用账户"),
    "staff-enabled": mark("重新启用账户"),
    "password-changed": mark("更换密码"),
    "role-changed": mark("改变角色"),
    "role-granted": mark("另设角色"),
    "role-revoked": mark("去掉另设的角色"),
    "factor-confirmed": mark("启用两步验证"),
    "factor-dropped": mark("停用两步验证"),
    "recovery-code-used": mark("用恢复码登录"),
}
# Kinds of subjects, as the part of ``Event.subject`` before the colon says them.
SUBJECTS: Final[dict[str, str]] = {
    "comment": mark("意见 %(name)s"),
    "submission": mark("来件 %(name)s"),
    "chapter": mark("第 %(name)s 章"),
    "theme": mark("第 %(name)s 组同类意见"),
    "consultation": mark("征求意见 %(name)s"),
    "staff": mark("账户 %(name)s"),
    "job": mark("第 %(name)s 号任务"),
    "sample": mark("第 %(name)s 号抽样"),
    "import": mark("第 %(name)s 次导入"),
    "refusal": mark("没有收下的第 %(name)s 件"),
    "database": mark("数据库"),
    "phrase": mark("常用理由 %(name)s"),
    "department": mark("部门 %(name)s"),
    "token": mark("接口密钥 %(name)s"),
}


@staff.app_template_filter()
def verb(code: str) -> str:
    """Return what an event did; an act without a word is shown by its code."""
    return str(_(VERBS[code])) if code in VERBS else code


@staff.app_template_filter()
def subject(event: Event) -> str:
    """Return what an event is about."""
    kind, _colon, name = event.subject.partition(":")
    return str(_(SUBJECTS[kind], name=name)) if kind in SUBJECTS else event.subject


@staff.app_template_filter()
def turned(event: Event) -> list[tuple[str, str]]:
    """Return what an event changed, as pairs of words before and after."""
    # Letters have a state too, of other words.
    names = ("disposition", "role", *(("state",) if event.verb == "referral-noted" else ()))
    pairs = [(_words(name, event.before), _words(name, event.after)) for name in names]
    pairs += [(str(event.before.get(n) or ""), str(event.after.get(n) or ""))
              for n in ("handler", "due")]  # fmt: skip
    return [(before, after) for before, after in pairs if after and before != after]


def _words(name: str, values: Mapping[str, object]) -> str:
    value = str(values.get(name) or "")
    if name == "disposition" and value in set(Disposition):
        return str(_(terms.DISPOSITIONS[Disposition(value)]))
    if name == "role" and value in set(Role):
        return str(_(terms.ROLES[Role(value)]))
    if name == "state" and value in set(ReferralState):
        return str(_(terms.REFERRAL_STATES[ReferralState(value)]))
    return ""
