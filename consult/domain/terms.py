"""The Chinese terms of the closed vocabularies; pages translate them, documents print them."""

from __future__ import annotations

from typing import Final

from consult.domain.act import ActState, Deed
from consult.domain.aim import Direction
from consult.domain.amendment import AmendmentKind, Lookup
from consult.domain.answer_letter import LetterState
from consult.domain.comment import Channel, Kind, Origin, Speaker
from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.consultation import Stage as PlanStage
from consult.domain.decision import Stage
from consult.domain.desk import ReferralState
from consult.domain.job import Cause, JobState
from consult.domain.ledger import ImportState, Outcome, RefusalState, SourceKind
from consult.domain.masking import Doubt
from consult.domain.plan_match import MatchKind
from consult.domain.queue import Certainty, Copies, Order, Progress
from consult.domain.sample import SampleState
from consult.domain.since import Novelty
from consult.domain.table import Role as Column
from consult.domain.theme import ChangeKind, Membership, ThemeState
from consult.domain.triage import Disposition, Role

CHANNELS: Final[dict[Channel, str]] = {
    Channel.WEB: "网上填写",
    Channel.EMAIL: "电子邮件",
    Channel.LETTER: "信函",
    Channel.TELEPHONE: "电话",
    Channel.VISIT: "来访",
    Channel.WECHAT: "微信",
    Channel.MEETING: "座谈会",
    Channel.DEPARTMENT: "部门反馈",
    Channel.TABLE: "表格导入",
    Channel.API: "接口",
}
SPEAKERS: Final[dict[Speaker, str]] = {
    Speaker.UNKNOWN: "未说明",
    Speaker.INDIVIDUAL: "个人",
    Speaker.COMPANY: "企业",
    Speaker.ACADEMIA: "高校院所",
    Speaker.MEDICAL: "医疗机构",
    Speaker.ASSOCIATION: "社会组织",
    Speaker.AGENCY: "机关单位",
}
KINDS: Final[dict[Kind, str]] = {
    Kind.SUGGESTION: "建议",
    Kind.SUPPORT: "支持",
    Kind.OPPOSE: "反对",
    Kind.QUESTION: "疑问",
    Kind.EXPERIENCE: "情况反映",
    Kind.OFFTOPIC: "与规划无关",
}
AMENDMENTS: Final[dict[AmendmentKind, str]] = {
    AmendmentKind.REPLACE: "修改",
    AmendmentKind.DELETE: "删去",
    AmendmentKind.INSERT: "增补",
    AmendmentKind.CORRECT: "勘误",
}
LOOKUPS: Final[dict[Lookup, str]] = {
    Lookup.UNCHECKED: "未核对原文",
    Lookup.FOUND: "原文中有",
    Lookup.MISSING: "未在原文中找到",
}
DIRECTIONS: Final[dict[Direction, str]] = {
    Direction.RAISE: "调高",
    Direction.LOWER: "调低",
    Direction.ADD: "增设",
    Direction.DELETE: "取消该项",
    Direction.CLARIFY: "要求说明",
    Direction.KEEP: "保持不变",
}
ORIGINS: Final[dict[Origin, str]] = {
    Origin.CHOSEN: "提交人选择",
    Origin.CITED: "文中引用",
    Origin.INFERRED: "系统推断",
    Origin.STAFF: "工作人员确认",
}
DISPOSITIONS: Final[dict[Disposition, str]] = {
    Disposition.ADOPTED: "采纳",
    Disposition.PARTLY: "部分采纳",
    Disposition.DECLINED: "未采纳",
    Disposition.NOTED: "留作参考",
    Disposition.OUT_OF_SCOPE: "不属本次征求范围",
    Disposition.FORWARDED: "转办",
}
STAGES: Final[dict[Stage, str]] = {
    Stage.DRAFT: "草稿",
    Stage.REVIEW: "待审定",
    Stage.APPROVED: "已审定",
}
PROGRESS: Final[dict[Progress, str]] = {
    Progress.OPEN: "未答复",
    Progress.DRAFT: "草稿",
    Progress.REVIEW: "待审定",
    Progress.APPROVED: "已审定",
}
CERTAINTIES: Final[dict[Certainty, str]] = {
    Certainty.UNSURE: "系统没有把握",
    Certainty.SURE: "系统有把握",
    Certainty.STAFF: "工作人员已确认",
}
COPIES: Final[dict[Copies, str]] = {
    Copies.MANY: "有雷同件",
    Copies.SINGLE: "没有雷同件",
}
ORDERS: Final[dict[Order, str]] = {
    Order.THEME: "同类多的在前",
    Order.DOUBT: "最没有把握的在前",
    Order.NEWEST: "最新的在前",
    Order.NUMBER: "按编号",
}
DEEDS: Final[dict[Deed, str]] = {
    Deed.DECIDE: "写答复",
    Deed.APPROVE: "审定答复",
    Deed.RELINK: "归到一节",
    Deed.TAG: "加标签",
    Deed.UNTAG: "去掉标签",
    Deed.SPLIT: "拆分意见",
    Deed.JOIN: "合并意见",
}
ACT_STATES: Final[dict[ActState, str]] = {
    ActState.RUNNING: "进行中",
    ActState.DONE: "完成",
    ActState.HALTED: "已停止",
    ActState.UNDOING: "正在撤销",
    ActState.UNDONE: "已撤销",
}
REFERRAL_STATES: Final[dict[ReferralState, str]] = {
    ReferralState.DECIDED: "待转出",
    ReferralState.SENT: "已转出",
    ReferralState.REPLIED: "已回复",
    ReferralState.CLOSED: "已办结",
}
THEME_STATES: Final[dict[ThemeState, str]] = {
    ThemeState.PROPOSED: "系统提出",
    ThemeState.ADOPTED: "已采用",
    ThemeState.MERGED: "已并入另一组",
    ThemeState.RETIRED: "已撤销",
}
MEMBERSHIPS: Final[dict[Membership, str]] = {
    Membership.MACHINE: "系统归入",
    Membership.PROPOSED: "待确认",
    Membership.CONFIRMED: "已确认",
    Membership.PROVISIONAL: "暂归，待下次分析确认",
}
CHANGES: Final[dict[ChangeKind, str]] = {
    ChangeKind.APPEARED: "新出现",
    ChangeKind.GREW: "增多",
    ChangeKind.MERGED: "并入",
    ChangeKind.VANISHED: "消失",
}
DOUBTS: Final[dict[Doubt, str]] = {
    Doubt.NAME: "像姓名",
    Doubt.ADDRESS: "像住址",
    Doubt.NUMBER: "像号码，对不上校验位或者没有说明",
}
NOVELTIES: Final[dict[Novelty, str]] = {
    Novelty.NEW: "新提出",
    Novelty.GROWN: "增多",
    Novelty.REGROUPED: "重新归并",
    Novelty.SAME: "没有变化",
}
JOB_STATES: Final[dict[JobState, str]] = {
    JobState.WAITING: "等待中",
    JobState.RUNNING: "进行中",
    JobState.DONE: "完成",
    JobState.FAILED: "没有完成",
    JobState.CANCELLED: "已取消",
}
SAMPLE_STATES: Final[dict[SampleState, str]] = {
    SampleState.OPEN: "核对中",
    SampleState.DONE: "已完成",
    SampleState.DROPPED: "已作废",
}
CAUSES: Final[dict[Cause, str]] = {
    Cause.BUTTON: "工作人员开始",
    Cause.TIMER: "定时",
    Cause.COMMAND: "命令行",
}
LETTER_STATES: Final[dict[LetterState, str]] = {
    LetterState.QUEUED: "待发",
    LetterState.SENDING: "正在发",
    LetterState.SENT: "已发出",
    LetterState.DELAYED: "对方暂时不收",
    LetterState.REFUSED: "对方拒收",
    LetterState.DOUBTFUL: "不知是否送达",
    LetterState.BOUNCED: "已退信",
    LetterState.VOID: "已作废，可重发",
}
JOB_STAGES: Final[dict[str, str]] = {
    "": "准备",
    "split": "拆分意见",
    "map": "归入章节",
    "group": "归并同类",
    "store": "保存结果",
    "send": "发信",
}
# What is wrong with an event, as ``store.verify_chain`` names it.
FAULTS: Final[dict[str, str]] = {
    "edited": "内容与校验值不符，被改过",
    "replaced": "被换过，下一条记的校验值不是它的",
    "dropped": "被删除",
    "appended": "没有本程序的封签，是事后加上的",
    "forged": "封签不对，不是本程序写的",
}
MATCHES: Final[dict[MatchKind, str]] = {
    MatchKind.SAME: "没有变",
    MatchKind.CHANGED: "有改动",
    MatchKind.MOVED: "移动了位置",
    MatchKind.NEW: "新增",
    MatchKind.GONE: "删去",
}
PLAN_STAGES: Final[dict[PlanStage, str]] = {
    PlanStage.PREPARING: "准备中",
    PlanStage.REHEARSAL: "演练",
    PlanStage.PUBLISHED: "已发布",
}
ROLES: Final[dict[Role, str]] = {
    Role.VIEWER: "查阅",
    Role.HANDLER: "承办",
    Role.REVIEWER: "复核",
    Role.MANAGER: "主管",
    Role.ADMINISTRATOR: "管理员",
}
CODES: Final[dict[str, str]] = {
    GENERAL: "总体意见",
    OFFPLAN: "与规划无关",
    UNASSIGNED: "尚未归类",
}
COLUMN_ROLES: Final[dict[Column, str]] = {
    Column.TEXT: "意见内容",
    Column.ORIGINAL: "原文",
    Column.REPLACEMENT: "修改为",
    Column.REASON: "理由",
    Column.SECTION: "章节条款",
    Column.UNIT: "单位",
    Column.NAME: "姓名",
    Column.CONTACT: "联系方式",
    Column.SPEAKER: "身份",
    Column.CHANNEL: "渠道",
    Column.RECEIVED: "收到日期",
    Column.ID: "工单编号",
    Column.PUBLISH: "是否同意引用",
    Column.IGNORED: "不读这一列",
}
SOURCE_KINDS: Final[dict[SourceKind, str]] = {
    SourceKind.TABLE: "表格",
    SourceKind.JSONL: "JSON Lines",
    SourceKind.MAIL: "邮件",
    SourceKind.FORM: "部门反馈表",
    SourceKind.ENTRY: "人工录入",
    SourceKind.API: "接口推送",
}
OUTCOMES: Final[dict[Outcome, str]] = {
    Outcome.TAKEN: "收下",
    Outcome.REPEATED: "已有",
    Outcome.REFUSED: "未收",
}
IMPORT_STATES: Final[dict[ImportState, str]] = {
    ImportState.DRAFT: "待确认",
    ImportState.WAITING: "等待导入",
    ImportState.RUNNING: "正在导入",
    ImportState.DONE: "已完成",
    ImportState.FAILED: "中途停止",
    ImportState.UNDOING: "正在撤销",
    ImportState.UNDONE: "已撤销",
}
REFUSAL_STATES: Final[dict[RefusalState, str]] = {
    RefusalState.OPEN: "待处理",
    RefusalState.TAKEN: "已补收",
    RefusalState.DROPPED: "不收",
}
