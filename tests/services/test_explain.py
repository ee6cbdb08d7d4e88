"""Reasons as values: grouped, numbered, and marked in the comment and in the section."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.comment import Comment, Evidence, Link, NewSubmission, Origin
from consult.domain.consultation import Plan
from consult.services.analyse import analyse
from consult.services.browse import comment_detail
from consult.services.deliver import document
from consult.services.explain import (
    Distance,
    Piece,
    Rival,
    explain,
    grouped,
    machine_links,
    suggestions,
)
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.relink import relink
from tests.conftest import OPEN, SLUG

TEXT = "第二章的路灯太暗，沿岸铺设步道也要快。"


def comment(*links: Link, runners_up: tuple[Link, ...] = (), text: str = TEXT) -> Comment:
    return Comment(1, 1, 0, len(text), text, links, runners_up=runners_up)


def inferred(section: str, confidence: float, *evidence: Evidence) -> Link:
    return Link(section, Origin.INFERRED, confidence, evidence)


def test_the_words_of_a_reason_are_marked_on_both_sides(plan: Plan) -> None:
    quote = Evidence("quote", "沿岸铺设步道", "沿岸铺设步道", 9, 15, 0.9)
    lamps = Evidence("terms", "路灯", "路灯", 4, 6, 0.3)

    found = explain(comment(inferred("2.1", 0.8, quote, lamps)), plan)

    assert found is not None
    assert found.comment == (
        Piece("第二章的"), Piece("路灯", (2,)), Piece("太暗，"), Piece("沿岸铺设步道", (1,)),
        Piece("也要快。"),
    )  # fmt: skip
    assert found.section == (
        (Piece("沿岸铺设步道", (1,)), Piece("十二公里，安装"), Piece("路灯", (2,)),
         Piece("和座椅。")),
    )  # fmt: skip


def test_a_section_without_a_marked_word_shows_how_it_begins(plan: Plan) -> None:
    found = explain(comment(inferred("2.3", 0.8, Evidence("lexicon", "路灯", "照明", 4, 6))), plan)
    assert found is not None
    assert found.section == ((Piece("补种柳树和水杉，由街道负责浇水修剪。"),),)


def test_a_contradiction_comes_first_and_warns(plan: Plan) -> None:
    words = Evidence("terms", "路灯", "路灯", 4, 6, 0.3)
    cited = Evidence("conflict", "第二章", "二、岸线", 0, 3, 0.6)

    found = explain(comment(inferred("1.2", 0.4, words, cited)), plan)

    assert found is not None
    assert [(reason.number, reason.kind, reason.warns) for reason in found.reasons] == [
        (1, "conflict", True), (2, "terms", False),
    ]  # fmt: skip


def test_marks_may_overlap(plan: Plan) -> None:
    evidence = (
        Evidence("citation", "第二章", "二", 0, 3, 1.0),
        Evidence("terms", "章的路灯", "路灯", 2, 6, 0.2),
    )
    found = explain(comment(inferred("2.1", 0.8, *evidence)), plan)
    assert found is not None
    assert found.comment[:3] == (Piece("第二", (1,)), Piece("章", (1, 2)), Piece("的路灯", (2,)))


PLACES = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=8)


@given(st.text(max_size=30), PLACES)
def test_marking_never_changes_a_text(text: str, places: list[tuple[int, int]]) -> None:
    evidence = [Evidence("terms", "x", "y", start, end, 0.1) for start, end in places]
    plan = Plan("规划", ())
    found = explain(comment(inferred("general", 0.8, *evidence), text=text), plan)
    assert found is not None
    assert "".join(piece.text for piece in found.comment) == text


@pytest.mark.parametrize(
    ("lead", "words"),
    [(0.6, Distance.CLEAR), (0.59, Distance.SLIGHT), (0.3, Distance.SLIGHT), (0.2, Distance.CLOSE)],
)
def test_the_lead_over_the_next_one_has_three_steps(lead: float, words: Distance) -> None:
    assert Rival(inferred("1.1", 0.1), lead).distance is words


def test_the_citizens_choice_is_no_proposal_of_the_machine(plan: Plan) -> None:
    own = Link("2.3", Origin.CHOSEN, 0.6)
    shared = Link("2.1", Origin.CHOSEN, 0.7, (Evidence("terms", "路灯", "路灯", 4, 6, 0.3),))
    machine, other = inferred("2.1", 0.5), inferred("1.1", 0.2)

    apart = comment(own, runners_up=(machine, other))
    together = comment(shared, runners_up=(other,))

    assert machine_links(apart) == (machine, other)
    assert machine_links(together) == (shared, other)
    found = explain(apart, plan)
    assert found is not None
    assert (found.link, found.rival) == (machine, Rival(other, 0.3))


def test_nothing_is_explained_where_nothing_is_proposed(plan: Plan) -> None:
    assert explain(comment(), plan) is None


def test_an_unsure_comment_has_three_suggestions() -> None:
    first, others = inferred("2.1", 0.4), tuple(inferred(c, 0.2) for c in ("1.1", "1.2", "2.2"))
    unsure = comment(first, runners_up=others)
    assert suggestions(unsure, 0.5) == (first, *others[:2])
    assert suggestions(unsure, 0.4) == ()  # the office's threshold decides
    assert suggestions(comment(Link("2.1", Origin.STAFF, 1.0), runners_up=others), 0.5) == ()
    assert suggestions(comment(), 0.5) == ()


def test_copies_of_evidence_share_a_reason_in_the_order_given() -> None:
    lamp, seat = (Evidence("lexicon", word, "步道", -1, -1, 0.1) for word in ("路灯", "座椅"))
    cited = Evidence("citation", "第二章", "二", 0, 3, 1.0)
    assert [reason.items for reason in grouped([lamp, cited, seat])] == [(lamp, seat), (cited,)]


def test_all_words_about_the_whole_plan_are_one_reason() -> None:
    cue = Evidence("general", "图解", "form of the document", 0, 2, 0.7)
    word = Evidence("general", "看不下去", "总体意见", 3, 7, 0.5)
    assert [reason.items for reason in grouped([cue, word])] == [(cue, word)]


def test_a_confirmed_proposal_keeps_its_reasons_in_later_runs_too(
    published: Office, plan: Plan
) -> None:
    receive(published, slug=SLUG, new=NewSubmission(text="步道上的路灯太暗。"), now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    before = comment_detail(published, slug=SLUG, number=1).row
    relink(
        published, slug=SLUG, number=1, section=before.comment.section, why="对", actor="li",
        seen=before.seen,
    )  # fmt: skip
    confirmed = comment_detail(published, slug=SLUG, number=1).row.comment
    analyse(published, slug=SLUG, actor="test")
    later = comment_detail(published, slug=SLUG, number=1).row.comment

    assert confirmed.links[0].origin is later.links[0].origin is Origin.STAFF
    first = explain(before.comment, plan)
    assert first is not None
    assert explain(confirmed, plan) == first
    assert explain(later, plan) == first


def test_the_register_carries_the_proposals_and_the_choice_as_json(published: Office) -> None:
    new = NewSubmission(text="步道上的路灯太暗。", chosen=("2.3",))
    receive(published, slug=SLUG, new=new, now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    made = document(published, slug=SLUG, name="register.json", as_of=OPEN)

    (row,) = json.loads(made.data)["rows"]
    first = row["proposals"][0]
    evidence = {item["kind"]: item for item in first["evidence"]}

    assert (row["section"], row["origin"], row["chosen"]) == ("2.3", "chosen", ["2.3"])
    assert (first["section"], first["origin"]) == ("2.1", "inferred")
    assert sorted(first) == ["confidence", "evidence", "origin", "section"]
    assert sorted(evidence["terms"]) == ["counterpart", "end", "kind", "start", "text", "weight"]
    assert row["text"][evidence["terms"]["start"] : evidence["terms"]["end"]] in row["text"]


def test_the_digest_carries_the_reasons_of_what_it_quotes(published: Office) -> None:
    receive(published, slug=SLUG, new=NewSubmission(text="步道上的路灯太暗。"), now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    digest = json.loads(document(published, slug=SLUG, name="digest.json", as_of=OPEN).data)
    (quote,) = [
        quote
        for part in digest["sections"]
        for theme in part["themes"]
        for quote in theme["quotes"]
    ]
    assert (quote["number"], quote["text"]) == (1, "步道上的路灯太暗。")
    assert {item["kind"] for item in quote["evidence"]} >= {"terms"}
