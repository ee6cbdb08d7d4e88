"""What comments ask of the draft's words and figures, from the run to the documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consult.domain.aim import Aim, Direction
from consult.domain.amendment import Amendment, AmendmentKind, Lookup
from consult.domain.comment import Comment, NewSubmission, Receipt
from consult.services.analyse import analyse
from consult.services.compile import compile_digest, compile_register
from consult.services.deliver import deliver
from consult.services.look_up import Key
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.revise import erase
from consult.store import comments
from tests.conftest import OPEN, SLUG

TEXT = (
    "1、步道建设一节，将“安装路灯和座椅”修改为“安装路灯、座椅和垃圾箱”。\n"
    "2、水质优良断面比例由90%改为95%。\n"
    "3、二（二）垂钓管理中删除“钓鱼协会”。"
)
REPLACED = Amendment(
    AmendmentKind.REPLACE, "安装路灯和座椅", "安装路灯、座椅和垃圾箱", 10, 35,
    lookup=Lookup.FOUND, section="2.1",
)  # fmt: skip
DELETED = Amendment(
    AmendmentKind.DELETE, "钓鱼协会", "", 11, 19, where="二（二）", lookup=Lookup.MISSING
)
FIGURE = Amendment(AmendmentKind.REPLACE, "90%", "95%", 10, 19, lookup=Lookup.FOUND, section="1.2")
RAISED = Aim(Direction.RAISE, "水质优良断面比例", "90%", "95%", 0, 20)


@pytest.fixture
def sent(published: Office) -> Receipt:
    receipt = receive(published, slug=SLUG, new=NewSubmission(TEXT, key="k"), now=OPEN)
    receive(published, slug=SLUG, new=NewSubmission("公交车半小时才来一班。"), now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    return receipt


def stored(office: Office) -> tuple[Comment, ...]:
    return comments.active(office.store.db, 1)


def test_a_run_stores_what_each_comment_asks_of_the_draft(published: Office, sent: Receipt) -> None:
    first, second, third, bus = stored(published)

    assert first.amendments == (REPLACED,)
    assert second.amendments == (FIGURE,)
    assert third.amendments == (DELETED,)
    assert [c.aims for c in (first, second, third)] == [(), (RAISED,), ()]
    assert (bus.amendments, bus.aims) == ((), ())
    assert first.text[REPLACED.start : REPLACED.end] == (
        "“安装路灯和座椅”修改为“安装路灯、座椅和垃圾箱”"
    )


def test_a_second_run_gives_the_same(published: Office, sent: Receipt) -> None:
    before = stored(published)

    analyse(published, slug=SLUG, actor="test")

    assert [(c.amendments, c.aims) for c in stored(published)] == [
        (c.amendments, c.aims) for c in before
    ]


def test_digest_and_register_list_them_with_their_comments(
    published: Office, sent: Receipt
) -> None:
    digest = compile_digest(published, slug=SLUG, as_of=OPEN)
    register = compile_register(published, slug=SLUG, as_of=OPEN)

    lines = {s.code: s.amendments for s in digest.sections if s.amendments}
    assert {code: [(a.number, a.label) for a in found] for code, found in lines.items()} == {
        "1.2": [(2, "一、（二）")],
        "2.1": [(1, "二、（一）")],
        "2.2": [(3, "")],
    }
    assert [(line.number, line.aim) for s in digest.sections for line in s.aims] == [(2, RAISED)]
    assert {row.number: row.amendments for row in register.rows if row.amendments} == {
        1: (REPLACED,),
        2: (FIGURE,),
        3: (DELETED,),
    }


def test_the_json_names_every_field(published: Office, sent: Receipt, tmp_path: Path) -> None:
    (path,) = deliver(published, slug=SLUG, out=tmp_path, as_of=OPEN, names=("digest.json",))

    sections = json.loads(path.read_bytes())["sections"]
    (section,) = [s for s in sections if s["code"] == "2.1"]
    assert section["amendments"] == [
        {
            "amendment": {
                "before": False, "end": 35, "kind": "replace", "lookup": "found",
                "new": "安装路灯、座椅和垃圾箱", "old": "安装路灯和座椅", "section": "2.1",
                "start": 10, "where": "",
            },
            "label": "二、（一）",
            "number": 1,
        }
    ]  # fmt: skip


def test_what_was_asked_is_erased_with_the_submission(published: Office, sent: Receipt) -> None:
    erase(published, slug=SLUG, key=Key(sent.number, sent.code))

    rows = published.store.db.query("select amendments, aims from comments order by number")
    assert [(row["amendments"], row["aims"]) for row in rows] == [("[]", "[]")] * 4
    data = (published.store.path).read_bytes()
    assert "垃圾箱".encode() not in data
