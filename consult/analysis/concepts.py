"""Everyday and official words for the same matter, so that both tell of one ask.

Two people who want the same often share no word: 娃儿读书 and 子女就学. Each line of the table is a
matter of public life with the words people use for it, south-western speech included. It knows no
plan and no section: a consultation adds its own words through the lexicon.
"""

from __future__ import annotations

from typing import Final

from consult.analysis.concepts_closer import CLOSER

_BROAD: Final[tuple[tuple[str, str], ...]] = (
    # people and families
    ("child", "子女|孩子|小孩|娃|儿子|女儿|幼儿"),
    ("schooling", "上学|读书|入学|就学|学位|小学|初中|幼儿园|学区|择校|公办学校|好学校|升学"),
    ("spouse", "配偶|家属|爱人|老公|老婆|丈夫|妻子|两口子|随迁|另一半|两地分居|分居"),
    ("home", "住房|房租|租房|公寓|宿舍|廉租|安居|合租|房子|安家|毛坯|便宜房"),
    ("foreigner", "外国|外籍|老外|外教|foreign|居留|签证|英语|english"),
    ("young", "青年|年轻|刚毕业|毕业生|新进|入职|应届"),
    ("retired", "退休|银发|老专家|老工程师|老同志"),
    ("returnee", "留学|海归|回国|海外"),
    ("age", "岁|年龄"),
    ("doctor", "医生|医师|大夫|临床|护士|医院|卫生院|手术|门诊|病人|看病"),
    ("farmer", "农民|农村|乡下|村里|乡镇|下乡|种植户|田头|乡坝|农业|农技|特派员"),
    ("worker", "技师|技工|高技能|工匠|焊|车间|手艺|工人|师傅|蓝领"),
    ("teacher", "教师|老师|教授|导师"),
    ("graduate", "博士|硕士|研究生"),
    ("student", "学生|大学生|大三|毕业"),
    ("small-firm", "小微|中小|小厂|小公司|小企业|科技型企业"),
    ("leader", "一把手|正职|领导|主要负责|党政"),
    ("citizen", "群众|老百姓|市民|居民|公众|普通人|小老百姓"),
    # money
    ("allowance", "补贴|补助|津贴|油钱|油费|车费|车马费|误餐|食宿|路费|辛苦钱|发点|加点|交通费"),
    ("pay", "工资|薪|绩效|收入|待遇|奖金"),
    ("funding", "经费|拨款|财政|资金|启动钱|掏钱|投钱"),
    ("seed", "启动|起步|第一桶金|首个课题|第一个课题|首次申报"),
    ("loan", "贷款|贷不到|信用贷|放贷|抵押|银行|融资|坏账|兜底"),
    ("rent", "免租|租金|房租|场地|工位|押金|水电"),
    ("tax", "税|递延|抵扣"),
    ("fund", "基金|创投|风投|投资"),
    ("price", "收费|价格|免费|低价|便宜"),
    # science and work
    ("paper", "论文|文章|sci|期刊|发表|四唯"),
    ("title", "职称|副高|正高|高级工程师|副主任|主治|晋升|评审|工程师"),
    ("patent", "专利|知识产权|商标|外观设计"),
    ("infringement", "侵权|维权|仿冒|假冒|山寨"),
    ("ownership", "所有权|归谁|归单位|权属|大头|完成人"),
    ("shares", "持股|股权|入股|股份"),
    ("transfer", "转化|技术经纪|技术转移|成果"),
    ("misconduct", "抄|造假|剽窃|学术不端|失信|弄虚作假|诚信"),
    ("tolerance", "容错|免责|尽职|失败|问责"),
    ("paperwork", "填表|报表|发票|报账|报销|简历|无纸化|减负|台账|检查"),
    ("acceptance", "验收|自己验|自主验"),
    ("equipment", "设备|仪器|机器|机床|实训|产线|检测"),
    ("pilot", "中试|车间|小批量|制剂|gmp"),
    ("lab", "实验室|科研平台"),
    ("incubator", "孵化|众创|创业园|园区|科技园"),
    ("sharing", "开放|共享|预约|借用|对外|参观|围墙"),
    ("training", "培训|办班|办个班|学习班|研修"),
    ("joint-degree", "联合培养|定向培养|在职读|工程博士|招生指标|不脱产"),
    ("postdoc", "博士后|进站|出站|在站"),
    ("academician", "院士"),
    ("expert-visits", "柔性|挂名|到岗|打卡|一年来|坐班|考勤|天数"),
    ("attract", "引进|引才|招聘|招人|挖人|招不到|招不来"),
    ("loss", "外流|流失|走了|离职|留不住|留下"),
    ("science-education", "科普|科技馆|显微镜|科学课|科技教育|科普课|科普车"),
    ("high-tech", "高新技术企业|高企|瞪羚|科技企业"),
    ("rd", "研发投入|研发经费|r&d|研发费"),
    # how an office works
    ("window", "窗口|一窗|盖章|个章|一个地方|并窗|一站式|合并到"),
    ("procedure", "手续|流程|材料|审批|申报|跑了"),
    ("third-party", "第三方|独立机构|外头的人|委托"),
    ("publish", "公开|公布|公示|上网|贴出来|晒出来|让大家看|曝光"),
    ("evaluation", "评估|考核|评价|检查"),
    ("division", "责任单位|牵头|分工|谁负责|部门|配合|衙门|踢皮球"),
    ("deadline", "时限|完成时间|时间节点|什么时候|何时|多久"),
    ("figures", "口径|数字|数据|统计|对不上|怎么算|怎么来"),
    ("wording", "错别字|标点|语句|文字|断句|表述|措辞"),
    ("privacy", "隐私|个人信息|信息安全|骚扰|猎头"),
    ("scope", "范围|目录|名单|对象"),
    ("download", "附件|打不开|网页|手机|下载"),
    # about the plan itself
    ("praise", "支持|赞同|赞成|加油|拥护|写得好|巴适|振奋|点赞|早日|期待"),
    ("empty", "套话|空话|口号|人话|空洞|干货|实招"),
    ("late", "太晚|黄花菜|来得及"),
    ("no-objection", "无意见|无修改意见|没意见|没有意见|无异议"),
    ("plain", "看不懂|一图读懂|通俗|注释|解释|太长"),
)


CONCEPTS: Final = (*_BROAD, *CLOSER)


def _by_first(table: tuple[tuple[str, str], ...]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, words in table:
        for word in words.split("|"):
            found.setdefault(word[0], []).append((word, name))
    return found


_BY_FIRST: Final = _by_first(CONCEPTS)


def concepts(aligned: str) -> list[str]:
    """Return the matters an aligned text speaks of, each once, in order of their names."""
    found: set[str] = set()
    for position, char in enumerate(aligned):
        for word, name in _BY_FIRST.get(char, ()):
            if aligned.startswith(word, position):
                found.add(name)
    return sorted(found)
