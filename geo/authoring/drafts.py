"""Drafts of the projects in a text: candidates found by verb and noun, for a curator to review.

In a segment, the items of a list share the governing verb before them and any tail after them: in
"协同推进A、B开工建设和C等前期工作", A and B are to be started and C is in preparation. An item without a
noun of its own borrows the noun of the next item that has one: "布局建设雁江、安岳通用机场" names two
airports.

The word tables are short on purpose. Segments that they miss stay in the ledger as still to be
judged. Wrong candidates become drafts that a curator reviews and rejects, which costs less than a
missed project. A draft satisfies the data contract, so that the map can list it. The first word of
its basis marks it as a draft; in the ledger, the reason `to-judge` marks an unjudged segment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pypinyin import lazy_pinyin

from geo.core.faults import replace_invisible
from geo.core.home import County
from geo.layer.dataset import Dataset
from geo.layer.projects import Project
from geo.text.document import Document, Span
from geo.text.ledger import Entry, segments_of

VERBS: Final[Mapping[str, tuple[str, ...]]] = {
    "seek": ("争取", "争创", "创建", "申创", "申报"),
    "study": ("谋划", "论证", "研究"),
    "plan": (
        "规划建设", "规划布局", "布局建设", "谋划建设", "组织实施", "推动实施", "规划", "布局", "建设", "新建", "共建",
        "打造", "推进", "推动", "实施", "开展", "搭建", "建好", "建好用好",
    ),
    "start": ("开工建设", "启动建设", "开工", "启动"),
    "build": ("加快建设", "加快推进", "加快推动", "加快实施", "加快", "续建", "建成"),
    "upgrade": (
        "扩容提质", "提档升级", "改造提升", "提升改造", "改扩建", "提质改造", "提升", "改造", "扩容", "提速", "完善", "扩建", "升级",
        "整治", "修复",
    ),
}  # fmt: skip
"""Governing verbs, by the stage of the data contract that they imply."""

TAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "study": ("前期研究", "可行性研究"),
    "prepare": ("前期工作",),
    "start": ("开工建设",),
    "upgrade": (
        "改造提升", "扩能改造", "扩容改造", "提档升级", "提质升级", "改扩建", "改造", "扩容", "提升", "升级",
    ),
    "plan": ("规划建设", "建设", "开发"),
}  # fmt: skip
"""Tails: words after the governed items. Those of `plan` add nothing; the others set the stage."""

PLAIN_TAIL: Final = "plan"

NOUNS: Final[Mapping[str, tuple[str, ...]]] = {
    "rail": (
        "铁路", "高铁", "客专", "轨道交通", "市域线", "有轨电车", "高铁站", "火车站", "综合交通枢纽", "铁路专用线",
    ),
    "road": (
        "高速公路", "高速", "公路", "大道", "快速通道", "快速路", "绕城路", "环线", "大桥", "特大桥", "隧道",
        "国道", "省道", "旅游通道", "立交",
    ),
    "aviation": ("通用机场", "机场"),
    "logistics": (
        "物流园", "物流园区", "物流港", "无水港", "货运枢纽", "货基地", "物流中心", "物流基地", "港区", "货运站",
    ),
    "water": (
        "水库", "灌区", "引水工程", "供水工程", "调水工程", "水厂", "干渠", "水利枢纽", "泵站", "灌溉工程", "水源工程", "供水",
    ),
    "ecology": (
        "湿地公园", "森林公园", "湿地", "绿道", "生态廊道", "污水处理厂", "垃圾处理厂", "生态工程", "航道", "堤防工程",
        "防洪工程", "修复工程", "生态公园",
    ),
    "industry": (
        "产业园", "产业园区", "工业园", "工业园区", "开发区", "产业基地", "生产基地", "制造基地", "研制基地",
        "加工基地", "配送基地", "集中区", "集中发展区", "产业集群", "功能区", "光伏电站", "风电场", "变电站", "产业城",
    ),
    "services": (
        "商贸城", "步行街", "特色街区", "商业街区", "批发市场", "农贸市场", "商务区", "消费中心", "金融中心", "会展中心", "美食城",
    ),
    "agriculture": (
        "农业园区", "农业产业园", "种植基地", "养殖基地", "保供基地", "融合发展示范园", "示范带", "农业带", "体验园", "良种场",
    ),
    "culture_tourism": (
        "旅游区", "度假区", "景区", "博物馆", "文化馆", "美术馆", "遗址公园", "文化公园", "古镇", "文化走廊", "文旅城",
    ),
    "urban": (
        "新区", "新城", "片区", "城市公园", "体育公园", "特色小镇", "小镇", "停车场", "职教城", "保障房", "安置房",
    ),
    "innovation": (
        "创新中心", "研究中心", "孵化器", "孵化园", "科技园", "科创园", "实验室", "创新基地", "分中心", "研究院", "创新园", "科学城",
    ),
    "opening_up": ("综合保税区", "保税物流中心", "试验区", "自由贸易区", "创业园"),
    "public_service": (
        "医院", "卫生院", "中学", "小学", "幼儿园", "学校", "学院", "养老院", "服务中心", "临床中心", "图书馆",
        "体育馆", "体育中心", "福利院", "数据中心",
    ),
    "regional": ("示范区", "先行区", "合作区", "协作带", "经济带", "协同区", "走廊", "前沿区"),
}  # fmt: skip
"""Nouns that end the name of a project, by the sector that they suggest; the longest match wins."""

ENDINGS: Final = (
    "一期工程", "二期工程", "三期工程", "续建工程", "新建工程", "改建工程", "扩建工程", "一期", "二期", "三期", "工程", "项目",
)  # fmt: skip
"""Words after the noun that still belong to the name: 污水处理厂二期工程."""


def _longest_first(table: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(table, key=lambda word: (-len(word), word))))


STAGE_OF_VERB: Final = {verb: stage for stage, verbs in VERBS.items() for verb in verbs}
STAGE_OF_TAIL: Final = {tail: stage for stage, tails in TAILS.items() for tail in tails}
SECTOR_OF_NOUN: Final = {noun: sector for sector, nouns in NOUNS.items() for noun in nouns}

VERB: Final = re.compile(_longest_first(STAGE_OF_VERB))
TAIL: Final = re.compile(rf"等?({_longest_first(STAGE_OF_TAIL)})$")
NAMED: Final = re.compile(
    rf"(?P<head>.*?)(?P<noun>{_longest_first(SECTOR_OF_NOUN)})"
    rf"(?:{'|'.join(ENDINGS)})?(?:[(（][^()（）]*[)）])?"
)
"""A name: its head, its noun, and what may follow the noun (一期工程, or words in brackets)."""
OF_A_KIND: Final = re.compile(r"(?P<one>.+?)等(?P<kind>.+)")
AND: Final = re.compile("以及|和|及|与")
SHORTEST_HEAD: Final = 2
"""Minimum number of characters before the noun: 龙口水库 is a name, 水库 alone is not."""
LONGEST_BORROWER: Final = 6
"""Maximum number of characters of an item that borrows a noun: a place name, not a phrase."""
LATEST_VERB: Final = 4
"""Last index at which a further item may have a verb of its own; a later verb is part of a name."""


@dataclass(frozen=True)
class Proposal:
    """A candidate: its name, the codes suggested by its words, and the span of its quote."""

    name: str
    sector: str
    stage: str
    stage_term: str
    clause: str
    span: Span


@dataclass(frozen=True)
class _Item:
    """An item of a list: its name, the noun that earlier items can borrow, and its end."""

    name: str
    noun: str
    sector: str
    end: int


@dataclass(frozen=True)
class _Governed:
    """A governing verb: its start in the segment, the word that determines the stage, the stage."""

    begin: int
    term: str
    stage: str


def proposals(document: Document) -> Iterator[Proposal]:
    """Yield the candidates of a document in the order of its text."""
    for clause in document.clauses:
        for segment in segments_of(document, clause.numeral):
            for name, sector, verb, end in _in_segment(document.slice(segment)):
                span = Span(segment.start + verb.begin, segment.start + end)
                yield Proposal(name, sector, verb.stage, verb.term, clause.numeral, span)


Found = tuple[str, str, _Governed, int]
"""A name, its sector, its governing verb, and the end of its quote in the segment."""


def _in_segment(words: str) -> Iterator[Found]:
    verb: _Governed | None = None
    items: list[_Item] = []
    for start, end in _split(words):
        name_start = start
        match = _governing(words[start:end], first=verb is None)
        if match:
            if verb:
                yield from _candidates(items, verb)
            verb = _Governed(start + match.start(), match[0], STAGE_OF_VERB[match[0]])
            name_start, items = start + match.end(), []
        if verb is None:
            continue
        tail = TAIL.search(words, name_start, end)
        items.append(_item(words[name_start : tail.start() if tail else end], name_start))
        if tail:
            yield from _candidates(items, _with_tail(verb, tail[1]), tail.end())
            items = []
    if verb:
        yield from _candidates(items, verb)


def _with_tail(verb: _Governed, tail: str) -> _Governed:
    """Return the verb of a list with this tail, which determines the stage unless it is plain."""
    stage = STAGE_OF_TAIL[tail]
    return verb if stage == PLAIN_TAIL else _Governed(verb.begin, tail, stage)


def _candidates(
    items: list[_Item], verb: _Governed, tail_end: int | None = None
) -> Iterator[Found]:
    """Yield the candidates of a list; a quote ends with the tail if there is one, else the name."""
    borrowers: list[_Item] = []
    for item in items:
        if not item.noun:
            if 0 < len(item.name) <= LONGEST_BORROWER and not item.name.startswith("“"):
                borrowers.append(item)
            continue
        names = [borrower.name + item.noun for borrower in borrowers] + [item.name]
        for name in names:
            yield name, item.sector, verb, tail_end or item.end
        borrowers = []


def _split(words: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each item of a segment, split at 、 outside brackets and at "and".

    An "and" splits only after the name of a project or after a tail: 和平水库 is one name.
    """
    start, depth = 0, 0
    for at, character in enumerate(words):
        depth += (character in "(（") - (character in ")）")
        conjunction = AND.match(words, at)
        if depth == 0 and character == "、":
            yield start, at
            start = at + 1
        elif depth == 0 and conjunction and at >= start and _closes(words, start, at):
            yield start, at
            start = conjunction.end()
    yield start, len(words)


