"""Candidates from the rows of a table: the codes that a row's cells and its section suggest.

The name is the cell, word for word. The quote is the whole row, so that the words on place, content
and money are bound to the project as well.
"""

import re
from collections.abc import Iterator
from typing import Final

from geo.authoring.candidates import Candidate, reader_of
from geo.authoring.drafts import LONGEST_NAME
from geo.authoring.tables import TableRow, TableText
from geo.authoring.vocabulary import Vocabulary, Words
from geo.core.validation import TEXT
from geo.text.chinese_names import ChineseReader
from geo.text.document import Document, Span

STAGE_WORDS: Final[Words] = {
    "seek": ("争取",),
    "study": ("谋划", "研究", "论证", "feasibility", "study", "studies"),
    "prepare": ("前期", "储备", "预备", "待开工", "preparation", "design"),
    "start": ("新开工", "拟开工", "计划开工", "开工", "starting", "start"),
    "build": (
        "续建", "在建", "竣工", "投产", "建成", "完工", "收尾", "加快建设", "continuing", "ongoing", "under construction",
        "completion",
    ),
    "upgrade": (
        "改扩建", "扩建", "改建", "改造", "技改", "迁建", "提升", "升级", "整治", "修复", "upgrade", "expansion", "extension",
        "renovation", "rehabilitation", "widening",
    ),
    "plan": ("新建", "规划", "拟建", "建设", "new", "planned", "proposed"),
}  # fmt: skip
"""Words of the column "建设性质" or "Status", by stage; the longest one that occurs decides."""

SECTOR_WORDS: Final[Words] = {
    "rail": ("铁路", "轨道", "rail"),
    "road": ("公路", "道路", "高速", "交通", "桥", "road", "transport", "highway"),
    "aviation": ("机场", "航空", "民航", "airport", "aviation"),
    "logistics": ("物流", "仓储", "冷链", "港口", "logistics", "port"),
    "water": ("水利", "供水", "灌", "水务", "water", "irrigation"),
    "ecology": ("生态", "环保", "环境", "林业", "污染", "ecology", "environment"),
    "industry": ("工业", "制造", "能源", "产业", "电力", "化工", "材料", "industry", "manufacturing", "energy"),
    "services": ("商贸", "商业", "服务业", "金融", "市场", "commerce", "retail", "finance"),
    "agriculture": ("农业", "农林", "乡村", "粮食", "畜牧", "agriculture", "rural"),
    "culture_tourism": ("文化", "旅游", "文旅", "体育", "culture", "tourism"),
    "urban": ("城建", "城镇", "市政", "住房", "城市", "更新", "urban", "housing"),
    "innovation": ("科技", "创新", "新基建", "新型基础设施", "数字", "信息", "innovation", "digital"),
    "opening_up": ("开放", "保税", "口岸", "trade"),
    "public_service": (
        "教育", "卫生", "医疗", "健康", "社会", "民生", "公共服务", "养老", "education", "health", "social",
    ),
    "regional": ("区域", "合作", "regional"),
}  # fmt: skip
"""Words of a category or a section, by sector; the longest one that occurs decides."""

UNKNOWN_SECTOR: Final = "urban"
UNKNOWN_STAGE: Final = "plan"
LONGEST_QUOTE: Final = int(str(TEXT["maxLength"]))


def table_candidates(
    document: Document, table: TableText, words: Vocabulary
) -> Iterator[Candidate]:
    """Yield one candidate for each row that names a project, in the order of the table."""
    clause_at = {clause.span.start: clause.numeral for clause in document.clauses}
    reader = reader_of(words)
    for row in table.rows:
        line = document.text.rfind("\n", 0, row.start) + 1
        span = Span(row.start, min(row.end, row.start + LONGEST_QUOTE))
        quote = document.slice(span)
        stage, term = _stage(row, quote, words)
        sector = _sector(row, reader if isinstance(reader, ChineseReader) else None)
        yield Candidate(
            row.cells["name"][:LONGEST_NAME], sector or UNKNOWN_SECTOR, stage or UNKNOWN_STAGE,
            term or row.cells["name"][:LONGEST_TERM], clause_at[line], span,
            location=row.cells.get("location", ""),
            guessed=tuple(
                code for code, known in (("sector", sector), ("stage", stage)) if not known
            ),
        )  # fmt: skip


LONGEST_TERM: Final = 20


def _stage(row: TableRow, quote: str, words: Vocabulary) -> tuple[str, str]:
    """Return the stage of a row and the word that tells it, from its own column or else its name."""
    verbs = {**words.stage_of_verb(), **_by_word(STAGE_WORDS)}
    for cell in (row.cells.get("stage", ""), row.cells["name"], row.cells.get("content", "")):
        found = _longest(cell, verbs)
        if found and found in quote:
            return verbs[found.lower()] if found not in verbs else verbs[found], found
    return "", ""


def _sector(row: TableRow, reader: ChineseReader | None) -> str:
    """Return the sector that the noun of the name suggests, or else the category, or the section."""
    if reader:
        nouns = list(reader.noun.finditer(row.cells["name"]))
        if nouns:
            return reader.sectors[nouns[-1][0]]
    sectors = _by_word(SECTOR_WORDS)
    for words in (row.cells["name"], row.cells.get("sector", ""), row.section):
        found = _longest(words, sectors)
        if found:
            return sectors[found.lower()]
    return ""


def _by_word(table: Words) -> dict[str, str]:
    return {word: code for code, words in table.items() for word in words}


def _longest(words: str, table: dict[str, str]) -> str:
    """Return the longest word of a table that occurs in the words, as it is written there."""
    for word in sorted(table, key=lambda one: (-len(one), one)):
        pattern = rf"\b{re.escape(word)}" if word.isascii() else re.escape(word)
        match = re.search(pattern, words, re.IGNORECASE)
        if match:
            return match[0]
    return ""
