"""The program with a fault in it, so that the page for such a case can be looked at."""

from __future__ import annotations

from consult.__main__ import main
from consult.domain.comment import NewSubmission
from consult.domain.errors import StoreUnready, TooMany
from consult.web.public import reading, sending


def fault(*_given: object) -> object:
    raise RuntimeError("a fault on purpose")


def refuse(*_given: object, new: NewSubmission, **_more: object) -> object:
    """Fail in the way the text names."""
    if "太多" in new.text:
        raise TooMany("limit.posts", seconds=3600)
    if "满了" in new.text:
        raise StoreUnready("store.full", reason="disk full")
    raise RuntimeError("a fault on purpose")


if __name__ == "__main__":
    reading.search_plan = fault  # type: ignore[assignment]
    sending.receive = refuse  # type: ignore[assignment]
    main()
