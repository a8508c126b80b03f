"""Drafts of a text's projects: candidates found by verb and noun, written as features to be read.

In a segment the items of a list share the verb before them and what may follow them: in
"协同推进A、B开工建设和C等前期工作" A and B are to be started and C is in preparation. An item without a
noun of its own borrows that of the item it leads to: "布局建设雁江、安岳通用机场" names two airports.

The tables are short on purpose. What they miss stays in the ledger as still to be judged, and what they
take wrongly is a draft that a curator reads: a missed project costs more than a rejected one. A draft
keeps the data contract, so that the map can list it; the first word of its basis marks it as a draft, and
in the ledger the reason `to-judge` does the same.
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
"""Verbs before what they govern, by the stage of the contract that they mean."""

TAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "study": ("前期研究", "可行性研究"),
    "prepare": ("前期工作",),
    "start": ("开工建设",),
    "upgrade": (
        "改造提升", "扩能改造", "扩容改造", "提档升级", "提质升级", "改扩建", "改造", "扩容", "提升", "升级",
    ),
    "plan": ("规划建设", "建设", "开发"),
}  # fmt: skip
"""Words after what is governed; those of `plan` add nothing to the verb, the others set the stage."""

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
"""Nouns that end the name of a work, by the sector that they suggest; the longest one decides."""

ENDINGS: Final = (
    "一期工程", "二期工程", "三期工程", "续建工程", "新建工程", "改建工程", "扩建工程", "一期", "二期", "三期", "工程", "项目",
)  # fmt: skip
"""What may follow the noun and still belong to the name: 污水处理厂二期工程."""


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
"""A work: what makes a name of it, its noun, and what may follow (一期工程, or words in brackets)."""
OF_A_KIND: Final = re.compile(r"(?P<one>.+?)等(?P<kind>.+)")
AND: Final = re.compile("以及|和|及|与")
SHORTEST_HEAD: Final = 2
"""Characters before the noun that make a name of it: 龙口水库 is one, 水库 is none."""
LONGEST_BORROWER: Final = 6
"""Characters of an item that can borrow a noun: a place name, not a phrase."""
LATEST_VERB: Final = 4
"""Where at the latest a further item may begin with a verb of its own; later it is in a name."""


@dataclass(frozen=True)
class Proposal:
    """A candidate: its name, the codes its words suggest, and the quote that names it."""

    name: str
    sector: str
    stage: str
    stage_term: str
    clause: str
    span: Span


@dataclass(frozen=True)
class _Item:
    """An item of a list: its name as far as it has one, the noun it lends, and where it ends."""

    name: str
    noun: str
    sector: str
    end: int


@dataclass(frozen=True)
class _Governed:
    """A verb in a segment: where it begins, the word that gives the stage, and the stage."""

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
"""A name, its sector, what governs it, and where its quote ends in the segment."""


def _in_segment(words: str) -> Iterator[Found]:
    verb: _Governed | None = None
    items: list[_Item] = []
    for start, end in _split(words):
        own = start
        found = _governing(words[start:end], first=verb is None)
        if found:
            if verb:
                yield from _listed(items, verb)
            verb = _Governed(start + found.start(), found[0], STAGE_OF_VERB[found[0]])
            own, items = start + found.end(), []
        if verb is None:
            continue
        tail = TAIL.search(words, own, end)
        items.append(_item(words[own : tail.start() if tail else end], own))
        if tail:
            yield from _listed(items, _told_by(verb, tail[1]), tail.end())
            items = []
    if verb:
        yield from _listed(items, verb)


def _told_by(verb: _Governed, tail: str) -> _Governed:
    """Return what governs a list that ends in a tail: the tail tells the stage unless it is plain."""
    stage = STAGE_OF_TAIL[tail]
    return verb if stage == PLAIN_TAIL else _Governed(verb.begin, tail, stage)


def _listed(items: list[_Item], verb: _Governed, tail_end: int | None = None) -> Iterator[Found]:
    """Yield the candidates of a list; quotes end with the tail, or else with the name."""
    borrowers: list[_Item] = []
    for item in items:
        if not item.noun:
            if 0 < len(item.name) <= LONGEST_BORROWER and not item.name.startswith("“"):
                borrowers.append(item)
            continue
        names = [one.name + item.noun for one in borrowers] + [item.name]
        for name in names:
            yield name, item.sector, verb, tail_end or item.end
        borrowers = []


def _split(words: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each item of a segment: parted by 、 outside brackets, and by "and".

    "And" parts two items only where a work or a tail ends before it: 和平水库 is one name.
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
    """Say whether a work, or the tail of what a verb before it governs, ends here."""
    tail = TAIL.search(words, start, end)
    governed = tail and VERB.search(words, 0, tail.start())
    return bool(governed or NAMED.fullmatch(words, start, end))


def _governing(item: str, *, first: bool) -> re.Match[str] | None:
    """Return the verb that governs an item: the last with a work after it, or else the first.

    In a further item of a list it stands near the start; later it is part of a name.
    """
    verbs = [verb for verb in VERB.finditer(item) if TAIL.sub("", item[verb.end() :])]
    named = [verb for verb in verbs if _item(TAIL.sub("", item[verb.end() :]), 0).noun]
    if first:
        return named[-1] if named else next(iter(verbs), None)
    early = [verb for verb in named if verb.start() <= LATEST_VERB]
    return early[-1] if early else next((verb for verb in verbs if verb.start() == 0), None)


def _item(words: str, start: int) -> _Item:
    """Return an item of a list; "乐至站等综合交通枢纽" is 乐至站综合交通枢纽 and lends 综合交通枢纽."""
    end = start + len(words)
    kind = OF_A_KIND.fullmatch(words)
    one, lent = (kind["one"], kind["kind"]) if kind else (words, "")
    own, general = NAMED.fullmatch(one), NAMED.fullmatch(lent)
    if general:
        sector = SECTOR_OF_NOUN[general["noun"]]
        return _Item(one if own else one + lent, lent, sector, end)
    if own and len(own["head"]) >= SHORTEST_HEAD:
        noun = one[len(own["head"]) :]
        return _Item(one, noun, SECTOR_OF_NOUN[own["noun"]], start + len(one))
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
"""Characters of a draft's slug, well within the 80 of the contract."""

