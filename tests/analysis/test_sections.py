from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.evaluation import evaluate_mapping, read_gold
from consult.analysis.sections import SectionMapper
from consult.analysis.split import split
from consult.domain.comment import Origin
from consult.domain.consultation import Plan, Section
from consult.domain.knowledge import Exemplar
from consult.domain.lexicon import Lexicon, SectionWords

ROOT = Path(__file__).resolve().parents[2]
PLAN = Plan(
    "大湖保护规划（征求意见稿）",
    (
        Section(
            "1",
            "一",
            "水体与岸线",
            1,
            sections=(
                Section(
                    "1.1",
                    "（一）",
                    "改善湖泊水质",
                    1,
                    "每年清理湖底淤泥十二万吨，沿岸村庄的污水全部接进管网，磷肥用量减三成。",
                ),
                Section(
                    "1.2",
                    "（二）",
                    "建设环湖绿道",
                    3,
                    "修通环湖步道八十公里，沿线设驿站和公厕，骑行的人和走路的人分道。",
                ),
            ),
        ),
        Section(
            "2",
            "二",
            "生物和游客",
            5,
            sections=(
                Section(
                    "2.1",
                    "（一）",
                    "恢复鱼类资源",
                    5,
                    "划定禁渔区常年巡护，每年放流青鱼和鲢鱼的鱼苗，保护候鸟的栖息地。",
                ),
                Section(
                    "2.2",
                    "（二）",
                    "规范游船民宿",
                    7,
                    "游船改用电池，民宿领证经营，旺季限制上岛的人数，违章的码头拆除。",
                ),
            ),
        ),
    ),
)
LEXICON = Lexicon(
    version="test",
    sections={
        "1.1": SectionWords(("水质",), ("发臭", "蓝藻", "水浑得很")),
        "1.2": SectionWords(("绿道",), ("骑车", "散步", "遛弯")),
        "2.1": SectionWords(("禁渔",), ("钓鱼", "打鱼", "电鱼")),
        "2.2": SectionWords(("民宿",), ("客栈", "农家乐", "坐船")),
    },
    general=("征求意见", "整篇"),
    offplan=("社保", "学区房"),
)
TEXTS = (
    "湖水一到夏天就发臭，蓝藻漂一层，看着难受。",
    "晚上遛弯没有路灯，骑车的又快，建议分开。",
    "二（一）里面放流的鱼苗太少，电鱼的也没人管。",
    "客栈的污水直接排湖里，要查。",
    "暂无修改意见。",
    "完全支持！",
    "社保断缴了怎么补",
    "👍👍",
    "第七页说限制上岛人数，周末也限吗？",
)


@pytest.fixture(scope="module")
def mapper() -> SectionMapper:
    return SectionMapper(LEXICON).fit(PLAN)


def test_each_comment_goes_to_the_section_of_its_matter(mapper: SectionMapper) -> None:
    assert mapper.predict(TEXTS) == [
        "1.1",
        "1.2",
        "2.1",
        "2.2",
        "general",
        "general",
        "offplan",
        "general",
        "2.2",
    ]


def test_a_plan_without_a_lexicon_is_mapped_too() -> None:
    bare = SectionMapper().fit(PLAN)
    texts = ("民宿要领证才能开", "步道少修几个公厕", "没有意见", "小区停车难", "包过，需要的加微信")
    assert bare.predict(texts) == ["2.2", "1.2", "general", "offplan", "offplan"]


def test_a_cited_section_is_linked_as_cited_with_its_place(mapper: SectionMapper) -> None:
    link = mapper.place_one("对一、（二）有意见：太长了").links[0]
    assert (link.section, link.origin) == ("1.2", Origin.CITED)
    reason = link.evidence[0]
    assert (reason.kind, reason.text, reason.start, reason.end) == ("citation", "一、（二）", 1, 6)
    assert reason.counterpart == "（二）建设环湖绿道"


