"""What is wrong with a page: to a screen reader, in the dark, on a small screen, on the console."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# WCAG 2.2 at level AA holds all earlier versions and level A.
_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WIDE, ZOOMED, NARROW = 1280, 640, 320  # pixels; 1280 at a zoom of 200 % lays out as 640
# Scheme, width, and what axe-core is to look at: colours and places alone change between the looks.
_LOOKS = (
    ("light", WIDE, {"type": "tag", "values": _AA}),
    ("dark", WIDE, {"type": "rule", "values": ("color-contrast",)}),
    ("light", NARROW, {"type": "rule", "values": ("target-size", "scrollable-region-focusable")}),
    ("light", ZOOMED, None),
)
# 长辈版: text of 18 pt (24 px) and targets of 60 px; elsewhere targets of 44 px. Links inside of a
# sentence are as high as its line; what is hidden from the eye is not measured.
_ELDER = "document.documentElement.classList.add('elder')"
_STANDARD = "document.documentElement.classList.remove('elder')"
_SMALL_TEXT = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !parent.checkVisibility()) continue;
    if (parent.closest(".visually-hidden, .trap, script, option, sup, svg")) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < 23.9) found.add(`${parent.tagName}.${parent.className} ${size}`);
  }
  return [...found];
}"""
_SMALL_TARGETS = """(least) => {
  const found = new Set();
  const kinds = "a[href], button, input, select, textarea, summary";
  for (const item of document.querySelectorAll(kinds)) {
    if (item.type === "hidden" || !item.checkVisibility({ opacityProperty: true })) continue;
    if (item.closest(".skip, .trap, .visually-hidden, .first-button")) continue;
    if (getComputedStyle(item).display === "inline") continue;
    const box = (item.closest(".form-check") || item).getBoundingClientRect();
    const name = `${item.tagName}.${item.className} ${item.textContent.trim().slice(0, 12)}`;
    if (box.height < least - 0.5) found.add(`${name} ${box.height}`);
  }
  return [...found];
}"""
_AXE = """(options) => axe.run(options).then((found) =>
  found.violations.map((fault) => [fault.id, fault.nodes.map((node) => node.target)]))"""
_CONTRAST: dict[str, object] = {"type": "rule", "values": ("color-contrast",)}
_WEIGHT = """() => [
  ...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource").filter((entry) => entry.initiatorType !== "img"),
].reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
_SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"


@dataclass(frozen=True)
class Inspection:
    """The faults of a page, each in words; ``small`` is what is too small to read or to hit.

    ``weight`` is the page with its files as they come over the wire, in bytes, pictures aside.
    """

    access: list[str]
    overflow: list[str]
    troubles: list[str]
    small: list[str]
    weight: int


def inspect(page: Page, troubles: list[str], *, public: bool = True) -> Inspection:
    """Look at the page that is open in every way it may be shown; 长辈版 is for the public."""
    access, overflow = [], []
    page.wait_for_load_state()  # until then a page weighs nothing
    weight = page.evaluate(_WEIGHT)
    for scheme, width, rules in _LOOKS:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        if rules is not None:
            access += [f"{scheme}, {width} px: {fault}" for fault in violations(page, rules)]
        if (excess := page.evaluate(_SIDEWAYS)) > 0:
            overflow.append(f"{width} px: {excess} px too wide")
    small = _elder(page, access, overflow) if public else []
    return Inspection(access, sorted(set(overflow)), list(troubles), small, weight)


def keep_picture(page: Page, name: str) -> None:
    """Keep pictures of a page to be looked at by a person, where ``PICTURES`` names a folder."""
    folder = os.environ.get("PICTURES")
    if folder is None:
        return
    for scheme, width in (("light", 390), ("light", WIDE), ("dark", 390)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        path = Path(folder) / f"{name.replace(' ', '-')}-{scheme}-{width}.png"
        page.screenshot(path=path, full_page=True)


def violations(page: Page, rules: dict[str, object]) -> list[str]:
    """Return what axe-core holds against a page: the rule and the elements."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)  # half a megabyte: once a page, not once a look
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    return [f"{name} {targets}" for name, targets in page.evaluate(_AXE, options)]


def _elder(page: Page, access: list[str], overflow: list[str]) -> list[str]:
    """Look at the page in 长辈版; returns what is too small there and in the standard view."""
    small = [f"standard: {target}" for target in page.evaluate(_SMALL_TARGETS, 44)]
    page.evaluate(_ELDER)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        access += [f"elder, {scheme}: {fault}" for fault in violations(page, _CONTRAST)]
    small += [f"elder: {item}" for item in page.evaluate(_SMALL_TEXT)]
    small += [f"elder: {target}" for target in page.evaluate(_SMALL_TARGETS, 60)]
    page.set_viewport_size({"width": NARROW, "height": 800})
    if (excess := page.evaluate(_SIDEWAYS)) > 0:
        overflow.append(f"elder, {NARROW} px: {excess} px too wide")
    page.evaluate(_STANDARD)
    return small
