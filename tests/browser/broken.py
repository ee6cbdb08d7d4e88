"""The program with a fault in it, so that the page for such a case can be looked at."""

from __future__ import annotations

from consult.__main__ import main
from consult.web.public import reading


def fault(*_given: object) -> object:
    raise RuntimeError("a fault on purpose")


if __name__ == "__main__":
    reading.search_plan = fault  # type: ignore[assignment]
    main()