def _closes(words: str, start: int, end: int) -> bool:
    """Return whether a project name, or the tail after a governing verb, ends at `end`."""
    tail = TAIL.search(words, start, end)
    governed = tail and VERB.search(words, 0, tail.start())
    return bool(governed or NAMED.fullmatch(words, start, end))


def _governing(item: str, *, first: bool) -> re.Match[str] | None:
    """Return the governing verb of an item: the last one before a project name, else the first.

    A further item of a list only has a governing verb near its start; a later verb is part of a
    name.
    """
    verbs = [verb for verb in VERB.finditer(item) if TAIL.sub("", item[verb.end() :])]
    named = [verb for verb in verbs if _item(TAIL.sub("", item[verb.end() :]), 0).noun]
    if first:
        return named[-1] if named else next(iter(verbs), None)
    early = [verb for verb in named if verb.start() <= LATEST_VERB]
    return early[-1] if early else next((verb for verb in verbs if verb.start() == 0), None)


def _item(words: str, start: int) -> _Item:
    """Return an item; "乐至站等综合交通枢纽" is named 乐至站综合交通枢纽 and lends 综合交通枢纽."""
    end = start + len(words)
    kind = OF_A_KIND.fullmatch(words)
    name, category = (kind["one"], kind["kind"]) if kind else (words, "")
    specific, general = NAMED.fullmatch(name), NAMED.fullmatch(category)
    if general:
        sector = SECTOR_OF_NOUN[general["noun"]]
        return _Item(name if specific else name + category, category, sector, end)
    if specific and len(specific["head"]) >= SHORTEST_HEAD:
        noun = name[len(specific["head"]) :]
        return _Item(name, noun, SECTOR_OF_NOUN[specific["noun"]], start + len(name))
    return _Item(words, "", "", end)


