"""The zip of an archive, written as a stream: the same members in give the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.export import archive_check
from consult.export.archive_check import MANIFEST

# The first instant a zip can hold: the time of writing must not show in the bytes.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
VERIFIER: Final = "verify.py"
CHAIN_VERIFIER: Final = "verify_chain.py"  # names the event that does not hold
README: Final = "README.txt"
_README: Final = """\
这是一次征求意见的完整档案。
verify.py       核对：python3 verify.py 档案.zip（只需 Python 3，不需要安装任何程序）
verify_chain.py 只查事件链，逐条指出问题，并与早先的首值比较（--against）
manifest.json   目录：每个文件的 SHA-256、事件链首值、核对数字、程序版本
documents/      导出的全部文件（摘要、汇总表等），写档案时生成
data/           全部数据，每个表一个文件，每行一条记录（JSON）；字节写成 base64
  submissions   来件；原文、联系方式和附件是密文，没有密钥打不开
  comments      意见；links 归属，themes 同类意见，decisions 采纳情况，runs 各次分析的版本和参数
  events        事件链：谁、何时、做了什么；不含来件文字
keys.sealed.json 用口令封存的密钥（写档案时给了口令才有；它能打开本单位的全部来件，请妥善保管）
恢复：consult --data-dir 空目录 restore 档案.zip --passphrase-file 口令文件

This is the whole archive of one consultation. To verify: python3 verify.py ARCHIVE.zip
To restore the site from it: consult --data-dir EMPTY restore ARCHIVE.zip --passphrase-file FILE
Originals, contacts and attachments are ciphertext; the keys are in it only under a passphrase.
"""


class ArchiveWriter:
    """Writes members one after the other and, at the end, the manifest with their hashes."""

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path, "w")
        self._members: dict[str, dict[str, object]] = {}

    def __enter__(self) -> ArchiveWriter:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file, whole or not."""
        self._zip.close()

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a member piece by piece."""
        digest, size = hashlib.sha256(), 0
        with self._member(name) as member:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
        self._members[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def add_rows(self, table: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Write the rows of a table, a line each."""
        self.add(f"data/{table}.jsonl", _lines(rows))

    def finish(self, about: Mapping[str, object]) -> None:
        """Add what explains the archive, and the manifest."""
        verifier = Path(archive_check.__file__).read_bytes()
        self.add(VERIFIER, [verifier])
        self.add(README, [_README.encode()])
        manifest = {**about, "members": dict(sorted(self._members.items()))}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        with self._member(MANIFEST) as member:
            member.write(text.encode())

    def _member(self, name: str) -> BinaryIO:
        entry = ZipInfo(name, _NO_TIME)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = 3  # the same on every system
        entry.external_attr = 0o600 << 16
        return self._zip.open(entry, "w", force_zip64=True)  # type: ignore[return-value]


def _lines(rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
