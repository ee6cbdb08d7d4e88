from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from consult.domain.comment import Kind, NewSubmission, Origin
from consult.domain.consultation import Consultation, Plan
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.queue import Order, Wanted
from consult.services.analyse import analyse
from consult.services.browse import comment_detail, section_comments
from consult.services.compile import compile_digest, compile_register
from consult.services.deliver import deliver
from consult.services.index_words import index_words
from consult.services.office import Office, open_office
from consult.services.overview import overview
from consult.services.publish import publish
from consult.services.queue import prepared, queue
from consult.services.receive import receive
from consult.services.relink import relink
from consult.store import comments, families
from consult.store import search as words
from tests.conftest import OPEN, SLUG, Clock
from tests.services.asks import FISHING, send
from tests.services.conftest import SUBMISSIONS

AS_OF = OPEN + timedelta(days=30)


def _all(office: Office) -> dict[int, tuple[str, str]]:
    return {c.number: (c.section, c.text) for c in comments.active(office.store.db, 1)}


def test_a_letter_becomes_its_points_and_every_comment_finds_its_section(
    analysed: Office,
) -> None:
    assert [section for section, _ in _all(analysed).values()] == [
        "1.1", "1.1", "1.2", "2.1", "2.2", "2.2", "general", "offplan", "2.3",
    ]  # fmt: skip
    letter = [text for _, text in _all(analysed).values()][1:4]
    assert [text[:2] for text in letter] == ["1、", "2、", "3、"]


def test_every_link_gives_its_reason_or_says_who_chose(analysed: Office) -> None:
    for comment in comments.active(analysed.store.db, 1):
        first = comment.links[0]
        assert first.evidence or first.origin is Origin.CHOSEN
        assert 0 < first.confidence <= 1


def test_near_duplicates_are_one_family_and_one_text(analysed: Office) -> None:
    (family,) = families.every(analysed.store.db, 1)
    assert len(family.members) == 2
    digest = compile_digest(analysed, slug=SLUG, as_of=AS_OF)
    section = next(s for s in digest.sections if s.code == "2.2")
    assert (section.counts.texts, section.counts.comments) == (1, 2)
    assert section.themes[0].largest_family == 2


def test_a_second_run_changes_nothing_and_renumbers_nothing(analysed: Office) -> None:
    before = _all(analysed)
    first = compile_register(analysed, slug=SLUG, as_of=AS_OF).rows
    report = analyse(analysed, slug=SLUG, actor="test")
    assert (report.added, report.superseded, _all(analysed)) == (0, 0, before)
    assert compile_register(analysed, slug=SLUG, as_of=AS_OF).rows == first


def test_what_staff_have_open_stays_good_when_a_run_finds_the_same(analysed: Office) -> None:
    row = section_comments(analysed, slug=SLUG, code="1.1").items[0]
    number, seen = row.comment.number, row.seen

    analyse(analysed, slug=SLUG, actor="cli")

    assert comment_detail(analysed, slug=SLUG, number=number).row.seen == seen
    # One that stood there for now has changed: it counts for good.
    comments.set_provisional(analysed.store.db, number, theme=None)
    analyse(analysed, slug=SLUG, actor="cli")
    assert comment_detail(analysed, slug=SLUG, number=number).row.seen != seen


def test_what_is_off_the_plan_is_off_topic(analysed: Office) -> None:
    kinds = {c.section: c.kind for c in comments.active(analysed.store.db, 1)}
    assert kinds["offplan"] is Kind.OFFTOPIC


def test_a_decision_by_staff_survives_the_next_run_beside_the_proposal(
    analysed: Office,
) -> None:
    number = next(n for n, (section, _) in _all(analysed).items() if section == "2.1")
    row = comment_detail(analysed, slug=SLUG, number=number).row
    relink(
        analysed, slug=SLUG, number=number, section="1.2", why="讲的是监测", actor="li",
        seen=row.seen,
    )  # fmt: skip
    receive(analysed, slug=SLUG, new=NewSubmission(text="步道太窄，请加宽。"), now=OPEN)
    analyse(analysed, slug=SLUG, actor="test")

    detail = comment_detail(analysed, slug=SLUG, number=number)
    links = detail.row.comment.links
    assert [(link.section, link.origin) for link in links] == [("1.2", Origin.STAFF)]
    assert detail.row.comment.runners_up[0].section == "2.1"
    event = next(event for event in detail.history if event.verb == "relinked")
    assert (event.actor, event.why) == ("li", "讲的是监测")
    assert (event.before, event.after) == ({"section": "2.1"}, {"section": "1.2"})


