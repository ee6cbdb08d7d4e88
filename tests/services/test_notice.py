"""The notice is ready to post: the figures of the results, reasons, and nobody's name."""

from __future__ import annotations

import io

import docx
import pytest

from consult.domain.results import Results
from consult.export.notice import notice_docx, notice_txt
from consult.services.office import Office
from consult.services.results import results
from tests.conftest import SLUG
from tests.services.test_results import CLOSED, answered, shown

__all__ = ["answered", "shown"]  # fixtures


def test_it_tells_what_came_what_became_of_it_and_why(shown: Results) -> None:
    text = notice_txt(shown).decode()

    counts = shown.counts
    assert text.startswith("关于《清河整治规划》公开征求意见采纳情况的公告\n")
    assert (
        f"收到来件{counts.submissions}件，来自{counts.people}人，整理出意见{counts.comments}条、"
        f"不同文本{counts.texts}种。"
    ) in text
    told = {item.value: n for item, n in shown.dispositions}
    assert f"正在研究{shown.waiting}条" in text
    assert sum(told.values()) + shown.waiting == counts.comments
    for section in shown.sections:
        for line in section.lines:
            if line.ruling and line.ruling.reason:
                assert line.ruling.reason in text
    assert text.rstrip().endswith(f"{CLOSED.year}年{CLOSED.month}月{CLOSED.day}日")


def test_word_and_text_say_the_same_and_the_same_again(shown: Results) -> None:
    data = notice_docx(shown)
    document = docx.Document(io.BytesIO(data))

    paragraphs = [p.text for p in document.paragraphs]
    text = [line.strip("　") for line in notice_txt(shown).decode().split("\n") if line]
    assert [line for p in paragraphs for line in p.split("\n") if line] == text
    assert (notice_docx(shown), notice_txt(shown)) == (data, notice_txt(shown))


def test_nobody_who_did_not_agree_is_named_or_quoted(shown: Results) -> None:
    text = notice_txt(shown).decode()

    assert [word for word in ("陈大河", "chen@example.com", "司法局") if word in text] == []


@pytest.mark.usefixtures("published")
def test_no_comments_at_all_is_a_correct_notice(published: Office) -> None:
    found = results(published, slug=SLUG, as_of=CLOSED, preview=True)

    text = notice_txt(found).decode()
    assert "征求意见期间没有收到意见。" in text
    assert "其中：" not in text
    assert "没有采纳" not in text
