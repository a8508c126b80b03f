"""The words that drafts are found by: governing verbs by stage, facility nouns by sector.

The tables are short on purpose. What they miss stays in the ledger as still to be judged, and a home
can add words of its own (`verbs` and `nouns` in its `home.json`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

Words = Mapping[str, tuple[str, ...]]
"""Words by the code of a stage or a sector."""

VERBS: Final[Words] = {
    "seek": ("争取", "争创", "创建", "申创", "申报", "力争"),
    "study": ("谋划", "论证", "研究"),
    "plan": (
        "规划建设", "规划布局", "布局建设", "谋划建设", "组织实施", "推动实施", "规划", "布局", "建设", "新建", "共建", "引进落地", "招引落地", "签约落地",
        "打造", "推进", "推动", "实施", "开展", "搭建", "建好", "建好用好", "支持", "引进", "组建", "筹建", "迁建", "规划新建", "打通", "做好", "抓好", "配合推进", "做优", "做强"),
    "start": ("开工建设", "启动建设", "开工", "启动", "启动实施", "新开工"),
    "build": ("加快建设", "加快推进", "加快推动", "加快实施", "加快", "续建", "建成", "完成", "确保", "全面建成", "基本建成", "继续推进", "全力推进", "全力服务", "全力保障", "服务保障", "强力推进"),
    "upgrade": (
        "扩容提质", "提档升级", "改造提升", "提升改造", "改扩建", "提质改造", "提升", "改造", "扩容", "提速", "完善", "扩建", "升级",
        "整治", "修复", "保护利用", "盘活", "更新", "除险加固", "加固", "达标加固", "改建", "提标改造", "提质扩容"),
}  # fmt: skip
"""Governing verbs, by the stage of the data contract that they imply."""

NOUNS: Final[Words] = {
    "rail": (
        "铁路", "高铁", "客专", "轨道交通", "市域线", "有轨电车", "高铁站", "火车站", "综合交通枢纽", "铁路专用线", "城际铁路", "客运专线", "高速铁路", "综合客运枢纽", "客运枢纽", "站前广场", "铁路支线"),
    "road": (
        "高速公路", "高速", "公路", "大道", "快速通道", "快速路", "绕城路", "环线", "大桥", "特大桥", "隧道",
        "国道", "省道", "旅游通道", "立交", "桥", "互通", "绕城线", "公路桥", "连接线", "快速干道", "高速公路连接线", "一级公路", "二级公路", "路网", "改线工程", "延线", "东延线", "西延线", "南延线", "北延线", "绕城段", "过江通道", "第二通道", "汽车站", "汽车东站", "汽车西站", "汽车南站", "汽车北站", "客运站", "公交站", "路", "国省干线", "干线公路", "互通立交", "主干道", "街道改造", "公路桥梁", "天桥", "人行桥"),
    "aviation": ("通用机场", "机场", "新机场", "航站楼"),
    "logistics": (
        "物流园", "物流园区", "物流港", "无水港", "货运枢纽", "货基地", "物流中心", "物流基地", "港区", "货运站", "码头", "冷链中心", "作业区", "泊位", "港口", "集配站", "加注站", "配送中心", "物流枢纽", "冷链物流园", "分拨中心", "仓储中心"),
    "water": (
        "水库", "灌区", "引水工程", "供水工程", "调水工程", "水厂", "干渠", "水利枢纽", "泵站", "农饮水", "农村饮水", "山塘", "排水防涝", "排水防涝设施", "灌溉工程", "水源工程", "供水", "供水一体化", "防洪能力提升工程", "大堤", "江堤", "堤防", "蓄滞洪区", "输水管线", "饮水工程", "排涝站", "水源地", "净水厂", "自来水厂", "供水管网", "水电站", "引调水工程", "水闸", "航电枢纽", "枢纽工程"),
    "ecology": (
        "湿地公园", "森林公园", "湿地", "绿道", "生态廊道", "污水处理厂", "垃圾处理厂", "生态工程", "航道", "堤防工程",
        "防洪工程", "修复工程", "生态公园", "船闸", "生态修复", "保护修复", "综合治理", "综合治理工程", "综合整治", "崩岸治理", "环境治理", "生态治理", "储备林", "焚烧发电厂", "垃圾填埋场", "国家公园", "地质公园", "矿山公园", "植物园", "动物园", "风光带", "滨水带", "污水管网", "污水处理站", "水质净化厂", "污水厂", "垃圾中转站", "餐厨垃圾处理厂", "转运站", "生活垃圾转运站", "防洪堤", "护岸", "保护和修复工程", "景观带", "水体治理"),
    "industry": (
        "产业园", "产业园区", "工业园", "工业园区", "开发区", "产业基地", "生产基地", "制造基地", "研制基地",
        "加工基地", "加工项目", "深加工项目", "精深加工项目", "配送基地", "集中区", "集中发展区", "产业集群", "功能区", "光伏电站", "风电场", "变电站", "产业城", "抽水蓄能电站", "标准厂房", "电站", "发电厂", "电厂", "热电厂", "输变电工程", "发电项目", "光伏项目", "风电项目", "光伏电场", "风电基地", "储能电站", "储能项目", "智能工厂", "绿色工厂", "工厂", "数字化车间", "智能化车间", "车间", "厂房", "生产线", "集聚区", "产业集聚区", "经开区", "高新区", "高新技术产业开发区", "经济技术开发区", "片区扩园", "扩园", "化工园区", "园区", "炼化一体化", "扩能工程", "联络线", "支线", "输气管道", "输油管道", "天然气管道", "加气站", "充电站", "检验检测中心", "加工中心", "加工厂", "汽车基地", "船舶基地", "创业基地", "双创基地", "产业化基地", "供电工程", "货场", "产业新城", "输变电", "组团", "变电所", "风光储一体化项目", "热电联产", "二厂", "三厂", "分厂", "智能化仓储"),
    "services": (
        "商贸城", "步行街", "特色街区", "商业街区", "批发市场", "农贸市场", "商务区", "消费中心", "金融中心", "会展中心", "美食城", "商业综合体", "商贸中心", "购物中心", "农产品市场", "交易中心", "交易市场", "商业街", "夜市街", "美食街", "老街"),
    "agriculture": (
        "农业园区", "农业产业园", "种植基地", "养殖基地", "保供基地", "融合发展示范园", "示范带", "农业带", "体验园", "良种场", "渔业产业园", "蔬菜基地", "粮油基地", "繁育基地", "示范园", "现代农业园", "茶叶基地", "粮库", "粮食储备库", "储备库", "牧场", "养殖场", "渔港", "种苗基地", "育种基地", "田园综合体"),
    "culture_tourism": (
        "旅游区", "度假区", "景区", "博物馆", "文化馆", "美术馆", "遗址公园", "文化公园", "古镇", "文化走廊", "文旅城", "文化园", "游客中心", "集散中心", "纪念馆", "陈列馆", "展览馆", "科普馆", "大剧院", "剧院", "历史文化街区", "文化街区", "街区", "文化中心", "文化广场", "风景名胜区", "旅游带", "教育基地", "研学基地", "烈士陵园", "陵园", "运动基地", "露营基地", "露营地", "营地", "民宿集聚区", "索道", "旧址", "旧址群", "保护利用工程", "影视城", "民俗村", "故居", "书院", "接待中心", "滑雪场", "旅游综合开发"),
    "urban": (
        "新区", "新城", "片区", "城市公园", "体育公园", "特色小镇", "小镇", "停车场", "职教城", "保障房", "安置房", "社区", "广场", "棚户区", "安置区", "安置点", "公寓", "综合管廊", "管网", "公园", "配套设施", "基础设施", "基地", "未来社区", "停车楼", "综合开发", "回迁房"),
    "innovation": (
        "创新中心", "研究中心", "孵化器", "孵化园", "科技园", "科创园", "实验室", "创新基地", "分中心", "研究院", "创新园", "科学城", "科创大走廊", "科创走廊", "科创城", "大学科技园", "质检中心", "双创中心", "中试基地", "众创空间", "计算中心", "算力中心", "智算中心", "超算中心", "算力调度中心", "算力基地"),
    "opening_up": ("综合保税区", "保税物流中心", "试验区", "自由贸易区", "创业园"),
    "public_service": (
        "医院", "卫生院", "中学", "小学", "幼儿园", "学校", "学院", "养老院", "服务中心", "临床中心", "控制中心", "图书馆",
        "体育馆", "体育中心", "福利院", "数据中心", "校区", "实训楼", "教学楼", "宿舍楼", "综合楼", "住院楼", "门诊楼", "大楼", "照护楼", "体育场", "游泳馆", "健身中心", "融媒体中心", "福利中心", "照护中心", "急救中心", "党校", "大学", "高中", "分校", "分院", "院区", "大数据中心", "调度中心", "指挥中心", "消防站", "救援站", "殡仪馆", "公墓", "档案馆", "青少年宫", "少年宫", "活动中心", "城市大脑", "敬老院", "康养中心", "疗养院", "实训基地", "训练基地", "救助站", "公共服务中心", "实训中心", "楼", "护理院", "幼教中心"),
    "regional": ("示范区", "先行区", "合作区", "协作带", "经济带", "协同区", "走廊", "前沿区"),
}  # fmt: skip
"""Nouns that end the name of a project, by the sector that they suggest; the longest match wins."""

VERBS_EN: Final[Words] = {
    "seek": ("seek", "apply for", "bid for", "lobby for", "lobby", "press for"),
    "study": ("study", "feasibility study", "feasibility studies", "investigate", "assess", "explore"),
    "prepare": ("prepare", "preparatory work", "preliminary work", "detailed design", "acquire", "at tendering"),
    "plan": (
        "plan", "propose", "develop", "build", "construct", "construction", "establish", "create", "provide", "deliver",
        "open", "promote", "establishment", "installation", "erect", "implement", "gazette", "set up", "put up", "provision", "introduce", "proposed", "relocate", "fund", "lay", "close"),
    "start": (
        "start construction", "begin construction", "break ground", "commence", "start work", "begin work", "launch" ),
    "build": ("continue", "complete", "accelerate", "speed up", "finish", "completion", "under construction", "ongoing", "equipping", "under way", "underway"),
    "upgrade": (
        "upgrade", "expand", "widen", "rehabilitate", "renovate", "modernise", "modernize", "extend", "improve",
        "refurbish", "restore", "reconstruct", "expansion", "extension", "rehabilitation", "renovation", "modernisation", "modernization", "dualling", "redevelop", "redevelopment", "redesign", "revive", "revival", "refurbishment", "restoration", "reconstruction", "regenerate", "regeneration", "resurface", "electrify", "electrification", "dual", "overhaul", "improvement", "renew", "renewal", "widening", "replace", "replacement", "strengthen", "strengthening"),
}  # fmt: skip
"""English verbs in their base form, and nouns that stand for one; endings are added (`_inflected`)."""

NOUNS_EN: Final[Words] = {
    "rail": ("railway", "railway station", "metro", "metro line", "railway line", "tram", "tram line", "light rail", "rail line", "train station", "light railway", "commuter rail"),
    "road": (
        "road", "street", "highway", "expressway", "motorway", "bridge", "tunnel", "bypass", "avenue", "ring road", "interchange", "footbridge", "box culvert", "bus park", "bus station", "bus terminus", "roundabout", "flyover", "causeway", "cycleway", "cycle route", "underpass", "park and ride", "bus lane", "junction", "towpath", "link road", "relief road", "busway", "viaduct", "transit centre", "interceptor road"),
    "aviation": ("airport", "airfield", "heliport"),
    "logistics": ("logistics park", "logistics centre", "logistics center", "port", "dry port", "freight terminal", "wharf", "landing jetty", "jetty", "landing site", "cold storage facility", "warehouse", "pier", "harbour", "inland container depot"),
    "water": (
        "reservoir", "dam", "water treatment plant", "waterworks", "canal", "pumping station", "irrigation scheme", "pipeline", "water supply", "water supply scheme", "water supply project", "water project", "water supply system", "treatment works", "water treatment works", "borehole", "storage tank", "water pan", "weir", "irrigation project", "trunk main", "flood alleviation scheme", "alleviation scheme", "sewage treatment works", "bore field", "outfall", "detention pond", "stormwater pond", "filtration plant", "water filtration plant", "elevated tank", "pump station", "interceptor"),
    "ecology": (
        "wetland", "wetland park", "forest park", "greenway", "sewage treatment plant", "landfill", "nature reserve",
        "wastewater treatment plant", "flood barrier", "embankment", "dumpsite", "solid waste management facility", "waste management facility", "material recovery facility", "flood control dykes", "dykes", "sewer", "wastewater treatment works", "sewerage system", "sewer line", "arboretum", "national park", "recycling centre", "conservation area", "resource recovery centre", "transfer station"),
    "industry": (
        "industrial park", "industrial zone", "industrial estate", "business park", "solar farm", "wind farm", "substation",
        "power station", "development zone", "factory", "transmission line", "power plant", "solar plant", "mini-grid", "special economic zone", "industrial and logistics park", "rice mill", "sugar mill", "mill", "ginnery", "cotton ginnery", "aggregation and industrial park", "industrial cluster", "processing plant", "power line", "hydropower plant", "geothermal plant", "export processing zone", "jua kali shed", "energy centre", "heat network"),
    "services": ("market", "shopping centre", "shopping center", "convention centre", "convention center", "produce market", "livestock market", "trade centre", "bus park market", "business centre"),
    "agriculture": ("farm park", "agricultural park", "abattoir", "grain depot", "hatchery", "training centre", "agricultural training centre", "fish landing site", "cold storage facilities", "livestock yard", "demonstration farm", "veterinary laboratory", "grain store", "irrigation and drainage scheme", "slaughterhouse"),
    "culture_tourism": ("museum", "theatre", "resort", "heritage park", "gallery", "cultural centre", "cultural center", "sanctuary", "development project", "waterfront", "promenade", "monument", "amphitheatre", "botanical garden", "beach park", "visitor centre", "pavilion", "exchange", "art centre", "arts centre", "theater", "market hall"),
    "urban": ("new town", "quarter", "square", "park", "housing estate", "garden", "housing project", "affordable housing", "housing scheme", "affordable housing project", "fire station", "housing units", "civic centre", "cemetery", "recreational park", "skatepark", "country park", "community hall", "town hall", "village hall", "walled garden", "field", "trail"),
    "innovation": ("science park", "research centre", "research center", "incubator", "laboratory", "innovation hub", "innovation centre", "ict hub", "technology park", "data centre", "innovation district"),
    "opening_up": ("free trade zone", "bonded zone", "border gate"),
    "public_service": (
        "hospital", "school", "university", "college", "clinic", "library", "health centre", "health center",
        "sports centre", "sports center", "stadium", "nursery", "campus", "community centre", "community center", "maternity wing", "blood bank", "cancer centre", "teaching and referral hospital", "referral hospital", "dispensary", "health post", "staff houses", "staff quarters", "ward block", "outpatient block", "theatre block", "training college", "medical training college", "vocational training centre", "polytechnic", "talent academy", "courthouse", "police station", "institute", "hostel", "maternity ward", "isolation centre", "mortuary", "trauma centre", "dialysis unit", "care home", "swimming pool", "sports complex", "sports ground", "leisure centre", "primary care centre", "special school", "sub-county hospital", "county hospital", "surgery", "youth centre", "treatment centre", "urgent treatment centre", "academy", "family hub", "aquatic centre", "memorial hall", "service centre", "hall", "pool", "branch library"),
    "regional": ("corridor", "cooperation zone", "growth zone"),
}  # fmt: skip
"""English nouns, in the singular."""


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
    made = Vocabulary(language, _joined(tables[0], verbs), _joined(tables[1], nouns))
    return made if language != "en" else replace(made, nouns=_american(made.nouns))


def _american(table: Words) -> Words:
    """Return English nouns with the American spelling of each beside it: center for centre."""
    return {
        code: tuple(
            dict.fromkeys([*words, *(re.sub(r"centre\b", "center", word) for word in words)])
        )
        for code, words in table.items()
    }


def _joined(table: Words, own: Words) -> Words:
    added = {word for words in own.values() for word in words}
    joined = {
        code: tuple(word for word in words if word not in added) for code, words in table.items()
    }
    for code, words in own.items():
        joined[code] = (*joined.get(code, ()), *words)
    return joined


SITE: Final = "站|枢纽|机场|桥|水库|厂|馆|院|楼|中心|码头|泊位|广场|学校|小学|中学|校区|电站|变电站|输变电工程|车间|互通|船闸|水闸|基地|航站楼|剧院|湖"
LINE: Final = (
    "航道.{1,4}(?:整治|治理)|航道(?:整治|治理)|铁路|高铁|客专|轨道交通|市域线|电车|高速公路|高速|公路|大道|快速路|通道|绕城路|环线|国道|省道|干线|路|线|段|干渠|渠道|航道|绿道|廊道|"
    "管道|隧道|大堤|江堤|堤防|引水工程|调水工程|改线工程|连接线|风光带|滨水带|配电网|线路|河(?=.*提升)"
)
ZONE: Final = "园|园区|区|片区|灌区|新城|小镇|古镇|带|走廊|集群|湿地|公园|社区|街区|路网|管网|流域|治理|整治|修复|一体化|商圈|储备林|农田"
EXTENT_WORDS: Final = {"site": SITE, "line": LINE, "zone": ZONE}
EXTENT_WORDS_EN: Final = {
    "line": (
        "railway|railway line|metro line|tram line|rail line|line|road|street|highway|expressway|motorway|bypass|avenue|canal|pipeline|"
        "greenway|corridor|tunnel|embankment|dykes?|sewer"
    ),
    "zone": (
        "park|zone|estate|quarter|new town|wetland|reserve|sanctuary|scheme|garden|growth zone|conservation area|cluster|housing|project"
    ),
    "site": "station|bridge|market|bus park|car park|farm|interchange|port|airport|water supply|plant|centre|center|dam|reservoir",
}
ASIDE: Final = re.compile(r"[(（][^()（）]*[)）]|“[^”]*”")


def extent_of(name: str) -> str:
    """Return what a name suggests a project to be by nature: site, line or zone.

    The word that stands last decides: 铁路 is a line, but 铁路货运站 a site.
    """
    plain = ASIDE.sub("", name)
    english = re.search("[\u4e00-\u9fff]", plain) is None
    found = [
        (match.end(), len(match[0]), code)
        for code, words in (EXTENT_WORDS_EN if english else EXTENT_WORDS).items()
        for match in re.finditer(rf"\b(?:{words})\b" if english else words, plain, re.IGNORECASE)
    ]
    return max(found)[2] if found else "site"
