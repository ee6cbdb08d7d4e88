"""A letter that was read in the wrong encoding is read again, and nothing is double."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.services import vault
from consult.services.analyse import analyse
from consult.services.office import Office
from consult.services.redecode import readings, redecode
from consult.store import changes, comments, events, submissions, totals
from tests.conftest import SLUG
from tests.mails import letter, part
from tests.services.test_take_letters import stored, take, text_of

WORDS = "建議在步道上加裝路燈，並把步道加寬到三公尺。"
# What a label that is wrong makes of it: valid GB18030, so nothing can be told from the bytes.
WRONG = WORDS.encode("big5hkscs").decode("gb18030")
LETTER = letter(part(WORDS.encode("big5hkscs"), charset="gb2312", how="8bit"))


def taken(office: Office, folder: Path) -> submissions.StoredSubmission:
    take(office, folder, LETTER)
    (item,) = stored(office)
    assert text_of(office, item) == WRONG
    return item


def test_the_right_reading_is_among_those_shown_and_the_present_one_is_marked(
    published: Office, tmp_path: Path
) -> None:
    item = taken(published, tmp_path)
    found = readings(published, slug=SLUG, number=item.value.number)
    assert (found[0].codec, found[0].text, found[0].now) == ("big5hkscs", WORDS, False)
    assert [(r.codec, r.text) for r in found if r.now] == [("gb18030", WRONG)]


def test_comments_are_made_anew_without_doubling_and_the_original_stays(
    published: Office, tmp_path: Path
) -> None:
    item = taken(published, tmp_path)
    number, identifier = item.value.number, item.value.id
    original = vault.letter(published, item)
    analyse(published, slug=SLUG, actor="test")
    before = comments.of_submission(published.store.db, identifier)
    redecode(published, slug=SLUG, number=number, codec="big5hkscs", why="乱码", actor="li")
    analyse(published, slug=SLUG, actor="test")
    (again,) = stored(published)
    after = comments.of_submission(published.store.db, identifier)
    assert text_of(published, again) == WORDS
    assert "".join(comment.text for comment in after) == WORDS
    assert {c.number for c in before}.isdisjoint(c.number for c in after)
    assert vault.letter(published, again) == original
    assert [version for version, *_ in changes.earlier(published.store.db, identifier)] == [1]
    last = events.newest(published.store.db, 1, {"redecoded"})
    assert last is not None
    assert (last.actor, last.why, last.after["encoding"]) == ("li", "乱码", "big5hkscs")
    sums = totals.accounting(published.store.db, 1)
    assert (sums.received, sums.listed, sums.balanced) == (1, 1, True)
    assert events.verify(published.store.db) is None


def test_what_cannot_be_read_again_is_refused_and_changes_nothing(
    published: Office, tmp_path: Path
) -> None:
    number = taken(published, tmp_path).value.number
    for codec, why, error, code in [
        ("big5hkscs", " ", InputRefused, r"redecode\.why"),
        ("idna", "乱码", InputRefused, r"redecode\.codec"),
        ("gb18030", "乱码", Conflict, r"redecode\.same"),
    ]:
        with pytest.raises(error, match=code):
            redecode(published, slug=SLUG, number=number, codec=codec, why=why, actor="li")
    with pytest.raises(NotFound):
        readings(published, slug=SLUG, number="0000-0000")
    assert [text_of(published, item) for item in stored(published)] == [WRONG]
