"""A digest that is issued is an act; the next one tells what is new, grown and gone since."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.digest import Digest
from consult.domain.errors import Conflict
from consult.domain.since import Novelty
from consult.export.digest_highlights import highlights
from consult.export.digest_markdown import digest_markdown
from consult.services.compile import compile_digest
from consult.services.issue_digest import issue_digest, issued_digests
from consult.services.merge_themes import merge_themes
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.revise import Key, withdraw
from consult.store import events
from tests.conftest import OPEN, SLUG
from tests.services.asks import LITTER, NIGHT, of, run, seen, send

NOW = datetime(2024, 6, 1, tzinfo=UTC)
TREES = "绿化太少，建议沿岸再种三百棵柳树。"


def digest(office: Office) -> Digest:
    return compile_digest(office, slug=SLUG, as_of=NOW)


def novelties(found: Digest) -> dict[tuple[int, ...], tuple[Novelty | None, int]]:
    return {
        line.numbers: (line.novelty, line.fresh)
        for section in found.sections
        for line in section.themes
    }


def test_before_the_first_analysis_nothing_can_be_issued(published: Office) -> None:
    with pytest.raises(Conflict) as refused:
        issue_digest(published, slug=SLUG, actor="li")

    assert refused.value.code == "digest.unread"
    assert issued_digests(published, slug=SLUG) == ()


def test_without_an_issued_digest_nothing_is_called_new(published: Office) -> None:
    send(published, *LITTER, *NIGHT)
    run(published)

    found = digest(published)
    assert (found.since, novelties(found)) == (None, {(1, 2): (None, 0), (3, 4): (None, 0)})


def test_issuing_is_an_act_and_the_next_digest_tells_what_changed(published: Office) -> None:
    send(published, *LITTER, *NIGHT)
    run(published)
    issued = issue_digest(published, slug=SLUG, actor="li")
    receive(published, slug=SLUG, now=OPEN, new=NewSubmission(text=LITTER[0], chosen=("2.2",)))
    receive(published, slug=SLUG, now=OPEN, new=NewSubmission(text=TREES, chosen=("2.2",)))
    run(published)

    found = digest(published)

    assert (issued.number, issued.run, issued.comments) == (1, 1, 4)
    (event,) = [e for e in events.of(published.store.db, [f"consultation:{SLUG}"])
                if e.verb == "digest-issued"]  # fmt: skip
    assert (event.actor, dict(event.after)) == ("li", {"issue": 1, "run": 1, "comments": 4})
    assert novelties(found) == {
        (1, 2, 5): (Novelty.GROWN, 1),
        (3, 4): (Novelty.SAME, 0),
        (6,): (Novelty.NEW, 1),
    }
    assert found.since is not None
    assert (found.since.added, found.since.gone, found.since.lines) == ((5, 6), (), ())
    line = dict(highlights(found))["与上次摘要相比："]
    assert "新增意见2条（意见5, 6），新提出的诉求1项，增多的诉求1项，不再单列的诉求0项。" in line
    text = digest_markdown(found).decode()
    assert (text.count("〔增加1条〕"), text.count("〔新提出〕")) == (1, 1)


def test_what_is_no_line_any_more_is_told_with_where_it_went(published: Office) -> None:
    send(published, *LITTER, *NIGHT)
    receipt = receive(
        published, slug=SLUG, now=OPEN, new=NewSubmission(text=TREES, chosen=("2.3",))
    )
    run(published)
    issue_digest(published, slug=SLUG, actor="li")
    night, litter = of(published, 3) or 0, of(published, 1) or 0
    merge_themes(published, slug=SLUG, theme=night, into=litter, why="同一诉求", actor="li",
                 seen=seen(published, night))  # fmt: skip
    withdraw(published, slug=SLUG, key=Key(receipt.number, receipt.code), now=OPEN)

    since = digest(published).since

    assert since is not None
    assert since.gone == (5,)
    told = [
        (line.numbers, line.standing, bool(line.label), bool(line.into)) for line in since.lines
    ]
    # what was withdrawn has no words any more, in no table
    assert told == [((3, 4), (3, 4), True, True), ((5,), (), False, False)]


def test_an_issued_digest_is_compared_with_by_the_next_only(published: Office) -> None:
    send(published, *LITTER, *NIGHT)
    run(published)
    issue_digest(published, slug=SLUG, actor="li")
    second = issue_digest(published, slug=SLUG, actor="wang")

    assert [item.number for item in issued_digests(published, slug=SLUG)] == [2, 1]
    assert second.actor == "wang"
    assert digest(published).since is not None
    assert novelties(digest(published)) == {
        (1, 2): (Novelty.SAME, 0),
        (3, 4): (Novelty.SAME, 0),
    }
