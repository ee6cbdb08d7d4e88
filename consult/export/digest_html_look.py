"""The look of the digest as HTML: fonts of official documents, A4 in print, light paper."""

from __future__ import annotations

from typing import Final

# The shades are those of the Word document; black figures keep a contrast of 4.5 on each.
LOOK: Final = """
:root{color-scheme:light}
body{margin:0 auto;max-width:60rem;padding:1rem;color:#111;background:#fff;line-height:1.7;
font-family:FangSong,STFangsong,"Noto Serif CJK SC",serif}
h1,h2,h3,h4,th,.caption,.warning,strong{font-family:SimHei,"Heiti SC","Noto Sans CJK SC",sans-serif}
h1{font-size:1.6rem;text-align:center;margin:.4rem 0;white-space:pre-line}
h2{font-size:1.35rem;text-align:center;margin:2rem 0 1rem}
h3{font-size:1.2rem;margin:1.6rem 0 .5rem}
h4{font-size:1.05rem;margin:1.2rem 0 .4rem}
p{margin:.3rem 0;overflow-wrap:anywhere;white-space:pre-line}
.ask{font-weight:bold;margin-top:.8rem}
.detail,.quote,.gist{margin-left:2em}
.quote,.gist{font-family:KaiTi,"Kaiti SC","Noto Serif CJK SC",serif}
blockquote{margin:.2rem 0 .2rem 2em;overflow-wrap:anywhere;white-space:pre-line}
.caption{text-align:center;margin-top:1.2rem}
.warning{text-align:center;color:#b00000}
.byline{text-align:center}
.point{margin:.5rem 0}
.note{font-size:.9rem;color:#444}
nav ul{columns:2 18rem;padding-left:1.2rem;font-size:.95rem}
a{color:#1f4e8c}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.4rem 0}
th,td{border:1px solid #7f7f7f;padding:.15rem .4rem;overflow-wrap:anywhere}
td{white-space:pre-line}
table.lines th,table.lines td{border-width:1px 0}
thead th,th.band{background:#ededed}
th.band{text-align:left}
.number{text-align:center;white-space:nowrap}
.figure{text-align:center;font-size:1.6rem}
.bar{min-width:5rem}
.bar span{display:block;height:.7rem;background:#44618c}
.s1{background:#e4ebf5}.s2{background:#c9d7eb}.s3{background:#a9c0df}.s4{background:#86a6d0}
figure{margin:.5rem 0}
svg{width:100%;height:10rem}
rect{fill:#44618c}
line{stroke:#111;stroke-width:.5}
figcaption{font-size:.9rem;text-align:center}
@page{size:A4;margin:25mm 22mm}
@media print{body{max-width:none;padding:0;font-size:11pt}nav{display:none}
a{color:inherit;text-decoration:none}.wide{overflow:visible}thead{display:table-header-group}
tr,figure{break-inside:avoid}h1,h2,h3,h4,.ask,.caption{break-after:avoid}
.s1,.s2,.s3,.s4,.bar span,thead th{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