def test_the_content_wins_over_a_wrong_number_and_the_conflict_is_told(
    mapper: SectionMapper,
) -> None:
    text = "一（二）禁渔区要常年巡护，放流鱼苗，电鱼、打鱼的重罚，保护候鸟栖息地。"
    link = mapper.place_one(text).links[0]
    assert (link.section, link.origin) == ("2.1", Origin.INFERRED)
    conflicts = [reason for reason in link.evidence if reason.kind == "conflict"]
    assert [(one.text, one.counterpart) for one in conflicts] == [
        ("一（二）", "（二）建设环湖绿道")
    ]


def test_a_chapter_alone_leaves_the_choice_to_the_content(mapper: SectionMapper) -> None:
    assert mapper.predict(["第一章的步道要修宽", "第一章的淤泥清不干净"]) == ["1.2", "1.1"]


def test_two_cited_sections_are_two_links(mapper: SectionMapper) -> None:
    text = "一（一）的水质和二（一）的禁渔区应当放在一起写，蓝藻多了鱼苗活不了。"
    assert sorted(link.section for link in mapper.place_one(text).links) == ["1.1", "2.1"]
    assert len(mapper.place_one("蓝藻多了鱼苗活不了").links) == 1


def test_quoted_words_and_terms_are_in_the_evidence(mapper: SectionMapper) -> None:
    link = mapper.place_one("“旺季限制上岛的人数”怎么限？客栈要提前说。").links[0]
    found = {(reason.kind, reason.text) for reason in link.evidence}
    assert {("quote", "旺季限制上岛的人数"), ("lexicon", "客栈"), ("terms", "上岛")} <= found


def test_there_are_three_runners_up_none_of_them_surer_than_the_link(
    mapper: SectionMapper,
) -> None:
    for placement in mapper.place(TEXTS):
        assert len(placement.runners_up) == 3
        assert max(one.confidence for one in placement.runners_up) <= placement.links[0].confidence


def test_a_blank_text_has_no_link(mapper: SectionMapper) -> None:
    assert mapper.predict(["", " \n　"]) == ["", ""]


def test_a_text_that_shares_nothing_with_the_plan_is_off_plan_and_unsure(
    mapper: SectionMapper,
) -> None:
    placement = mapper.place_one("龘龘龘")
    assert (placement.section, placement.certain) == ("offplan", False)


def test_a_pickled_mapper_places_the_same(mapper: SectionMapper) -> None:
    copy = pickle.loads(pickle.dumps(mapper))  # noqa: S301
    assert copy.place(TEXTS) == mapper.place(TEXTS)