def test_a_save_on_a_stale_view_is_refused(analysed: Office) -> None:
    row = section_comments(analysed, slug=SLUG, code="2.1").items[0]
    number = row.comment.number
    relink(analysed, slug=SLUG, number=number, section="1.1", why="", actor="li", seen=row.seen)
    with pytest.raises(Conflict):
        relink(analysed, slug=SLUG, number=number, section="2.2", why="", actor="wang",
               seen=row.seen)  # fmt: skip
    assert _all(analysed)[number][0] == "1.1"


@pytest.mark.parametrize(
    ("number", "section", "error"), [(999, "1.1", NotFound), (1, "9.9", InputRefused)]
)
def test_relinking_what_does_not_exist_is_refused(
    analysed: Office, number: int, section: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        relink(analysed, slug=SLUG, number=number, section=section, why="", actor="li", seen="1")


def test_the_citizens_choice_leads_when_it_is_the_only_comment(analysed: Office) -> None:
    row = section_comments(analysed, slug=SLUG, code="2.3").items[0]
    assert row.comment.links[0].origin is Origin.CHOSEN


def test_search_finds_words_of_two_characters_newest_first(analysed: Office) -> None:
    def search(query: str) -> list[str]:
        wanted = prepared(analysed, slug=SLUG, wanted=Wanted(), query=query)
        if wanted is None:
            return []
        page = queue(analysed, slug=SLUG, wanted=wanted, order=Order.NEWEST)
        return [row.comment.text for row in page.rows]

    assert search("路灯") == ["3、步道上的路灯太暗，请加装路灯。"]
    assert len(search("污水 雨污分流")) == 1
    assert [text[:2] for text in search("污水")] == ["1、", "下水"]
    assert search('"*) OR 1') == []


def test_the_overview_lists_every_section_and_adds_up(analysed: Office) -> None:
    view = overview(analysed, slug=SLUG)
    assert [line.code for line in view.sections] == [
        "1.1", "1.2", "2.1", "2.2", "2.3", "general", "offplan", "",
    ]  # fmt: skip
    assert sum(line.counts.comments for line in view.sections) == view.counts.comments == 9
    assert (view.counts.people, view.counts.submissions, view.counts.texts) == (7, 7, 8)
    assert view.accounting.balanced


def test_lists_are_paged_and_unknown_sections_not_found(analysed: Office) -> None:
    page = section_comments(analysed, slug=SLUG, code="1.1", page=2, size=1)
    assert (page.page, page.pages, page.total, len(page.items)) == (2, 2, 2, 1)
    with pytest.raises(NotFound):
        section_comments(analysed, slug=SLUG, code="7.7")


def test_every_line_of_the_digest_cites_comments_of_its_section(analysed: Office) -> None:
    digest = compile_digest(analysed, slug=SLUG, as_of=AS_OF)
    texts = _all(analysed)
    cited: list[int] = []
    for section in digest.sections:
        for theme in section.themes:
            cited += theme.numbers
            assert {texts[number][0] for number in theme.numbers} == {section.code}
            for quote in theme.quotes:
                assert quote.text.rstrip("…") in texts[quote.number][1]
    assert sorted(cited) == sorted(texts)


def test_no_comments_is_a_correct_report(published: Office) -> None:
    analyse(published, slug=SLUG, actor="test")
    digest = compile_digest(published, slug=SLUG, as_of=AS_OF)
    assert (digest.counts.comments, digest.accounting.balanced) == (0, True)
    assert [len(section.themes) for section in digest.sections] == [0] * 7


def test_names_of_people_are_masked_and_offices_are_not(analysed: Office) -> None:
    names = {row.name for row in compile_register(analysed, slug=SLUG, as_of=AS_OF).rows}
    assert names == {"", "陈**", "清河县司法局"}


def test_of_two_runs_at_once_the_second_to_end_stores_nothing(
    analysed: Office,
) -> None:
    receive(analysed, slug=SLUG, new=NewSubmission(text="步道太窄，请加宽。"), now=OPEN)
    with pytest.raises(Conflict) as conflict:
        analyse(
            analysed, slug=SLUG, actor="slow",
            progress=lambda stage, done, total: (
                analyse(analysed, slug=SLUG, actor="fast")
                if (stage, done) == ("group", 0)
                else None
            ),
        )  # fmt: skip
    assert conflict.value.code == "analysis.overtaken"
    assert list(_all(analysed)) == list(range(1, 11))


def test_a_run_records_what_it_was_made_with(analysed: Office) -> None:
    found = overview(analysed, slug=SLUG).versions
    assert {name: found[name] for name in ("plan", "lexicon", "exemplars", "threshold")} == {
        "plan": "1", "lexicon": "test.1", "exemplars": "0", "threshold": "0.5",
    }  # fmt: skip
    hashes = ("code", "plan_text", "plan_file", "thesaurus_text", "lexicon_text", "exemplars_text")
    assert all(len(found[name]) == 16 for name in hashes)


def test_another_text_of_the_plan_shows_in_the_record(
    analysed: Office, consultation: Consultation, plan: Plan
) -> None:
    before = overview(analysed, slug=SLUG).versions
    publish(
        analysed, consultation=consultation, plan=replace(plan, lead=("前言改过了。",)),
        source="plan.txt", data=b"plan", actor="test", replacing=True,
    )  # fmt: skip
    analyse(analysed, slug=SLUG, actor="test")
    after = overview(analysed, slug=SLUG).versions
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"plan", "plan_text", "lexicon", "lexicon_text", "segmenter"}


