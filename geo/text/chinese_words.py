"""The words and patterns that Chinese names of projects are told by, apart from verbs and facility nouns."""

import re
from collections.abc import Mapping
from typing import Final

from geo.core.numerals import CIRCLED, NUMERAL
from geo.text.names import longest_first

TAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "study": ("前期研究", "可行性研究", "前期论证", "规划研究"),
    "prepare": (
        "前期工作", "前期", "选址", "招商", "可研批复", "可研编制", "初步设计", "开展前期工作", "启动前期工作", "完成前期工作", "完成选址", "启动选址", "启动招商",
        "开展招商", "完成可研批复", "取得可研批复", "获得可研批复", "完成可研编制", "完成初步设计", "完成立项"),
    "start": ("开工建设", "开工"),
    "build": (
        "竣工投产", "建成投产", "投产达效", "达产达效", "建成投用", "建成投运", "建成使用", "竣工投用", "投入使用", "投入运营", "投入运行",
        "投产", "投运", "投用", "建成启用", "建成开放", "建成运营", "对外营业", "开门营业", "对外开放", "开放运营", "建成通车", "通车", "通水", "通气", "通航", "通过竣工验收", "竣工验收", "竣工", "完工", "建成", "封顶", "启用",
        "完成主体工程", "收尾", "交付使用", "并网发电", "并网", "下闸蓄水", "开园", "开馆", "开学",
    ),
    "upgrade": (
        "改造提升", "扩能改造", "扩容改造", "提档升级", "提质升级", "改扩建", "改造", "扩容", "提升", "升级", "扩建", "新建扩建", "提质",
        "拓宽", "拓宽改造", "提质改造", "提标改造", "升级改造", "提升改造", "达标加固", "除险加固", "微改造", "更新", "更新改造", "整治", "整治提升",
    ),
    "plan": ("规划建设", "建设", "开发"),
}  # fmt: skip
"""Tails: words after the governed items. Those of `plan` add nothing; the others set the stage."""
PLAIN_TAIL: Final = "plan"
STATES: Final = ("build", "start")
"""Stages whose tails govern a name even without a verb before it."""
STUDIED: Final = ("seek", "study")
"""Stages of a verb that a tail of works does not change: 谋划A改造 is still a study."""
STAGE_OF_TAIL: Final = {tail: stage for stage, tails in TAILS.items() for tail in tails}
WHEN: Final = (
    r"(?:[0-9]{4}年|今年|明年|年内|年底|年末|年初|[0-9]{1,2}月|[一二三四]季度|上半年|下半年|[底末]?前|[底末]|按期|如期|尽快|早日"
    r"|力争|确保|争取|将|计划|预计|实现|已(?:经)?|完成(?=主体)|全线|全面|整体|正式|全部|主体工程|主体结构|主体|主线|首台机组|[春秋]季|暑期|由[^、]{0,8}[0-9][^、]{0,8}?(?=提升|扩))"
)
TAIL: Final = re.compile(
    rf"等?{WHEN}*({longest_first(STAGE_OF_TAIL)})((?<=升级|提升|改造|扩容|扩建)(?:为|成为|至|到)(?!民)[^、]+)?$"
)
"""A tail, and what it makes of the name before it: A升级为国家矿山公园, A由5000吨提升至1万吨."""
STARTED: Final = ("完成", "启动", "开展", "取得", "获得")
"""A tail that begins with one of these verbs governs a name even without a verb before it."""
SAYS_NOTHING: Final = re.compile(
    rf"{WHEN}*(?:纳入|列入|进入)[^、]{{0,20}}$|(?:获批|立项|通过认定|获得?核准|落地|[0-9A-Z级国家省]*(?:创建|评定|申报))$"
)
"""Words at the end of an item that neither belong to the name nor set the stage."""
ENDINGS: Final = (
    "一期工程", "二期工程", "三期工程", "续建工程", "新建工程", "改建工程", "扩建工程", "改造工程", "一期", "二期", "三期", "四期",
    "建设工程", "建设项目", "新建项目", "扩建项目", "改建项目", "异地新建项目", "异地新建工程", "异地迁建项目", "异地迁建工程", "提升工程", "整体搬迁项目", "整体搬迁工程", "迁建项目", "迁建工程", "提质扩能工程", "扩能工程", "扩能项目",
    "机组", "新馆", "新址", "东线", "西线", "南线", "北线", "工程", "项目",
)  # fmt: skip
"""Words after the noun that still belong to the name: 污水处理厂二期工程."""
ONLY_ENDING: Final = re.compile(rf"(?:{longest_first(ENDINGS)}|[(（][^()（）]*[)）])+")
WORKS: Final = (
    "改扩建", "扩建", "改建", "改造", "扩能", "扩容", "提质", "提标", "提升", "升级", "更新", "加固", "整治", "治理", "修复", "续建配套", "节水改造",
    "现代化改造", "提升改造", "拓宽", "加宽", "硬化", "配套", "技改", "增容", "清淤", "保护利用", "修缮", "保护", "搬迁", "迁建", "提质扩能", "改线",
)  # fmt: skip
WORK: Final = rf"(?:{longest_first(WORKS)})+(?:[与和及](?:{longest_first(WORKS)})+)?(?:工程|项目)?"
"""Works on something, named after it: 灌区续建配套与节水改造."""
ONLY_WORK: Final = re.compile(
    rf"{WORK}(?:建设)?{WHEN}*(?:{longest_first(STAGE_OF_TAIL)})?(?=、|$|和|及)"
)
OWN_WORK: Final = re.compile(rf"{WORK}$")
IMPROVES: Final = re.compile(
    r"(?<!能力)((?:改扩建|扩建|改建|改造|扩能|扩容|提质|提标|提升|升级|更新|加固|修缮|技改|增容|拓宽|加宽)+)"
    r"(?:[(（][^()（）]*[)）])?(?:工程|项目)?(?:[(（][^()（）]*[)）])?$"
)
"""Works that improve what is there, at the end of a name."""
PLAIN_STAGES: Final = ("plan", "build")
"""Stages of a verb that such works make `upgrade`: 实施A改造, 完成A提升改造."""
PHASED: Final = re.compile(r"[\u4e00-\u9fff“”A-Za-z0-9·]{4,24}[一二三四五]期(?:工程|项目)?")
"""A name that only its phase tells: 余村数字游民公社二期."""
NO_WORK: Final = re.compile(
    "能力|质量|水平|服务|效能|活力|环境|机制|体系|素质|管理|意识|动能|产业|功能"
)
"""What is improved without being built: 医院服务能力提升 is no project."""
NEEDS_PLACE: Final = (
    "生态修复", "保护修复", "综合治理", "综合治理工程", "综合整治", "崩岸治理", "环境治理", "生态治理", "供水一体化", "配套设施", "基础设施", "管网",
    "污水管网", "基地", "社区", "公园", "提升工程", "能力提升工程", "保护利用工程", "修复工程", "保护和修复工程", "综合开发", "厂房", "园区",
    "改线工程", "扩能工程", "车间", "停车场", "农饮水", "农村饮水", "排水防涝", "排水防涝设施",
)  # fmt: skip
"""Nouns of which there are many of a kind: the words before them have to name a place."""
PLACE: Final = "省市县区镇乡村山河湖江溪涌涧汊浜淀岛湾寨洞沟岭峡塘港街站园校院馆库渠坝堤桥圩洲寺州阳段坪埔墩屿浦陂厝屯营庄堡畈冲坡垸店垭坳垄圳岩"
NO_PLACE: Final = re.compile(
    "农村|乡村|城乡|城镇|小区|社区|园区|片区|校园|景区|城市|街区|流域|河湖|河道|湖泊|山水林田湖草沙?|山水|矿山|库区|灌区|集镇|乡镇|镇村|村镇|"
    "村庄|县域|市域|区域|地区|山区|江河|水库|水系|学校|医院|校舍|全县|全市|全省|全区|我县|我市|县级|市级|省级|县乡|市县|美丽|和美"
)
TOWN: Final = re.compile("县城|中心城区|主城区|老城区|城区|城[东西南北中]")
NAMED_ROAD: Final = re.compile(r"[GSXY][0-9]{2,4}|[国省县]道|至|—|－|–")
OF_A_KIND: Final = re.compile(r"(?P<one>.+?)等(?P<kind>.+)")
KIND_OF_WORK: Final = re.compile(r"(?:重大|重点|产业|工业|基础设施|一批)*(?:项目|工程)")
AND: Final = re.compile("以及|和|及|与")
COUNTED: Final = re.compile(
    r"[0-9一二两三四五六七八九十百几数多]+[余多]?(?:个|条|座|处|所|家|批|项|万亩|亩|公里|万)"
)
QUANTITY: Final = re.compile(
    r"[0-9]+(?:\.[0-9]+)?[余多]?[万亿]?(?:平方米|平方公里|公里|千米|米|亩|吨|个|处|座|条|台|套|亿元|万元|元|千瓦)(?:以上|左右)?$"
)
AMOUNT: Final = re.compile(
    r"[（(][^（）()]*(?:投资|装机|总长|全长|面积|[0-9]\s*[万亿]?(?:元|千瓦|公里|亩|平方米|吨))[^（）()]*[)）]?$|[（(][^（）()]*$"
)
"""A bracket that holds a sum or a size is no part of the name before it."""
CAPACITY: Final = r"[0-9]+(?:[.×x][0-9]+)*(?:万千瓦|兆瓦|千伏|万吨|吨/日)(?:级)?"
BRACKET: Final = r"[(（][^()（）]*[)）]"
GENERIC: Final = re.compile(
    "(?:一批|国家[0-9一二三四五]A级|[0-9一二三四五]A级|国家级|国家|重点|重大|重要的?|各类|各级|全县|全市|全省|全区|全国|全域|我县|我市|全镇|全乡|全村|我镇|老旧|农产品|"
    "现代化|现代|新型|农村|城乡|城镇|城市|配套|相关|特色|高标准|基层|省级|市级|县级|区级|乡镇|区域性|区域|标准化|规模化|智能|智慧|绿色|公共|大型|"
    "中型|小型|骨干|产业|工业|农业|核心|高新|综合|国内|国际|一流|世界级|高品质|高质量|美丽|现有|病险|普通|大宗|综合性|专业|高端|优质|数字|"
    "数字化|智能化|雨污|污水|供水|排水|供热|燃气|天然气|生态|口袋|游园|地下|立体|文化|旅游|红色|的)+"
)
"""Words that name nothing: "12座大桥" and "重点产业园" are not names of projects."""
SLOGAN: Final = re.compile("全国|国内|国际|世界|区域性|中国|长三角|中部|西部|东部|全省|全市|一流")
VILLAGE: Final = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,6}?(?:镇|乡|(?<!农)村)(?<!古镇)(?<!小镇)(?<!俗村)(?=.))+"
)
"""The village or town at the start of a name, whose words tell nothing of a sector: 港口村."""
ON_SITE: Final = ("基础设施", "配套设施")
"""Nouns whose sector is that of the noun before them: 风景名胜区基础设施."""
PLACE_ENDINGS: Final = "省市州县区镇乡村"
FACILITY_ENDINGS: Final = "站港园厂桥路湖河江线库场院校馆"
SHORTEST_HEAD: Final = 2
"""Minimum number of characters before the noun: 龙口水库 is a name, 水库 alone is not."""
SHORTEST_NOUN: Final = 2
"""A longer noun needs no other words before it than 县 or 市."""
LEVELS: Final = ("县级", "市级", "区级", "省级", "镇级")
LONG_NOUN: Final = 6
"""Minimum number of characters of a noun that one of the LEVELS is enough for: 县级算力调度中心."""
LONGEST_PLACE: Final = 3
"""Maximum number of characters of an item that is taken for a place and shares the next item's noun."""
LONGEST_OF_A_KIND: Final = 14
"""Maximum number of characters of a name that only "等…" after it tells to be a project."""
LONGEST_NAME: Final = 40
"""Maximum number of characters of a name found in a sentence; a longer one is a run of phrases."""
LATEST_VERB: Final = 4
"""Last index at which a further item may have a verb of its own; a later verb is part of a name."""
PAIRS: Final = ("（）", "()", "“”", "《》")
SUPPORTED: Final = re.compile(r"(?:支持|鼓励|推动|依托|在)(?P<place>[\u4e00-\u9fff]{2,10})$")
NO_NAME: Final = re.compile(
    r"^(?:思路|出路|道路|公路|铁路|线路|网路|电路|丝路|新路|.*(?:之路|思路|出路|道路|线路|电路|一路|丝路|断头路|机耕路|生产路|通村路|入户路|产业路))$"
)
INTRODUCES: Final = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章节]\s*)?(?:加快|全面|持续|大力|着力|系统)*"
    r"(?:畅通|优化|织密|构建|夯实|强化|做强|做优|做大|增强|健全|补齐|培育|壮大|打通|提升|完善|建强|繁荣|守护|保障|推动|推进)"
)
"""What the heading of a paragraph begins with: 优化过江通道."""
NUMBERED: Final = re.compile(
    rf"\s*(?:第{NUMERAL}[编章节条]|[（(](?:{NUMERAL}|[0-9]{{1,2}})[)）]|(?:{NUMERAL}|[0-9]{{1,3}})[、.．)）](?![0-9])|[{CIRCLED}]|——)?"
    r"\s*(?:[一二三四五六七八九十]{1,2}[是要])?"
)
"""The numeral of a clause, or 一是, before the words of a segment."""
LEAD_IN: Final = re.compile(r"^(?:——|[一二三四五六七八九十]+[是要])|方面$")
"""A phrase that only introduces the sentences after it: ——交通方面, 一要提升核心景区."""
