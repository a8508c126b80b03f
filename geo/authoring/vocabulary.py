"""The words that drafts are found by: governing verbs by stage, facility nouns by sector.

The tables are short on purpose. What they miss stays in the ledger as still to be judged, and a home
can add words of its own (`verbs` and `nouns` in its `home.json`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

Words = Mapping[str, tuple[str, ...]]
"""Words by the code of a stage or a sector."""

VERBS: Final[Words] = {
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

TAILS: Final[Words] = {
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

NOUNS: Final[Words] = {
    "rail": (
        "铁路", "高铁", "客专", "轨道交通", "市域线", "有轨电车", "高铁站", "火车站", "综合交通枢纽", "铁路专用线",
    ),
    "road": (
        "高速公路", "高速", "公路", "大道", "快速通道", "快速路", "绕城路", "环线", "大桥", "特大桥", "隧道",
        "国道", "省道", "旅游通道", "立交", "桥", "互通", "绕城线", "公路桥", "连接线", "快速干道",
    ),
    "aviation": ("通用机场", "机场"),
    "logistics": (
        "物流园", "物流园区", "物流港", "无水港", "货运枢纽", "货基地", "物流中心", "物流基地", "港区", "货运站", "码头", "冷链中心",
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
        "加工基地", "配送基地", "集中区", "集中发展区", "产业集群", "功能区", "光伏电站", "风电场", "变电站", "产业城", "抽水蓄能电站", "标准厂房",
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
        "医院", "卫生院", "中学", "小学", "幼儿园", "学校", "学院", "养老院", "服务中心", "临床中心", "控制中心", "图书馆",
        "体育馆", "体育中心", "福利院", "数据中心",
    ),
    "regional": ("示范区", "先行区", "合作区", "协作带", "经济带", "协同区", "走廊", "前沿区"),
}  # fmt: skip
"""Nouns that end the name of a project, by the sector that they suggest; the longest match wins."""

ENDINGS: Final = (
    "一期工程", "二期工程", "三期工程", "续建工程", "新建工程", "改建工程", "扩建工程", "改造工程", "一期", "二期", "三期", "四期",
    "工程", "项目",
)  # fmt: skip
"""Words after the noun that still belong to the name: 污水处理厂二期工程."""

VERBS_EN: Final[Words] = {
    "seek": ("seek", "apply for", "bid for", "lobby for"),
    "study": ("study", "feasibility study", "feasibility studies", "investigate", "assess", "explore"),
    "prepare": ("prepare", "preparatory work", "preliminary work", "detailed design", "acquire land"),
    "plan": (
        "plan", "propose", "develop", "build", "construct", "construction", "establish", "create", "provide", "deliver",
        "open", "promote",
    ),
    "start": (
        "start construction", "begin construction", "break ground", "commence", "start work", "begin work", "launch",
    ),
    "build": ("continue", "complete", "accelerate", "speed up", "finish"),
    "upgrade": (
        "upgrade", "expand", "widen", "rehabilitate", "renovate", "modernise", "modernize", "extend", "improve",
        "refurbish", "restore", "reconstruct",
    ),
}  # fmt: skip
"""English verbs in their base form, and nouns that stand for one; endings are added (`_inflected`)."""

NOUNS_EN: Final[Words] = {
    "rail": ("railway", "railway station", "metro", "metro line", "railway line", "tram", "tram line", "light rail", "rail line", "train station"),
    "road": (
        "road", "street", "highway", "expressway", "motorway", "bridge", "tunnel", "bypass", "avenue", "ring road", "interchange",
    ),
    "aviation": ("airport", "airfield", "heliport"),
    "logistics": ("logistics park", "logistics centre", "logistics center", "port", "dry port", "freight terminal", "wharf"),
    "water": (
        "reservoir", "dam", "water treatment plant", "waterworks", "canal", "pumping station", "irrigation scheme", "pipeline",
    ),
    "ecology": (
        "wetland", "wetland park", "forest park", "greenway", "sewage treatment plant", "landfill", "nature reserve",
        "wastewater treatment plant", "flood barrier", "embankment",
    ),
    "industry": (
        "industrial park", "industrial zone", "industrial estate", "business park", "solar farm", "wind farm", "substation",
        "power station", "development zone", "factory",
    ),
    "services": ("market", "shopping centre", "shopping center", "convention centre", "convention center"),
    "agriculture": ("farm park", "agricultural park", "abattoir", "grain depot", "hatchery"),
    "culture_tourism": ("museum", "theatre", "resort", "heritage park", "gallery", "cultural centre", "cultural center"),
    "urban": ("new town", "quarter", "square", "park", "housing estate", "garden"),
    "innovation": ("science park", "research centre", "research center", "incubator", "laboratory", "innovation hub"),
    "opening_up": ("free trade zone", "bonded zone", "border gate"),
    "public_service": (
        "hospital", "school", "university", "college", "clinic", "library", "health centre", "health center",
        "sports centre", "sports center", "stadium", "nursery", "campus", "community centre", "community center",
    ),
    "regional": ("corridor", "cooperation zone", "growth zone"),
}  # fmt: skip
"""English nouns, in the singular."""


def longest_first(words: Iterable[str]) -> str:
    """Return a regular expression for any of these words, the longest that matches."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@dataclass(frozen=True)
class Vocabulary:
    """The words by which drafts are found in texts of one language."""

    language: str
    verbs: Words
    nouns: Words

    def stage_of_verb(self) -> dict[str, str]:
        """Return the stage of each verb."""
        return {verb: stage for stage, verbs in self.verbs.items() for verb in verbs}

    def sector_of_noun(self) -> dict[str, str]:
        """Return the sector of each noun."""
        return {noun: sector for sector, nouns in self.nouns.items() for noun in nouns}


def vocabulary(language: str, verbs: Words, nouns: Words) -> Vocabulary:
    """Return the words of a language ("zh" or "en") with a home's own `verbs` and `nouns` added.

    A word of the home replaces the same word under another stage or sector.
    """
    tables = (VERBS_EN, NOUNS_EN) if language == "en" else (VERBS, NOUNS)
    return Vocabulary(language, _joined(tables[0], verbs), _joined(tables[1], nouns))


def _joined(table: Words, own: Words) -> Words:
    added = {word for words in own.values() for word in words}
    joined = {
        code: tuple(word for word in words if word not in added) for code, words in table.items()
    }
    for code, words in own.items():
        joined[code] = (*joined.get(code, ()), *words)
    return joined