def test_the_same_database_analysed_twice_gives_the_same_documents_byte_for_byte(
    published: Office, tmp_path: Path, clock: Clock
) -> None:
    for place, new in enumerate(SUBMISSIONS):
        receive(published, slug=SLUG, new=new, now=OPEN + timedelta(hours=place))
    published.store.scrub()
    made = []
    for name in ("one", "two"):
        shutil.copytree(published.store.path.parent, tmp_path / name)
        office = open_office(tmp_path / name, clock=clock)
        analyse(office, slug=SLUG, actor="test")
        paths = deliver(office, slug=SLUG, out=tmp_path / name / "out", as_of=OPEN)
        made.append({path.name: path.read_bytes() for path in paths})

    assert made[0] == made[1]
    record = json.loads(made[0]["register.json"])["masthead"]["versions"]
    assert record == dict(overview(office, slug=SLUG).versions)
    assert json.loads(made[0]["digest.json"])["masthead"]["versions"] == record


def test_what_was_erased_while_a_run_computed_is_not_found_by_its_words(published: Office) -> None:
    send(published, *FISHING)
    analyse(published, slug=SLUG, actor="test")
    with published.store.write() as db:
        db.execute("update comments set state = 'erased', words = '' where number = 2")
        words.forget(db, [2])

    index_words(published, [(2, "垂钓区"), (3, "垂钓区")], version="v")

    rows = published.store.db.query("select rowid from search")
    assert {row["rowid"] for row in rows} == {1, 3}


def test_the_digest_names_what_the_machine_doubted_until_somebody_confirms_it(
    analysed: Office,
) -> None:
    receive(analysed, slug=SLUG, new=NewSubmission(text="龘龘龘"), now=OPEN)
    analyse(analysed, slug=SLUG, actor="test")
    number = max(_all(analysed))

    def doubtful() -> dict[str, tuple[int, ...]]:
        digest = compile_digest(analysed, slug=SLUG, as_of=AS_OF)
        return {s.code: s.doubtful for s in digest.sections if number in s.doubtful}

    (code,) = doubtful()
    row = comment_detail(analysed, slug=SLUG, number=number).row
    relink(analysed, slug=SLUG, number=number, section=code, why="", actor="li", seen=row.seen)
    assert doubtful() == {}
