from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from docx import Document

from consult.domain.comment import Channel, Comment, NewSubmission, Speaker, Submission
from consult.domain.decision import Ruling, Target
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.results import Results
from consult.domain.theme import Theme
from consult.domain.triage import Disposition
from consult.export.result_formats import RESULT_FILES
from consult.services.analyse import analyse
from consult.services.approve import approve
from consult.services.decide import decide
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.release import release, renew, take_back
from consult.services.result_lines import Voices, result_lines
from consult.services.results import results
from consult.store import changes, comments, events
from tests.conftest import OPEN, SLUG

CLOSED = OPEN + timedelta(days=40)
NO = Ruling(Disposition.DECLINED, reason="垂钓区按水源保护划定。")
YES = Ruling(Disposition.ADOPTED, section="1.2", change="改为每周公布", gist="希望每周公布水质")


def approved(office: Office, target: Target, ruling: Ruling) -> None:
    seen = decide(
        office, slug=SLUG, target=target, ruling=ruling, actor="wang", seen="0", submit=True
    )
    approve(office, slug=SLUG, target=target, actor="li", seen=str(seen.id))


def theme_of(office: Office, number: int) -> Target:
    return Target(theme=comments.one(office.store.db, 1, number)[0].theme or 0)


@pytest.fixture
def answered(analysed: Office) -> Office:
    """Two of three asks are answered; the submission of comments 2 to 4 may be quoted."""
    approved(analysed, theme_of(analysed, 5), NO)
    approved(analysed, Target(comment=3), YES)
    return analysed


@pytest.fixture
def shown(answered: Office) -> Results:
    release(answered, slug=SLUG, now=CLOSED, actor="zhao")
    return results(answered, slug=SLUG, as_of=CLOSED)


def lines(found: Results, code: str) -> list[tuple[str, int, str]]:
    (section,) = [part for part in found.sections if part.code == code]
    return [
        (line.words, line.counts.comments, line.ruling.disposition if line.ruling else "")
        for line in section.lines
    ]


def test_nothing_is_shown_before_staff_publish_it_after_the_closing(answered: Office) -> None:
    with pytest.raises(NotFound) as error:
        results(answered, slug=SLUG, as_of=CLOSED)
    assert error.value.code == "results.unreleased"
    with pytest.raises(Conflict):
        release(answered, slug=SLUG, now=OPEN, actor="zhao")
    release(answered, slug=SLUG, now=CLOSED, actor="zhao")
    assert results(answered, slug=SLUG, as_of=CLOSED).counts.comments == 9
    last = events.of(answered.store.db, [f"consultation:{SLUG}"])[-1]
    assert (last.verb, last.actor) == ("results-released", "zhao")


def test_results_can_be_taken_back_with_a_reason(answered: Office) -> None:
    release(answered, slug=SLUG, now=CLOSED, actor="zhao")
    with pytest.raises(InputRefused):
        take_back(answered, slug=SLUG, why=" ", actor="zhao")
    take_back(answered, slug=SLUG, why="有误", actor="zhao")
    with pytest.raises(NotFound):
        results(answered, slug=SLUG, as_of=CLOSED)


def test_what_was_published_stays_as_it_was_whatever_is_decided_later(
    answered: Office, shown: Results
) -> None:
    approved(answered, Target(comment=2), replace(YES, gist="后来才定"))
    analyse(answered, slug=SLUG, actor="test")
    assert results(answered, slug=SLUG, as_of=CLOSED + timedelta(days=9)) == shown
    renew(answered, slug=SLUG, now=CLOSED + timedelta(days=9), actor="zhao")
    fresh = results(answered, slug=SLUG, as_of=CLOSED)
    assert (fresh.answered, "后来才定" in str(fresh)) == (shown.answered + 1, True)
    assert events.of(answered.store.db, [f"consultation:{SLUG}"])[-1].verb == "results-renewed"


def test_words_of_an_erased_submission_leave_what_was_published(
    answered: Office, shown: Results
) -> None:
    quoting = [(line.words, line.voice) for part in shown.sections for line in part.lines
               if line.quoted]  # fmt: skip
    words, voice = quoting[0]
    with answered.store.write() as db:
        changes.erase(db, voice)
    left = results(answered, slug=SLUG, as_of=CLOSED)
    assert (words in str(shown), words in str(left)) == (True, False)
    assert (left.counts, left.accounting) == (shown.counts, shown.accounting)


def test_results_published_before_documents_were_kept_are_compiled(answered: Office) -> None:
    release(answered, slug=SLUG, now=CLOSED, actor="zhao")
    expected = results(answered, slug=SLUG, as_of=CLOSED)
    answered.store.db.execute("update releases set body = ''")
    live = results(answered, slug=SLUG, as_of=CLOSED)
    assert (live.sections, live.counts) == (expected.sections, expected.counts)