MARK_ZH: Final = "草稿："
MARK_EN: Final = "Draft: "
TO_JUDGE: Final = "to-judge"
REASON: Final = {
    "zh": "草稿：尚待判断是不是项目",
    "en": "Draft: still to be judged, project or not",
}
NOTE: Final = {"note_zh": "尚待判断", "note_en": "Still to be judged"}

LONGEST_SLUG: Final = 60
"""Maximum number of characters of a draft's slug, well within the contract's 80."""

SHORTEST_COUNTY: Final = 2
"""Length of a county's name that cannot be shortened: 达县 is not called 达."""


@dataclass(frozen=True)
class ToDo:
    """What is left for the curator: drafts to review, and segments to judge."""

    drafts: tuple[Project, ...]
    segments: tuple[Entry, ...]

    def __len__(self) -> int:
        return len(self.drafts) + len(self.segments)


def is_draft(project: Project) -> bool:
    """Return whether a project is still an unreviewed draft."""
    return project.basis.startswith(MARK_ZH) or project.basis_in("en").startswith(MARK_EN)


def to_do(dataset: Dataset) -> ToDo:
    """Return what is left to do in a dataset, in the order of its text."""
    drafts = [project for project in dataset.projects.values() if is_draft(project)]
    drafts.sort(key=lambda project: (project.anchors[0].start, project.anchors[0].end, project.id))
    segments = [entry for entry in dataset.ledger.entries if entry.reason == TO_JUDGE]
    return ToDo(tuple(drafts), tuple(segments))


