"""Shards and answers on their way between processes."""

from __future__ import annotations

import sys

from consult.analysis.engine import map_shards
from consult.analysis.sending import put, taken


def test_texts_arrive_as_they_are_and_the_sent_ones_grow_no_larger():
    texts = ["评价" * 50, "", "𠮷\ud800" * 5, "plain and long", "短"]
    shard = [(text, {"of": texts}, 3) for text in texts]
    before = [sys.getsizeof(text) for text in texts]

    assert map_shards(list, [texts, tuple(texts), shard, []], processes=2) == [
        texts, texts, shard, [],
    ]  # fmt: skip
    assert [sys.getsizeof(text) for text in texts[:4]] == before[:4]


def test_many_bytes_go_by_a_file_that_is_gone_when_they_are_taken(tmp_path):
    few, many = bytes(1 << 16), bytes(1 << 17)

    packed = put(many, tmp_path)

    assert put(few, tmp_path) == few
    assert [*tmp_path.iterdir()] == [packed]
    assert taken(packed) == many
    assert [*tmp_path.iterdir()] == []


def test_where_no_file_can_be_written_many_bytes_go_as_they_are(tmp_path):
    many = bytes(1 << 17)

    for folder in (None, tmp_path / "missing"):
        assert taken(put(many, folder)) == many


def test_shards_and_answers_of_many_bytes_come_back_whole():
    shards = [[chr(0x4E00 + n) * 100_000, n] for n in range(3)]

    assert map_shards(tuple, shards, processes=2) == [tuple(shard) for shard in shards]