def test_every_comment_is_in_one_line_and_the_sums_agree(shown: Results) -> None:
    listed = [line.counts.comments for part in shown.sections for line in part.lines]
    assert sum(listed) == shown.counts.comments == shown.accounting.comments == 9
    assert shown.dispositions == ((Disposition.ADOPTED, 1), (Disposition.DECLINED, 2))
    assert (shown.answered, shown.waiting) == (3, 6)


def test_only_those_who_agreed_are_quoted_and_the_office_may_say_it_itself(shown: Results) -> None:
    assert lines(shown, "1.2") == [("希望每周公布水质", 1, "adopted")]
    ((words, _, _),) = lines(shown, "2.1")
    assert "路灯" in words  # from the letter whose author agreed
    assert lines(shown, "2.2") == [("", 2, "declined")]  # nobody agreed: what it is about, no words
    (fishing,) = [line for part in shown.sections if part.code == "2.2" for line in part.lines]
    assert fishing.keywords


def test_what_changed_because_of_comments_is_listed(shown: Results) -> None:
    ((change),) = shown.changes
    assert (change.section, change.change, change.words, change.comments) == (
        "1.2",
        "改为每周公布",
        ("希望每周公布水质",),
        1,
    )


def test_a_quoted_author_is_masked(published: Office) -> None:
    text = "我叫陈大河，电话13800001234，建议多装路灯。"
    new = NewSubmission(text=text, name="陈大河", publish=True, chosen=("2.1",))
    receive(published, slug=SLUG, new=new, now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    found = results(published, slug=SLUG, as_of=CLOSED, preview=True)
    said = str(found)
    assert "路灯" in said
    assert ("陈大河" in said, "13800001234" in said) == (False, False)


def table(found: Results) -> list[list[str]]:
    data = RESULT_FILES["results.csv"].write(found).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data)))


def test_the_same_figures_stand_in_csv_xlsx_and_docx(shown: Results) -> None:
    titles, *rows = table(shown)
    assert titles.pop() == f"操作记录校验值：{shown.masthead.head}"  # the only place in a csv
    assert {row.pop() for row in rows} == {""}
    assert sum(int(row[6]) for row in rows) == 9
    book = openpyxl.load_workbook(io.BytesIO(RESULT_FILES["results.xlsx"].write(shown)))
    sheet = [[str(c or "") for c in row] for row in book["意见采纳情况"].values][1:]
    assert sheet == rows
    assert [c.value for c in book["因意见而改"][2]][1:] == ["改为每周公布", "希望每周公布水质", 1]
    document = Document(io.BytesIO(RESULT_FILES["results.docx"].write(shown)))
    said = [[cell.text for cell in row.cells] for t in document.tables for row in t.rows]
    assert ["采纳", "1"] in said
    assert ["正在研究", "6"] in said
    assert ["1", "希望每周公布水质", "1/1", "采纳", ""] in said


@pytest.mark.parametrize("name", sorted(RESULT_FILES))
def test_the_same_results_give_the_same_bytes(shown: Results, name: str) -> None:
    assert RESULT_FILES[name].write(shown) == RESULT_FILES[name].write(shown)


def test_a_formula_in_a_comment_stays_text(shown: Results) -> None:
    (part,) = [p for p in shown.sections if p.code == "1.2"]
    evil = replace(part.lines[0], words="=1+1")
    sections = tuple(replace(p, lines=(evil,)) if p.code == "1.2" else p for p in shown.sections)
    assert "'=1+1" in [row[2] for row in table(replace(shown, sections=sections))]


@pytest.mark.parametrize("name", sorted(RESULT_FILES))
def test_a_consultation_that_received_nothing_has_results_too(published: Office, name: str) -> None:
    release(published, slug=SLUG, now=CLOSED, actor="zhao")
    found = results(published, slug=SLUG, as_of=CLOSED)
    assert (found.counts.submissions, found.waiting, found.changes) == (0, 0, ())
    assert len(found.sections) == 5
    assert RESULT_FILES[name].write(found)


def test_the_name_of_somebody_who_may_not_be_quoted_is_no_key_word_either() -> None:
    said = Comment(1, 7, 0, 9, "陈大河说路灯暗。", theme=3)
    sent = Submission(7, "A", Channel.WEB, Speaker.INDIVIDUAL, OPEN, OPEN, said.text)
    theme = Theme(3, "2.1", "路灯暗", 1, (1,), 1, keywords=("陈大河", "路灯", "13800001234"))
    voices = Voices({7: sent}, {7: "#7"}, lambda _: ("陈大河", ""), {})
    ((line),) = result_lines([said], {3: theme}, {}, voices)
    assert (line.words, line.keywords) == ("", ("路灯",))
