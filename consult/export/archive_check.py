"""核对一次征求意见的档案（zip），只用 Python 3 标准库：python3 verify.py 档案.zip

Verifies an archive: its members against the manifest's SHA-256, the event chain link by link, and
the counts. This file lies in every archive as ``verify.py`` and runs without the program; the
program itself checks with it before it restores. To be sure of a file from elsewhere use a copy of
this script that did not come with it, and compare the chain's head with the one printed on receipts
and documents.

退出码 0：完整、未改动；1：有问题。
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

FORMAT = "consult-archive/1"
MANIFEST, KEYS = "manifest.json", "keys.sealed.json"
CHUNK = 1 << 20  # bytes read at a time
LINE = 400 << 20  # bytes of the longest row: an attached file and its base 64
MANIFEST_BYTES = 4 << 20
MOST_MEMBERS = 1000
RATIO = 250  # a member that unpacks to more than so many times its size is no table of ours
RATIO_FROM = 8 << 20  # bytes from which the ratio counts: a small one does no harm
NAME = re.compile(r"[A-Za-z0-9._-]{1,80}(/[A-Za-z0-9._-]{1,80})?", re.ASCII)
HASHED = ("number", "consultation", "at", "actor", "verb", "subject", "why", "before", "after")


class Damaged(Exception):
    """What is wrong with an archive, in words for a person."""


def check(file: BinaryIO) -> dict[str, Any]:
    """Return the manifest of a sound archive; raises ``Damaged``. Nothing is unpacked to disk."""
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_tricks(archive)
            manifest = read_manifest(archive)
            _compare(archive, manifest)
            _chain(archive, manifest)
            _count(archive, manifest)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged("内容的格式不对") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        # After the other: JSON nested too deeply is a RuntimeError as well.
        raise Damaged("不是完整的 zip 文件，可能没有传完") from error
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Read the list of what the archive holds."""
    if MANIFEST not in archive.namelist():
        raise Damaged(f"缺少 {MANIFEST}")
    if archive.getinfo(MANIFEST).file_size > MANIFEST_BYTES:
        raise Damaged(f"{MANIFEST} 太大")
    manifest = json.loads(archive.read(MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Damaged("不是征求意见的档案，或由更新的程序写成")
    if not isinstance(manifest.get("members"), dict):
        raise Damaged(f"{MANIFEST} 没有列出内容")
    return manifest


def rows(archive: zipfile.ZipFile, table: str) -> Iterator[Any]:
    """Yield the rows of a table, a line each."""
    with archive.open(f"data/{table}.jsonl") as member:
        while line := member.readline(LINE):
            if not line.endswith(b"\n"):
                raise Damaged(f"data/{table}.jsonl 有一行不完整或太长")
            yield json.loads(line)


def _refuse_tricks(archive: zipfile.ZipFile) -> None:
    """Refuse names that lead elsewhere, doubles, overlaps, and what unpacks without end."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    if len(entries) > MOST_MEMBERS:
        raise Damaged("文件太多")
    end = 0
    for entry in entries:
        if not NAME.fullmatch(entry.filename) or ".." in entry.filename.split("/"):
            raise Damaged(f"含有不该有的文件名 {entry.filename[:80]!r}")
        if entry.flag_bits & 1:
            raise Damaged(f"{entry.filename} 设了密码")
        if entry.header_offset < end:
            raise Damaged(f"{entry.filename} 与另一个文件重叠")
        end = entry.header_offset + entry.compress_size
        if entry.file_size > max(RATIO_FROM, RATIO * entry.compress_size):
            raise Damaged(f"{entry.filename} 解压后大得不正常")
    twice = [name for name, times in Counter(archive.namelist()).items() if times > 1]
    if twice:
        raise Damaged(f"{twice[0]} 出现了两次")


def _compare(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    listed, found = manifest["members"], set(archive.namelist()) - {MANIFEST}
    for name in sorted(listed.keys() - found):
        raise Damaged(f"缺少 {name}")
    for name in sorted(found - listed.keys()):
        raise Damaged(f"多出 {name}")
    for name in sorted(listed):
        digest, size = hashlib.sha256(), 0
        with archive.open(name) as member:
            while size <= listed[name]["bytes"] and (chunk := member.read(CHUNK)):
                size += len(chunk)
                digest.update(chunk)
        if (size, digest.hexdigest()) != (listed[name]["bytes"], listed[name]["sha256"]):
            raise Damaged(f"{name} 被改动过")


def _chain(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Follow the chain of events; of other consultations' events only the hash is known."""
    previous, expected = "0" * 64, 1
    for row in rows(archive, "events"):
        known = row["verb"] == "withheld" or link(row) == row["hash"]
        if row["number"] != expected or row["previous"] != previous or not known:
            raise Damaged(f"事件链在第 {expected} 号事件断开（详情用 verify_chain.py 查）")
        previous, expected = row["hash"], expected + 1
    if previous != manifest["head"]:
        raise Damaged("事件链的首值与目录不符")


def link(row: dict[str, Any]) -> str:
    """Return the hash of an event: of the hash before it and of what it says."""
    said = [row[name] for name in HASHED]
    body = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{row['previous']}\n{body}".encode()).hexdigest()


def _count(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Count submissions and comments anew and compare them with the accounting of the documents."""
    sums = manifest["accounting"]
    states = Counter(row["state"] for row in rows(archive, "submissions"))
    said: Counter[str] = Counter()
    for row in rows(archive, "comments"):
        if row["state"] == "active":
            own = row["section"] in {"general", "offplan", ""}
            said[(row["section"] or "unassigned") if own else "mapped"] += 1
    counted = {
        "received": sum(states.values()) - states["held"], "listed": states["active"],
        "withdrawn": states["withdrawn"], "erased": states["erased"], "held": states["held"],
        "comments": sum(said.values()),
        **{name: said[name] for name in ("mapped", "general", "offplan", "unassigned")},
    }  # fmt: skip
    for name, number in counted.items():
        if sums[name] != number:
            raise Damaged(f"核对不平：{name} 写的是 {sums[name]}，数出来是 {number}")


def main(arguments: list[str]) -> int:
    """Check the archive that is named; returns the exit code."""
    if len(arguments) != 1:
        sys.stdout.write(f"{__doc__}\n")
        return 1
    try:
        with open(arguments[0], "rb") as file:  # noqa: PTH123 - the oldest Pythons too
            manifest = check(file)
    except OSError as error:
        sys.stdout.write(f"有问题：打不开 {arguments[0]}（{error.strerror}）\n")
        return 1
    except Damaged as error:
        sys.stdout.write(f"有问题：{error}。\n")
        return 1
    sums = manifest["accounting"]
    sys.stdout.write(
        f"完整，未改动：{manifest['title']}\n"
        f"文件 {len(manifest['members'])} 个，来件 {sums['received']} 件，"
        f"意见 {sums['comments']} 条\n事件链首值 {manifest['head']}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
