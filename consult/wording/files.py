"""What is wrong with files that staff give: drafts, submissions, corpora, labelled sets."""

from __future__ import annotations

from typing import Final

FILES: Final[dict[str, str]] = {
    # evaluation
    "gold.line": "标注文件中“{line}”这一行用不了（{reason}），请更正后再试。",
    "gold.opposites": "对立观点文件第 {line} 行应有两个观点编号，中间用制表符隔开。",
    # a draft plan
    "draft.empty": "{name} 里没有文字。请确认选对了文件；扫描件请先转成文字。",
    "draft.unknown-type": "{name} 不是可以读取的 Word、文本或网页文件。"
    "请另存为 .docx、.txt 或 .html 后再试。",
    "draft.undecodable": "认不出 {name} 的文字编码（试过 {tried}）。请另存为 UTF-8 编码后再试。",
    "draft.encrypted": "{name} 设了打开密码。请在 Word 中取消密码，另存后再试。",
    "draft.old-word": "{name} 是旧版 Word 文件（.doc）。请在 Word 中另存为 .docx 后再试。",
    "draft.broken-docx": "{name} 已损坏，无法读取（{reason}）。"
    "请在 Word 中打开修复并另存，或重新取得文件。",
    "draft.too-large": "{name} 太大或太复杂：{what}超过上限 {limit}。"
    "请删去图片和附件，只留正文后再试。",
    "draft.no-headings": "没有找到带编号的标题（如“一、”“（一）”“1.”“第一章”），"
    "无法分出章节，没有发布。请给标题编号后再试。",
    # a file of submissions
    "corpus.exemplar": "{file} 第 {line} 行不能用（{reason}）：每行只含 text、section、voice。",
    "import.unknown-type": "还不能导入 {path}：可以导入的有 {allowed} 文件。",
    "item.undecodable": "这一行从第 {position} 个字节起不是 UTF-8 编码，请转换后再导入。",
    "item.bad-json": "这一行不是有效的 JSON（第 {column} 列：{reason}），请更正后再导入。",
    "item.not-an-object": "这一行应是一个 JSON 对象（{{…}}），现在是{found}。",
    "item.duplicate-key": "这一行中“{key}”写了两次，请只留一个。",
    "item.duplicate-id": "编号“{value}”与第 {line} 行重复。如果是另一份来件，请换一个编号。",
    "item.no-text": "缺少意见内容（text），请补上。",
    "item.blank-text": "意见内容（text）是空白，请补上。",
    "item.wrong-type": "“{value}”的类型不对（现在是{found}）：除 chosen 是文字列表外，都应是文字。",
    "item.wrong-channel": "没有“{value}”这个渠道，可用的有：{allowed}。",
    "item.wrong-speaker": "没有“{value}”这种身份，可用的有：{allowed}；不清楚就不写。",
    "item.wrong-publish": "publish 应为 true（同意引用原话）或 false，现在是“{value}”。",
    "item.wrong-date": "“{value}”不是有效的日期，请写成 2022-10-01 或 2022-10-01T09:30:00+08:00。",
    # the files of a corpus folder
    "corpus.missing-file": "资料文件夹里缺少 {file}，请补上。",
    "corpus.unreadable": "无法读取资料文件 {file}（{reason}）。请检查权限，并存为 UTF-8 编码。",
    "corpus.bad-toml": "资料文件 {file} 不是有效的 TOML（{reason}），请更正。",
    "corpus.missing-key": "{file} 缺少 {key}，或者它是空的，请补上。",
    "corpus.unknown-key": "{file} 中有不认识的 {key}，这里可用的有：{known}。",
    "corpus.wrong-type": "{file} 中 {key} 应是{wanted}，现在是{found}。",
    "corpus.wrong-value": "{file} 中 {key} 的值“{value}”不能用，请更正。",
    "corpus.wrong-choice": "{file} 中 {key} 的值“{value}”不能用，可用的有：{allowed}。",
    "corpus.wrong-code": "{file} 中 {key} 的编号“{value}”不对："
    "章的编号如 3，节的编号在章的编号后加点和序号，如 3.2。",
    "corpus.wrong-slug": "{file} 中 {key} 的名称“{value}”不能用："
    "只能是小写英文字母、数字和连字符，最多 60 个。",
    "corpus.wrong-timezone": "{file} 中 {key} 的时区“{value}”不存在，请写成 Asia/Shanghai 这样。",
    "corpus.window-reversed": "{file} 中 {key}：截止日期 {closes} 早于开始日期 {opens}，请更正。",
    "corpus.duplicate": "{file} 中 {key} 有重复的“{value}”，请只留一个。",
    "corpus.unknown-section": "{file} 中 {key} 写的章节“{value}”在提纲里没有，请更正。",
    "corpus.unknown-indicator": "{file} 中 {key} 写的指标“{value}”在提纲里没有，"
    "请更正，或写明 section。",
}
