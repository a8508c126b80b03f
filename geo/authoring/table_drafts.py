"""Candidates from the rows of a table: the codes that a row's cells, and what is above it, suggest.

The name is the cell, word for word. The quote is the whole row, so that the words on place, content
and money are bound to the project as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from geo.authoring.candidates import Candidate
from geo.authoring.drafts import LONGEST_NAME
from geo.authoring.place_layers import PlaceLayers, whereabouts
from geo.authoring.tables import Above, TableRow, TableText
from geo.authoring.vocabulary import Vocabulary, Words
from geo.core.validation import TEXT
from geo.text.document import Document, Span

COMPLETED: Final = (
    "竣工", "投产", "建成", "完工", "通车", "并网", "验收", "投用", "投运", "转场", "达产", "试运行", "交付", "扫尾", "收尾", "尾工",
    "投入使用", "投入运营", "completion", "completed", "opening",
)  # fmt: skip
"""Words of a project that is finished in the year of the list: it is being built until then."""

STAGE_WORDS: Final[Words] = {
    "seek": ("争取",),
    "study": ("谋划", "策划", "研究", "论证", "预可研", "feasibility", "study", "studies"),
    "prepare": (
        "前期", "储备", "预备", "待开工", "可研", "工可", "可行性", "初步设计", "初设", "施工图", "施工招标", "施工准备", "施工许可", "招标", "招投标", "立项",
        "环评", "报批", "审批", "核准", "征地", "征迁", "拆迁", "勘察", "选址", "方案设计", "preparation", "design", "procurement",
        "tender",
    ),
    "start": ("新开工", "拟开工", "计划开工", "开工建设", "开工", "动工", "启动建设", "starting", "start"),
    "build": (
        *COMPLETED, "续建", "在建", "加快建设", "施工", "设备安装", "安装", "主体", "封顶", "封底", "浇筑", "吊装", "贯通", "铺轨", "架设",
        "架梁", "填筑", "开挖", "掘进", "土建", "桩基", "基坑", "路基", "路面", "土石方", "土方", "场平", "装修", "调试", "试车", "试生产", "蓄水", "截流",
        "设备进场", "搬入", "清淤", "continuing", "ongoing", "under construction",
    ),
    "upgrade": (
        "改扩建", "扩建", "改建", "改造", "技改", "迁建", "提升", "升级", "整治", "修复", "upgrade", "expansion", "extension",
        "renovation", "rehabilitation", "widening",
    ),
    "plan": ("新建", "规划", "拟建", "建设", "new", "planned", "proposed"),
}  # fmt: skip
"""Words of the columns "建设性质", "形象进度" or "Status", by stage."""

FURTHEST: Final = ("build", "upgrade", "start", "prepare", "study", "seek")
"""Of several stages in a cell the first of these counts: 完成征地，主体施工 is being built."""
DONE: Final = "完成"
"""A word that tells of progress only where no other does: 完成可研 is a preparation."""
ABOVE: Final = re.compile(
    "(?:计划新开工|新开工|计划开工|拟开工|开工|续建|在建|预备|储备|前期|拟建|竣工投产|建成投产|竣工|投产|谋划|策划)"
    "(?:类|推进|工作|准备)*(?:工程|项目)?"
    r"|\b(?:under construction|ongoing|in preparation|proposed|planned)\b(?: (?:works|projects))?",
    re.IGNORECASE,
)
"""What a section, a sheet or a title says of the stage of all its rows."""
PLANNED_START: Final = re.compile("(?:拟|计划|预计|力争)开工")
"""The heading of a column that holds the day of a start to come."""
PLAIN: Final = ("建设", "项目")
"""Words of a row that tell its stage no further: it is planned."""

SECTOR_WORDS: Final[Words] = {
    "rail": ("铁路", "轨道", "rail"),
    "road": ("公路", "道路", "高速", "交通", "桥", "road", "transport", "highway"),
    "aviation": ("机场", "航空", "民航", "airport", "aviation"),
    "logistics": ("物流", "仓储", "冷链", "港口", "港航", "水运", "logistics", "port"),
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

SECTOR_NOUNS: Final[Words] = {
    "rail": ("高速铁路", "铁路", "城际", "地铁", "动车所", "站房", "轨道"),
    "road": ("环岛路", "高架", "道路", "路网", "环路", "通道", "干线公路", "服务区", "公路", "高速", "国道", "省道", "航空路"),
    "aviation": ("航站楼", "空港", "飞行区"),
    "logistics": ("泊位", "港口", "作业区", "码头", "物流", "冷链", "仓储", "货场", "航运枢纽", "船闸"),
    "water": ("水资源配置", "引调水", "调水", "引水", "水源地", "水源保障", "供水", "水利", "水闸", "海堤", "灌溉", "蓄滞洪区"),
    "ecology": ("水生态", "生态修复", "污水", "固废", "垃圾", "治理", "水系", "绿化", "碧道", "防洪", "堤防", "大堤"),
    "industry": (
        "核电", "风电", "光伏", "电站", "电厂", "热电", "热电联产", "储能", "电网", "联网工程", "输变电", "变电站", "换流站", "天然气", "LNG", "油气",
        "煤矿", "乙烯", "丙烯", "炼化", "化纤", "化工", "一体化", "钢", "不锈钢", "铜箔", "铝", "多晶硅", "碳化硅", "硅片", "锂电池", "电池", "芯片", "半导体", "面板", "生产线", "产能",
        "新材料", "材料", "制造", "智造", "汽车", "装备", "纺织", "鞋服", "食品", "造纸", "水泥", "制药", "医药", "器械", "机器人", "产业园", "产业基地",
    ),
    "services": ("商业综合体", "酒店", "会展", "商圈", "总部基地"),
    "agriculture": (
        "种源基地", "种业", "育种", "养殖", "种植", "高标准农田", "渔港", "粮库", "粮食储备", "屠宰", "茶园", "果园", "蔬菜", "农业", "农产品",
    ),
    "culture_tourism": ("旧址", "遗址", "遗产", "文旅", "旅游", "影视城", "文化园", "文化城", "非遗", "剧院", "古城"),
    "urban": ("城市更新", "老旧小区", "棚户区", "安置", "管廊", "停车", "城中村", "住房"),
    "innovation": ("算力", "大科学装置", "重点实验室", "研发中心"),
    "public_service": (
        "大学", "校区", "学校", "医疗中心", "医院", "疾控中心", "养老", "康养", "殡仪馆", "职业技术", "高中", "体育场", "文化中心", "院区",
    ),
}  # fmt: skip
"""Nouns of names in lists, by sector, besides those of texts; the last one in a name decides."""
PORT: Final = re.compile("港|湾|海")
STATION: Final = re.compile("(?:高铁|铁路|城际|轨道|地铁).*站$")
VAGUE: Final = ("通道", "一体化")
"""Nouns that tell the sector only where neither the category nor a heading does."""
FAIRWAY: Final = "航道"
"""A channel is for the ships of a port, or else one of the waterways of `ecology`."""
ENERGY: Final = re.compile(
    "核电|风电|光伏|电站|电厂|热电|储能|电网|联网工程|输变电|变电|换流|天然气|LNG|油气|煤|(?<!新)能源|电力|energy|power|solar|wind",
    re.IGNORECASE,
)
ENERGY_REMARK: Final = (
    "能源在代码表中没有单独的领域，归入最接近的产业（industry）",
    "energy has no sector of its own in the codelist: the nearest is industry",
)

LINE: Final = re.compile(
    "铁路|高铁|轨道|客专|城际|市域线|有轨电车|地铁|高速|公路|大道|快速路|通道|环线|国道|省道|路网|干道|环岛路|道路|连接线|航道|输变电|电网|联网工程|"
    "输电|线路|管道|管线|管网|管廊|引水|调水|输水|供水|水资源配置|干渠|渠道|绿道|碧道|廊道|走廊|堤防|海堤|河道|路$|(?<!产)线$|"
    "[河江溪](?:.{0,8})(?:治理|整治|修复|生态)|railway|line|highway|road|bypass|expressway|corridor|canal|pipeline|street|greenway",
    re.IGNORECASE,
)
SITE: Final = re.compile(
    "枢纽|中心$|站房|站$|[^输]变电站|电站|泵站|大桥|桥$|互通|立交|服务区|停车|机场|航站|水厂|泊位|码头|水库|厂$|医院|大学|学校|校区|院区|museum|station|bridge|airport|hospital|school",
    re.IGNORECASE,
)
ZONE: Final = re.compile(
    "园$|园区|产业园|工业园|公园|开发区|新区|片区|新城|集中区|度假区|景区|旅游区|示范区|试验区|保税区|灌区|功能区|产业城|科学城|文旅城|物流港|高标准农田|"
    "城市更新|小区|流域|湿地|park|zone|estate",
    re.IGNORECASE,
)

SEVERAL: Final = re.compile("等?[0-9二两三四五六七八九十]+个(?:子)?(?:项目|工程)")
BRACKETS: Final = re.compile(r"[(（][^()（）]*[)）]")
UNKNOWN_SECTOR: Final = "urban"
UNKNOWN_STAGE: Final = "plan"
LONGEST_QUOTE: Final = int(str(TEXT["maxLength"]))
LONGEST_TERM: Final = 20


@dataclass(frozen=True)
class Told:
    """A stage, the word that tells it, and where that word stands, "" for none."""

    stage: str
    term: str
    source: str


SOURCES: Final = {
    "column": "by a column", "above": "by the heading, sheet or title above", "name": "by the name",
    "content": "by the content", "heading": "by the heading of a column", "default": "by --stage",
    "": "not told by any word",
}  # fmt: skip
"""Where the stage of a row comes from, for the summary of `init`."""


class RowReader:
    """Reads the stage, sector and extent of rows; `default` is the stage of rows that tell none."""

    def __init__(self, words: Vocabulary, default: str = "") -> None:
        self.words, self.default = words, default

    @cached_property
    def stages(self) -> Mapping[str, str]:
        """The stage of each word of a column, those of the home included."""
        own = {word: stage for stage, listed in self.words.verbs.items() for word in listed}
        stages = {**own, **_by_word(STAGE_WORDS)}
        return {word: stage for word, stage in stages.items() if word != DONE}

    @cached_property
    def nouns(self) -> Mapping[str, str]:
        """The sector of each noun that a name may have, those of the home included."""
        both = {**_by_word(SECTOR_NOUNS), **self.words.sector_of_noun()}
        return {noun.lower(): sector for noun, sector in both.items()}

    @cached_property
    def noun(self) -> re.Pattern[str]:
        """Any noun of a name."""
        return re.compile("|".join(_ordered(self.nouns)), re.IGNORECASE)

    def lead(self, cells: Mapping[str, str], above: Above) -> str:
        """Return the words above a row that say its stage, "" if the row itself says as much."""
        phrase = next((match[0] for words in above if (match := ABOVE.search(words))), "")
        stages = [self._stage_of(word) for word in _words_in(phrase, self.stages)]
        own = self._by_columns(cells)
        further = own is None or min(map(_rank, stages), default=len(FURTHEST)) < _rank(own.stage)
        return phrase if further else ""

    def stage(self, row: TableRow, quote: str) -> Told:
        """Return the stage of a row, by the surest of the words that tell it."""
        for told in self._tellings(row, quote):
            if told.term and told.term in quote:
                return told
        term = next((word for word in PLAIN if word in quote), row.cells["name"][:LONGEST_TERM])
        return Told(self.default or UNKNOWN_STAGE, term, "default" if self.default else "")

    def _tellings(self, row: TableRow, quote: str) -> Iterator[Told]:
        lead = self.lead(row.cells, row.above)
        terms = sorted(_words_in(lead, self.stages), key=lambda word: _rank(self._stage_of(word)))
        yield _told(next(iter(terms), ""), self.stages, "above")
        yield self._by_columns(row.cells) or Told("", "", "")
        yield _told(_longest(row.cells.get("stage", ""), self.stages), self.stages, "column")
        for role in ("name", "content"):
            yield _told(_longest(row.cells.get(role, ""), self.stages), self.stages, role)
        start = PLANNED_START.search(quote)
        yield Told("start", start[0] if start else "", "heading")

    def _by_columns(self, cells: Mapping[str, str]) -> Told | None:
        """Return the stage by the columns of progress and kind; None if they say 新建, or nothing."""
        found: dict[str, str] = {}
        for role in ("progress", "goal", "stage"):
            # The last word of a cell tells most, such as 施工 of 主体施工.
            for word in reversed(_words_in(cells.get(role, ""), self.stages)):
                stage = self._stage_of(word)
                # 推进改造 is the progress of works that have begun, not their kind.
                begun = stage == "upgrade" and role != "stage"
                found.setdefault("build" if begun else stage, word)
        stage = min(found, key=_rank, default="")
        if stage in FURTHEST:
            return Told(stage, found[stage], "column")
        done = not found and any(DONE in cells.get(role, "") for role in ("progress", "goal"))
        return Told("build", DONE, "column") if done else None

    def _stage_of(self, word: str) -> str:
        return self.stages.get(word) or self.stages[word.lower()]

    def sector(self, row: TableRow) -> tuple[str, bool]:
        """Return the sector of a row, and whether it is certain.

        The last noun of the name tells it, or else its category, or else the headings above it.
        """
        name = row.cells["name"]
        for words in (BRACKETS.sub("", name), name):
            nouns = self.noun.findall(words)
            if nouns and STATION.search(words):
                return "rail", True
            if nouns and nouns[-1] == FAIRWAY and PORT.search(words):
                return "logistics", True
            if nouns and nouns[-1] not in VAGUE:
                return self.nouns[nouns[-1].lower()], True
        sectors = _by_word(SECTOR_WORDS)
        found = _longest(name, sectors)
        if found and not self.noun.search(name):
            return sectors[found.lower()], True
        unsure = ""
        for words in (row.cells.get("sector", ""), *row.above):
            named = [sectors[word.lower()] for word in _words_in(words, sectors)]
            if named and len(set(named)) == 1:
                return named[0], True
            unsure = unsure or next(iter(named), "")
        nouns = self.noun.findall(name)
        return (self.nouns[nouns[-1].lower()], True) if nouns else (unsure, False)

    def extent(self, name: str, sector: str) -> str:
        """Return the extent by the last of the words that tell it, or else by the sector."""
        words = re.sub(
            r"(?:[一二三四五六七八九]期)?(?:扩容|改造|提升)*(?:工程|项目)*$",
            "",
            BRACKETS.sub("", name),
        )
        ends = {
            extent: max((match.end() for match in pattern.finditer(words)), default=-1)
            for extent, pattern in (("site", SITE), ("line", LINE), ("zone", ZONE))
        }
        last = max(ends, key=lambda extent: ends[extent])
        if ends[last] >= 0:
            return last
        return "line" if sector in {"rail", "road"} else "site"

    def several(self, name: str) -> bool:
        """Return whether a cell names several projects: "A水库、B水库", "A等2个项目"."""
        if SEVERAL.search(name):
            return True
        if self.words.language == "en":
            return ";" in name
        bare = BRACKETS.sub("", name)
        parts = [part for part in re.split("[、；;，+＋和及与暨]", bare) if part]
        named = [part for part in parts if (noun := self.noun.search(part)) and noun.start() > 1]
        return len(parts) > 1 and len(named) > 1


def table_candidates(
    document: Document, table: TableText, reader: RowReader, ground: PlaceLayers, place: str
) -> Iterator[tuple[Candidate, Told]]:
    """Yield a candidate for each row that names a project, in table order, with how its stage is told.

    `place` is what the whole place is called.
    """
    clause_at = {clause.span.start: clause.numeral for clause in document.clauses}
    for row in table.rows:
        line = document.text.rfind("\n", 0, row.start) + 1
        span = Span(row.start, min(row.end, row.start + LONGEST_QUOTE))
        told = reader.stage(row, document.slice(span))
        sector, certain = reader.sector(row)
        name, location = row.cells["name"], row.cells.get("location", "")
        guessed = {"sector": not certain, "stage": not told.source}
        yield Candidate(
            name[:LONGEST_NAME], sector or UNKNOWN_SECTOR, told.stage, told.term, clause_at[line], span,
            several=reader.several(name), location=location,
            guessed=tuple(code for code, is_guess in guessed.items() if is_guess),
            extent=reader.extent(name, sector), where=whereabouts(location, name, ground, place),
            remarks=tuple(_remarks(row, sector, told)),
        ), told  # fmt: skip


def _remarks(row: TableRow, sector: str, told: Told) -> Iterator[tuple[str, str]]:
    if told.source == "above":
        yield (
            f"阶段据表题或分类“{told.term}”",
            f"its stage is that of the heading above it, “{told.term}”",
        )
    if told.source == "default":
        yield (
            "原文未说明阶段，按编者指定",
            "the text does not tell its stage, which the curator stated",
        )
    if told.stage == "build" and told.term.lower() in (*COMPLETED, DONE):
        yield (
            f"原文写明“{told.term}”，计为在建",
            f"the text says “{told.term}”; it counts as being built",
        )
    about = " ".join((row.cells["name"], row.cells.get("sector", ""), row.section))
    if sector == "industry" and ENERGY.search(about):
        yield ENERGY_REMARK


def _rank(stage: str) -> int:
    return FURTHEST.index(stage) if stage in FURTHEST else len(FURTHEST)


def _told(term: str, stages: Mapping[str, str], source: str) -> Told:
    return Told(stages.get(term, stages.get(term.lower(), "")), term, source)


def _by_word(table: Words) -> dict[str, str]:
    return {word: code for code, words in table.items() for word in words}


def _ordered(words: Iterable[str]) -> list[str]:
    """Return the patterns of words, the longest first; an English one begins a word."""
    ordered = sorted(words, key=lambda one: (-len(one), one))
    return [rf"\b{re.escape(word)}" if word.isascii() else re.escape(word) for word in ordered]


def _words_in(words: str, table: Mapping[str, str]) -> list[str]:
    """Return the words of a table that occur in the words, as written there, none within another."""
    return re.findall("|".join(_ordered(table)), words, re.IGNORECASE)


def _longest(words: str, table: Mapping[str, str]) -> str:
    """Return the longest word of a table that occurs in the words, as it is written there."""
    return max(_words_in(words, table), key=len, default="")