SHORTEST_COUNTY: Final = 2
"""Characters of a county's name that cannot be shortened: 达县 is not called 达."""


@dataclass(frozen=True)
class ToDo:
    """What is left for the curator: drafts to be read, and segments to be judged."""

    drafts: tuple[Project, ...]
    segments: tuple[Entry, ...]

    def __len__(self) -> int:
        return len(self.drafts) + len(self.segments)


def is_draft(project: Project) -> bool:
    """Say whether a project is as the first reading left it."""
    return project.basis.startswith(MARK_ZH) or project.basis_in("en").startswith(MARK_EN)


def to_do(dataset: Dataset) -> ToDo:
    """Return what is left to do in a folder, in the order of its text."""
    drafts = [project for project in dataset.projects.values() if is_draft(project)]
    drafts.sort(key=lambda project: (project.anchors[0].start, project.anchors[0].end, project.id))
    segments = [entry for entry in dataset.ledger.entries if entry.reason == TO_JUDGE]
    return ToDo(tuple(drafts), tuple(segments))


def draft_features(
    document: Document, found: Iterable[Proposal], counties: Iterable[County]
) -> list[dict[str, Any]]:
    """Return the candidates as features without geometry, one per name, sorted by id.

    A name that the text holds twice is one feature with two anchors.
    """
    by_name: dict[str, list[Proposal]] = {}
    for one in found:
        # A text off a web page is full of characters that nobody sees; its quotes keep them.
        by_name.setdefault(replace_invisible(one.name, instead=""), []).append(one)
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
    named = [one for one in places if _short(one.name_zh) in name]
    spans = dict.fromkeys((one.clause, one.span) for one in same)
    return {
        "type": "Feature",
        "id": slug,
        "properties": {
            "id": slug,
            "name_zh": name,
            "name_en": _pinyin_name(name),
            "sector": first.sector,
            "counties": [one.code for one in named or places],
            "outside": [],
            "stage": first.stage,
            "stage_term": first.stage_term,
            "anchors": [document.anchor(clause, span) for clause, span in spans],
            "precision": "unlocated",
            "uncertainty_m": None,
            "basis": _basis(bool(named)),
            "references": [],
        },
        "geometry": None,
    }


def _short(county: str) -> str:
    """Return a county's name as names of works use it: 安岳 for 安岳县."""
    return county[:-1] if len(county) > SHORTEST_COUNTY else county


def _basis(named: bool) -> str:  # noqa: FBT001 - the one thing that differs
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
    """Yield a ledger entry for each segment that no feature's anchor touches."""
    anchors = [one for feature in features for one in feature["properties"]["anchors"]]
    segments = (
        (clause.numeral, span)
        for clause in document.clauses
        for span in segments_of(document, clause.numeral)
    )
    for numeral, span in segments:
        if not any(one["start"] < span.end and span.start < one["end"] for one in anchors):
            yield {
                "clause": numeral, "start": span.start, "end": span.end,
                "text": document.slice(span), "reason": TO_JUDGE, **NOTE,
            }  # fmt: skip
