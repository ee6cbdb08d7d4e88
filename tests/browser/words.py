"""What the pages call a thing: in Chinese as tests write it, or in English on an English page."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from playwright.sync_api import Locator, Page

CATALOGUE = Path(__file__).resolve().parents[2] / "consult/web/translations/en/LC_MESSAGES"
# What stands on the page that is neither Chinese data (marked as such) nor English.
CHINESE = """() => {
  const found = new Set(), chinese = /[\\u3001-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef]/;
  const foreign = (element) => element.closest("[lang]").lang.startsWith("zh");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!chinese.test(text) || foreign(parent)) continue;
    if (!parent.closest("script, textarea, option, [hidden]")) found.add(text);
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [alt], [placeholder]")) {
    for (const name of ["aria-label", "title", "alt", "placeholder"]) {
      const text = element.getAttribute(name) || "";
      if (chinese.test(text) && !foreign(element)) found.add(text);
    }
  }
  const title = document.title.split(" - ")[0];
  const heading = [...document.querySelectorAll("h1")].some(
    (element) => element.textContent.trim() === title && foreign(element));
  return [...found, ...(chinese.test(title) && !heading ? [title] : [])];
}"""


def said(page: Page, words: str) -> str:
    """Return how the page that is open says these words."""
    english = page.locator("html").get_attribute("lang") == "en"
    return _english().gettext(words) if english else words


def button(page: Page, words: str, *, exact: bool = False) -> Locator:
    """Return the button of this name."""
    return page.get_by_role("button", name=said(page, words), exact=exact)


@cache
def _english() -> gettext.NullTranslations:
    with (CATALOGUE / "messages.mo").open("rb") as file:
        return gettext.GNUTranslations(file)