def test_pages_can_place_without_loading_scikit_learn() -> None:
    script = (
        "import sys; from consult.analysis.sections import SectionMapper;"
        "from consult.domain.consultation import Plan, Section;"
        "SectionMapper().fit(Plan('甲', (Section('1', '一', '步道'),))).predict(['步道']);"
        "print(sorted({'sklearn', 'scipy', 'jieba'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.strip() == "[]"


def test_certain_means_at_least_the_threshold() -> None:
    strict = SectionMapper(LEXICON, threshold=1.0).fit(PLAN)
    lenient = SectionMapper(LEXICON, threshold=0.0).fit(PLAN)
    assert [strict.place_one(TEXTS[0]).certain, lenient.place_one(TEXTS[0]).certain] == [
        False,
        True,
    ]


def test_placing_does_not_depend_on_company_or_order(mapper: SectionMapper) -> None:
    shuffled = list(TEXTS)
    random.Random(1).shuffle(shuffled)
    one_by_one = {text: mapper.place([text])[0] for text in TEXTS}
    assert mapper.place(shuffled) == [one_by_one[text] for text in shuffled]
    assert SectionMapper(LEXICON).fit(PLAN).place(TEXTS) == list(one_by_one.values())


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_place_and_evidence_within_it(mapper: SectionMapper, text: str) -> None:
    placement = mapper.place_one(text)
    assert bool(placement.links) == bool(text.strip())
    for link in (*placement.links, *placement.runners_up):
        assert 0 <= link.confidence <= 1
        for reason in link.evidence:
            assert reason.start == -1 or text[reason.start : reason.end] == reason.text
            assert 0 <= reason.weight <= 1


def test_labelled_texts_teach_words_that_plan_and_lexicon_do_not_have() -> None:
    examples = [(f"皮划艇比赛第{n}场太吵", "2.2") for n in range(150)]
    examples += [(f"第{n}号断面的总磷超标", "1.1") for n in range(150)]
    examples += [(f"第{n}个驿站没有水喝", "1.2") for n in range(150)]
    examples += [(f"第{n}批鱼苗死了一半", "2.1") for n in range(150)]
    texts, labels = zip(*examples, strict=True)
    question = ["皮划艇别在清晨练"]
    assert SectionMapper(LEXICON).fit(PLAN, texts, labels).predict(question) == ["2.2"]
    backwards = SectionMapper(LEXICON).fit(PLAN, texts[::-1], labels[::-1])
    assert backwards.place(question) == SectionMapper(LEXICON).fit(PLAN, texts, labels).place(
        question
    )


def taught(decided: bool) -> SectionMapper:
    texts = [f"皮划艇比赛第{n}场太吵" for n in range(20)] + [f"第{n}断面总磷" for n in range(20)]
    labels = ["2.2"] * 20 + ["1.1"] * 20
    if decided:
        return SectionMapper(LEXICON).fit(PLAN, texts, labels)
    exemplars = [Exemplar(text, code) for text, code in zip(texts, labels, strict=True)]
    return SectionMapper(LEXICON, exemplars=exemplars).fit(PLAN)


def test_the_nearest_exemplar_is_a_reason_with_the_rarest_word_shared() -> None:
    link = taught(decided=False).place_one("周末的皮划艇吵死了").links[0]
    (reason,) = [one for one in link.evidence if one.kind == "exemplar"]
    assert link.section == "2.2"
    assert (reason.text, reason.start, reason.end) == ("皮划艇", 3, 6)
    assert reason.counterpart == "皮划艇比赛第0场太吵"


def test_an_earlier_decision_is_a_reason_but_the_comment_it_was_about_is_not_shown() -> None:
    link = taught(decided=True).place_one("周末的皮划艇吵死了").links[0]
    (reason,) = [one for one in link.evidence if one.kind == "precedent"]
    assert (reason.text, reason.counterpart) == ("皮划艇", "")


def test_a_text_unlike_every_exemplar_names_none() -> None:
    placement = taught(decided=False).place_one("蓝藻发臭")
    assert [e.kind for e in placement.links[0].evidence if e.kind == "exemplar"] == []


def test_few_or_unknown_labels_change_nothing(mapper: SectionMapper) -> None:
    taught = SectionMapper(LEXICON).fit(PLAN, ["甲", "乙"], ["1.1", "9.9"])
    assert taught.place(TEXTS) == mapper.place(TEXTS)


def test_texts_without_their_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="2 texts but 1 labels"):
        SectionMapper().fit(PLAN, ["甲", "乙"], ["1.1"])


SHARED = ROOT.parent / "shared"


@pytest.mark.skipif(not (SHARED / "gold" / "dev.jsonl").exists(), reason="no labelled set here")
def test_the_labelled_set_is_mapped_at_least_as_well_as_promised() -> None:
    draft = pytest.importorskip("consult.intake.draft")
    corpus = pytest.importorskip("consult.intake.corpus")
    home = ROOT / "corpus" / "luzhou-2022"
    notice = SHARED / "luzhou" / "notice.txt"
    official = draft.read_draft(notice.read_bytes(), notice.name).plan
    plan = corpus.merge(official, corpus.read_outline(home))
    rows = read_gold((SHARED / "gold" / "dev.jsonl").read_bytes().splitlines())
    fitted = SectionMapper(corpus.read_lexicon(home)).fit(plan)
    found = evaluate_mapping(rows, fitted, split, 0.5, time.perf_counter)
    assert json.dumps(found)
    assert isinstance(found["primary_accuracy"], float)
    assert found["primary_accuracy"] >= 0.75
    assert isinstance(found["section_accuracy"], float)
    assert found["section_accuracy"] >= 0.80