def draft_features(
    document: Document, candidates: Iterable[Proposal], counties: Iterable[County]
) -> list[dict[str, Any]]:
    """Return the candidates as features without geometry, one per name, sorted by id.

    A name that occurs twice in the text becomes one feature with two anchors.
    """
    by_name: dict[str, list[Proposal]] = {}
    for candidate in candidates:
        # Text copied from a web page has many invisible characters, which only the quotes keep.
        by_name.setdefault(replace_invisible(candidate.name, instead=""), []).append(candidate)
    places = list(counties)
    features: dict[str, dict[str, Any]] = {}
    for name, same in by_name.items():
        slug = _free(_slug(name), features)
        features[slug] = _feature(document, slug, name, same, places)
    return [features[slug] for slug in sorted(features)]


def _feature(
    document: Document, slug: str, name: str, same: list[Proposal], places: list[County]
) -> dict[str, Any]:
    first = same[0]
    named = [county for county in places if _short(county.name_zh) in name]
    spans = dict.fromkeys((candidate.clause, candidate.span) for candidate in same)
    return {
        "type": "Feature",
        "id": slug,
        "properties": {
            "id": slug,
            "name_zh": name,
            "name_en": _pinyin_name(name),
            "sector": first.sector,
            "counties": [county.code for county in named or places],
            "outside": [],
            "stage": first.stage,
            "stage_term": first.stage_term,
            "anchors": [document.anchor(clause, span) for clause, span in spans],
            "precision": "unlocated",
            "extent": "site",
            "uncertainty_m": None,
            "basis": _basis(bool(named)),
            "references": [],
        },
        "geometry": None,
    }


def _short(county: str) -> str:
    """Return a county's name as it appears in project names: 安岳 for 安岳县."""
    return county[:-1] if len(county) > SHORTEST_COUNTY else county


def _basis(named: bool) -> str:  # noqa: FBT001 - its only argument
    counties_zh = "县（区）取自名称" if named else "县（区）未判断，暂列全部"
    counties_en = (
        "its county is taken from the name"
        if named
        else "its counties are not judged: all are named"
    )
    return (
        f"{MARK_ZH}由动词和设施名词自动找出，位置未查；{counties_zh}；英文名暂用拼音。\n"
        f"{MARK_EN}found by its verb and noun, its place not looked for; {counties_en};"
        " the English name is pinyin."
    )


def _slug(name: str) -> str:
    joined = re.sub(r"[^a-z0-9]+", "-", "-".join(lazy_pinyin(name)).lower()).strip("-")
    return joined[:LONGEST_SLUG].strip("-") or "project"


def _free(slug: str, taken: Mapping[str, Any]) -> str:
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def _pinyin_name(name: str) -> str:
    return " ".join(lazy_pinyin(name)).capitalize()


def unjudged_entries(
    document: Document, features: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield a ledger entry for each segment that no feature's anchor overlaps."""
    anchors = [anchor for feature in features for anchor in feature["properties"]["anchors"]]
    segments = (
        (clause.numeral, span)
        for clause in document.clauses
        for span in segments_of(document, clause.numeral)
    )
    for numeral, span in segments:
        if not any(anchor["start"] < span.end and span.start < anchor["end"] for anchor in anchors):
            yield {
                "clause": numeral, "start": span.start, "end": span.end,
                "text": document.slice(span), "reason": TO_JUDGE, **NOTE,
            }  # fmt: skip
