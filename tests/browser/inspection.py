"""What is wrong with a page: to a screen reader, in the dark, on a small screen, on the console."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
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
_SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"


@dataclass(frozen=True)
class Inspection:
    """The faults of a page, each in words."""

    access: list[str]
    overflow: list[str]
    troubles: list[str]


def inspect(page: Page, troubles: list[str]) -> Inspection:
    """Look at the page that is open in every way it may be shown."""
    access, overflow = [], []
    for scheme, width, rules in _LOOKS:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        if rules is not None:
            access += [f"{scheme}, {width} px: {fault}" for fault in violations(page, rules)]
        if (excess := page.evaluate(_SIDEWAYS)) > 0:
            overflow.append(f"{width} px: {excess} px too wide")
    return Inspection(access, sorted(set(overflow)), list(troubles))


def violations(page: Page, rules: dict[str, object]) -> list[str]:
    """Return what axe-core holds against a page: the rule and the elements."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{item['id']} {[node['target'] for node in item['nodes']]}" for item in found]
