"""相反诉求 on the pages of the staff: under each other in the list and in the digest."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask.testing import FlaskClient
from lxml import html

from consult.services.office import Office
from tests.conftest import SLUG
from tests.services.asks import LITTER, of, run, send
from tests.services.test_opposites import AGAINST, ALLOW, OTHERS

BASE = f"/staff/c/{SLUG}"


def lines(page: html.HtmlElement) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.find_class("opposed")]


def test_opposite_asks_stand_under_each_other(
    published: Office, client: FlaskClient, staff: Callable[..., FlaskClient]
) -> None:
    send(published, *ALLOW, *AGAINST, *LITTER, *OTHERS)
    run(published)
    desk = staff(client)

    for address in (f"{BASE}/sections/2.2", f"{BASE}/sections/2.2/themes"):
        page = desk.page(address)
        links = [item.find("a").get("href") for item in page.find_class("opposed")]
        assert sorted(links) == sorted(f"{BASE}/themes/{of(published, n)}" for n in (1, 3))
    digest = desk.page(f"{BASE}/digest")
    targets = digest.xpath("//*[contains(@class, 'opposed')]//a[starts-with(@href, '#')]")
    asks = [digest.get_element_by_id(link.get("href")[1:]) for link in targets]
    # Each leads to the theme whose comment said so.
    assert [
        bool(ask.xpath(f".//a[.='{number}']")) for ask, number in zip(asks, (3, 1), strict=True)
    ] == [True] * 2
    said = [" ".join((*AGAINST, *ALLOW)).count(link.text) for link in targets]
    assert said == [1, 1]
    # Two allow it in the same words, each of the two others is against it in their own.
    assert [re.findall(r"\d 人、\d 条", line)[-1:] for line in lines(digest)] == [
        ["1 人、1 条"],
        ["2 人、2 条"],
    ]
