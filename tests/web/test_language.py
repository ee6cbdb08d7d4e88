from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from lxml import html

import consult.web
from consult.domain.comment import Receipt
from tests.web.client import fields

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = Path(consult.web.__file__).parent / "translations"
ENGLISH = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
HAN = re.compile("[\u4e00-\u9fff]+")
BASE = "/c/river-2024"


def wanted() -> set[str]:
    """Return every message in the code, found as ``pybabel extract`` finds them."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {"_": None, "gettext": None, "mark": None}
    found = extract_from_dir(str(ROOT), methods, options, keywords=keywords)
    return {message for _, _, message, _, _ in found}


def test_the_english_catalogue_has_every_message_and_no_other() -> None:
    with ENGLISH.open("rb") as file:
        catalogue = read_po(file, locale="en")
    translated = {message.id: message.string for message in catalogue if message.id}
    assert set(translated) == wanted()
    assert [key for key, words in translated.items() if not words or HAN.search(words)] == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with ENGLISH.open("rb") as file:
        source = {m.id: m.string for m in read_po(file, locale="en") if m.id}
    with ENGLISH.with_suffix(".mo").open("rb") as file:
        compiled = {m.id: m.string for m in read_mo(file) if m.id}
    assert compiled == source


def test_a_translation_has_the_same_fields_as_its_message() -> None:
    with ENGLISH.open("rb") as file:
        pairs = [(str(m.id), str(m.string)) for m in read_po(file, locale="en") if m.id]

    def names(text: str) -> set[str]:
        braces = {name for _, name, _, _ in Formatter().parse(text) if name}
        return braces | set(re.findall(r"%\((\w+)\)s", text))

    assert [key for key, words in pairs if names(key) != names(words)] == []


def chinese_outside_of_content(page: html.HtmlElement) -> list[str]:
    own = "not(ancestor-or-self::*[@lang='zh-Hans'])"
    texts = page.xpath(f"//body//text()[{own}] | //body//*[{own}]/@aria-label")
    return [text for text in texts if HAN.search(text)]


@pytest.mark.parametrize(
    "address",
    ["/", "/plan", "/plan/1", "/comment", "/status", "/privacy", "/receipt", "/plan/9"],
)
def test_in_english_only_the_content_is_chinese(client: FlaskClient, address: str) -> None:
    response = client.get(f"{BASE}{address}?lang=en")
    page = html.fromstring(response.text)
    assert page.get("lang") == "en"
    assert chinese_outside_of_content(page) == []


def test_the_journey_of_a_comment_is_in_english(client: FlaskClient) -> None:
    client.get(f"{BASE}/?lang=en")
    wrong = client.post(f"{BASE}/comment", data=client.fill(f"{BASE}/comment", name="x" * 101))
    sent = client.fill(f"{BASE}/comment", text="More lamps, please.", privacy="y")
    checked = client.post(f"{BASE}/comment", data=sent)
    client.post(f"{BASE}/comment/send", data=fields(html.fromstring(checked.text), 0))
    received = client.get(f"{BASE}/receipt")
    pages = [html.fromstring(answer.text) for answer in (wrong, checked, received)]
    assert [chinese_outside_of_content(page) for page in pages] == [[], [], []]
    assert [page.findtext(".//h1") for page in pages] == [
        "Comment",
        "Check before you send",
        "Your comment has been received",
    ]


def test_the_choice_is_kept_and_can_be_taken_back(client: FlaskClient) -> None:
    client.get(f"{BASE}/?lang=en")
    assert client.page(f"{BASE}/plan").get("lang") == "en"
    links = client.page(f"{BASE}/plan").xpath("//nav[@class='tools']//a/@href")
    assert links == ["?view=elder", "?lang=zh"]
    assert client.page(f"{BASE}/plan?lang=zh").get("lang") == "zh-Hans"


def test_an_unknown_language_changes_nothing(client: FlaskClient) -> None:
    response = client.get(f"{BASE}/?lang=xx")
    assert html.fromstring(response.text).get("lang") == "zh-Hans"
    assert response.headers.getlist("Set-Cookie") == []


def test_staff_pages_speak_english_too(
    client: FlaskClient, received: Receipt, staff: object
) -> None:
    client.get(f"{BASE}/?lang=en")
    page = staff(client).page("/staff/c/river-2024/sections/2.1")
    assert " ".join(page.find_class("reasons")[0].text_content().split()) == (
        "“路灯” ≈ 步道照明 (everyday words)"
    )
