"""Names of projects in a segment of Chinese text: items of a list that end in a facility noun.

The items share the governing verb before them and any tail after them: in "协同推进A、B开工建设和C等前期工作", A
and B are to be started and C is in preparation. A state may stand after the name instead (A年内投运).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from geo.text.document import Span
from geo.text.names import Found, Governed, Reader, longest_first

TAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "study": ("前期研究", "可行性研究", "前期论证", "规划研究"),
    "prepare": ("前期工作", "前期", "选址"),
    "start": ("开工建设", "开工"),
    "build": (
        "竣工投产", "建成投产", "投产达效", "达产达效", "建成投用", "建成投运", "建成使用", "竣工投用", "投入使用", "投入运营", "投入运行",
        "投产", "投运", "投用", "建成通车", "通车", "通水", "通气", "通航", "通过竣工验收", "竣工验收", "竣工", "完工", "建成", "封顶", "启用",
        "完成主体工程", "交付使用", "并网发电", "并网", "下闸蓄水", "开园", "开馆", "开学",
    ),
    "upgrade": (
        "改造提升", "扩能改造", "扩容改造", "提档升级", "提质升级", "改扩建", "改造", "扩容", "提升", "升级", "扩建", "新建扩建", "提质",
        "提质改造", "提标改造", "升级改造", "提升改造", "达标加固", "除险加固", "微改造", "更新", "更新改造", "整治", "整治提升",
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
    r"|力争|确保|争取|将|计划|预计|实现|全线|全面|整体|正式|全部|主体工程|主体|主线|首台机组|[春秋]季|暑期)"
)
TAIL: Final = re.compile(rf"等?{WHEN}*({longest_first(STAGE_OF_TAIL)})$")
SAYS_NOTHING: Final = re.compile(
    rf"{WHEN}*(?:纳入|列入|进入)[^、]{{0,20}}$|(?:获批|立项|通过认定|获得?核准|落地|[0-9A-Z级国家省]*(?:创建|评定|申报))$"
)
"""Words at the end of an item that neither belong to the name nor set the stage."""
ENDINGS: Final = (
    "一期工程", "二期工程", "三期工程", "续建工程", "新建工程", "改建工程", "扩建工程", "改造工程", "一期", "二期", "三期", "四期",
    "建设工程", "建设项目", "提升工程", "整体搬迁项目", "整体搬迁工程", "迁建项目", "迁建工程", "提质扩能工程", "扩能工程", "扩能项目",
    "机组", "新馆", "新址", "东线", "西线", "南线", "北线", "工程", "项目",
)  # fmt: skip
"""Words after the noun that still belong to the name: 污水处理厂二期工程."""
ONLY_ENDING: Final = re.compile(rf"(?:{longest_first(ENDINGS)}|[(（][^()（）]*[)）])+")
WORKS: Final = (
    "改扩建", "扩建", "改建", "改造", "扩能", "扩容", "提质", "提标", "提升", "升级", "更新", "加固", "整治", "治理", "修复", "续建配套", "节水改造",
    "现代化改造", "技改", "增容", "清淤", "保护利用", "修缮", "保护", "搬迁", "迁建", "提质扩能", "改线",
)  # fmt: skip
WORK: Final = rf"(?:{longest_first(WORKS)})+(?:[与和及](?:{longest_first(WORKS)})+)?(?:工程|项目)?"
"""Works on something, named after it: 灌区续建配套与节水改造."""
ONLY_WORK: Final = re.compile(
    rf"{WORK}(?:建设)?{WHEN}*(?:{longest_first(STAGE_OF_TAIL)})?(?=、|$|和|及)"
)
NO_WORK: Final = re.compile(
    "能力|质量|水平|服务|效能|活力|环境|机制|体系|素质|管理|意识|动能|产业|功能"
)
"""What is improved without being built: 医院服务能力提升 is no project."""
NEEDS_PLACE: Final = (
    "生态修复", "保护修复", "综合治理", "综合治理工程", "综合整治", "崩岸治理", "环境治理", "生态治理", "供水一体化", "配套设施", "基础设施", "管网",
    "污水管网", "基地", "社区", "公园", "提升工程", "能力提升工程", "保护利用工程", "修复工程", "厂房", "园区",
    "改线工程", "扩能工程", "车间", "停车场",
)  # fmt: skip
"""Nouns of which there are many of a kind: the words before them have to name a place."""
PLACE: Final = "省市县区镇乡村山河湖江岛湾寨洞沟岭峡塘港街站园校院馆库渠坝堤桥圩洲寺州阳段坪埔墩屿浦陂厝屯营庄堡畈冲坡垸店垭坳垄圳岩"
NO_PLACE: Final = re.compile(
    "农村|乡村|城乡|城镇|小区|社区|园区|片区|校园|景区|城市|街区|流域|河湖|河道|湖泊|山水林田湖草沙?|山水|矿山|库区|灌区|集镇|乡镇|镇村|村镇|"
    "村庄|县域|市域|区域|地区|山区|江河|水库|水系|学校|医院|校舍|全县|全市|全省|全区|我县|我市|县级|市级|省级|县乡|市县|美丽|和美"
)
TOWN: Final = re.compile("县城|中心城区|主城区|老城区|城区")
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
    "(?:一批|国家[0-9一二三四五]A级|[0-9一二三四五]A级|国家级|国家|重点|重大|重要的?|各类|各级|全县|全市|全省|全区|全国|全域|我县|我市|老旧|"
    "现代化|现代|新型|农村|城乡|城镇|城市|配套|相关|特色|高标准|基层|省级|市级|县级|区级|乡镇|区域性|区域|标准化|规模化|智能|智慧|绿色|公共|大型|"
    "中型|小型|骨干|产业|工业|农业|核心|高新|综合|国内|国际|一流|世界级|高品质|高质量|美丽|现有|病险|普通|大宗|综合性|专业|高端|优质|数字|"
    "数字化|智能化|雨污|污水|供水|排水|供热|燃气|天然气|生态|口袋|游园|地下|立体|文化|旅游|红色|的)+"
)
"""Words that name nothing: "12座大桥" and "重点产业园" are not names of projects."""
SLOGAN: Final = re.compile("全国|国内|国际|世界|区域性|中国|长三角|中部|西部|东部|全省|全市|一流")
PLACE_ENDINGS: Final = "省市州县区镇乡村"
FACILITY_ENDINGS: Final = "站港园厂桥路湖河江线库场院校馆"
SHORTEST_HEAD: Final = 2
"""Minimum number of characters before the noun: 龙口水库 is a name, 水库 alone is not."""
SHORTEST_NOUN: Final = 2
"""A longer noun needs no other words before it than 县 or 市."""
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
LEAD_IN: Final = re.compile(r"^(?:——|[一二三四五六七八九十]+[是要])|方面$")
"""A phrase that only introduces the sentences after it: ——交通方面, 一要提升核心景区."""


@dataclass(frozen=True)
class _Item:
    """An item of a list: the span of its words, and the sector of its noun, "" without a noun.

    `is_name` says that it is a name; `of_a_kind` that the noun stands after 等, for all items before
    it; `shares` that items before it may share its works (菜子湖、泊湖综合整治).
    """

    span: Span
    end: int
    sector: str
    is_name: bool
    of_a_kind: bool = False
    shares: bool = False


class ChineseReader(Reader):
    """Reads Chinese segments."""

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """Any governing verb."""
        # 研究院 is a noun.
        return re.compile(rf"(?:{longest_first(self.stages)})(?<!研究(?=[院所中生]))")

    @cached_property
    def noun(self) -> re.Pattern[str]:
        """Any facility noun."""
        return re.compile(longest_first(self.sectors))

    @cached_property
    def named(self) -> re.Pattern[str]:
        """A name: its head, its noun, and what may follow the noun (一期工程, 云泽段, brackets)."""
        return re.compile(
            rf"(?P<head>.*?)(?P<noun>{longest_first(self.sectors)})(?:{longest_first(ENDINGS)}|{BRACKET}"
            rf"|[A-Z]?[0-9]{{2,4}}线?|[\u4e00-\u9fff]{{1,8}}段|“[^”]{{1,8}}”|{CAPACITY}|{WORK})*"
        )

    @cached_property
    def worked(self) -> re.Pattern[str]:
        """Works on a part of something that is named: 纪念馆陈列改造."""
        return re.compile(
            rf"(?P<head>.*?)(?P<noun>{longest_first(self.sectors)})(?P<part>[\u4e00-\u9fffA-Za-z0-9]{{0,8}}?){WORK}(?:{BRACKET})?"
        )

    def names_something(self, text: str) -> bool:
        """Return whether a text has a facility noun with words before it that may be a name."""
        words = re.sub(r"^\W*\w{0,3}[)）、.．]", "", text)
        words = re.sub(r"^\W*[一二三四五六七八九十]+[是要]", "", words)
        words = INTRODUCES.sub("", words)
        match = self.named.search(words)
        if not match or len(match["head"]) < SHORTEST_HEAD:
            return False
        verbs = list(self.verb.finditer(match["head"]))
        head = match["head"][verbs[-1].end() :] if verbs else match["head"]
        return bool(head) and not GENERIC.fullmatch(head)

    def sector_of(self, name: str) -> str:
        """Return the sector that the last facility noun of a name suggests, "" without one."""
        nouns = self.noun.findall(name)
        return self.sectors[nouns[-1]] if nouns else ""

    def items(self, text: str) -> Iterator[Span]:
        """Yield the items of a segment, without a verb before or a tail after them."""
        for start, end in self._split(text):
            verbs = [
                verb for verb in self.verb.finditer(text[start:end]) if verb.start() <= LATEST_VERB
            ]
            begin = start + (verbs[-1].end() if verbs else 0)
            tail = TAIL.search(text, begin, end)
            if text[end : end + 1] in {"：", ":"}:
                continue
            yield Span(begin, tail.start() if tail and tail.start() > begin else end)

    def read_list(self, text: str) -> Iterator[tuple[Span, str]]:
        """Yield span and sector of each item of a list without a verb that is a name."""
        for start, end in self._split(text):
            item = self._item(text, start, end)
            if item.is_name:
                yield item.span, item.sector

    def read(self, text: str) -> Iterator[Found]:
        """Yield what a segment names, with spans in it."""
        verb: Governed | None = None
        items: list[_Item] = []
        for start, end in self._split(text):
            name_start = start
            match = self._governing(text[start:end], first=verb is None)
            if match:
                if verb:
                    yield from self._found(text, items, verb)
                verb = Governed(start + match.start(), match[0], self.stages[match[0]])
                name_start, items = start + match.end(), []
            tail = TAIL.search(text, name_start, end)
            if verb is None:
                items.append(self._item(text, start, tail.start() if tail else end))
                if tail:
                    if STAGE_OF_TAIL[tail[1]] in STATES:
                        stated = Governed(start, tail[1], STAGE_OF_TAIL[tail[1]])
                        yield from self._found(text, items, stated, tail.end())
                    items = []
                continue
            item = self._with_works(text, name_start, end, tail)
            items.append(item)
            if tail and item.end <= tail.start():
                yield from self._found(text, items, _with_tail(verb, tail[1]), tail.end())
                items = []
        if verb:
            yield from self._found(text, items, verb)

    def _with_works(self, text: str, start: int, end: int, tail: re.Match[str] | None) -> _Item:
        """Return an item without its tail, unless only the tail makes it a name: 纪念馆陈列改造."""
        item = self._item(text, start, tail.start() if tail else end)
        if tail and not item.is_name and STAGE_OF_TAIL[tail[1]] == "upgrade":
            whole = self._item(text, start, end)
            return whole if whole.is_name else item
        return item

    def _found(
        self, text: str, items: list[_Item], verb: Governed, tail_end: int | None = None
    ) -> Iterator[Found]:
        """Yield what a list names; a quote ends with the tail if there is one, else the name."""
        places: list[_Item] = []
        unnamed: list[_Item] = []
        supported = SUPPORTED.search(text, 0, verb.begin)
        near, begin = (supported["place"], supported.start()) if supported else ("", verb.begin)
        for item in items:
            words = text[item.span.start : item.span.end]
            if not item.is_name:
                unnamed.append(item)
                places = [*places, item] if _may_be_place(words) else []
                continue
            end = tail_end or item.end
            alone = [] if not item.of_a_kind else [
                one for one in unnamed
                if one not in places and one.span.end - one.span.start <= LONGEST_OF_A_KIND
            ]  # fmt: skip
            for one in alone:
                yield Found(one.span, Span(begin, end), item.sector, verb, several=False, near=near)
            shared = unnamed if item.shares and all(map(_is_short, unnamed)) else places
            first = shared[0].span.start if shared else item.span.start
            name = text[first : item.span.end]
            slogan = verb.term == "打造" and SLOGAN.match(name)
            if _is_name(name, self.named) and not slogan:
                several = bool(shared) or _has_several(name)
                yield Found(
                    Span(first, item.span.end), Span(begin, end), item.sector, verb, several, near
                )
            places, unnamed = [], []

    def _split(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each item of a segment, split at 、 outside brackets and at "and".

        An "and" splits only after the name of a project or after a tail: 和平水库 is one name.
        """
        start, depth = 0, 0
        for at, character in enumerate(text):
            depth += (character in "(（") - (character in ")）")
            conjunction = AND.match(text, at)
            if depth == 0 and character in "、：:":
                yield start, at
                start = at + 1
            elif depth == 0 and conjunction and at >= start and self._closes(text, start, at):
                if ONLY_WORK.match(text, conjunction.end()):
                    continue
                yield start, at
                start = conjunction.end()
        yield start, len(text)

    def _closes(self, text: str, start: int, end: int) -> bool:
        """Return whether a project name, or the tail after a governing verb, ends at `end`."""
        tail = TAIL.search(text, start, end)
        governed = tail and self.verb.search(text, 0, tail.start())
        return bool(governed or self.named.fullmatch(text, start, end))

    def _governing(self, item: str, *, first: bool) -> re.Match[str] | None:
        """Return the governing verb of an item: the last one before a project name, else the first.

        A further item of a list only has a governing verb near its start; a later verb is part of a
        name.
        """
        verbs = [
            verb
            for verb in self.verb.finditer(item)
            if TAIL.sub("", item[verb.end() :]) and not ONLY_ENDING.fullmatch(item, verb.end())
        ]
        if first and verbs and self._states(item, verbs[0]):
            return None
        named = [
            verb
            for number, verb in enumerate(verbs)
            if self._names(item[verb.end() :])
            and not (number and self._is_part(item, verbs[number - 1].end(), verb))
        ]
        if first:
            return named[-1] if named else next(iter(verbs), None)
        early = [verb for verb in named if verb.start() <= LATEST_VERB]
        return early[-1] if early else next((verb for verb in verbs if verb.start() == 0), None)

    def _is_part(self, item: str, start: int, verb: re.Match[str]) -> bool:
        """Return whether a verb is works in a name that goes on after it: 棚户区改造二期安置房."""
        return verb[0] in WORKS and self.named.fullmatch(item, start, verb.start()) is not None

    def _states(self, item: str, verb: re.Match[str]) -> bool:
        """Return whether an item states what becomes of the name before its verb: A完成主体工程."""
        tail = TAIL.search(item)
        return bool(
            tail
            and STAGE_OF_TAIL[tail[1]] in STATES
            and not self._names(item[verb.end() :])
            and self._item(item, 0, tail.start()).is_name
        )

    def _names(self, words: str) -> bool:
        bare = TAIL.sub("", words)
        return any(self._item(one, 0, len(one)).is_name for one in (bare, words))

    def _item(self, text: str, start: int, end: int) -> _Item:
        """Return an item; "乐至站等综合交通枢纽" is named 乐至站, and is a 综合交通枢纽."""
        quantity = False
        for ending in (SAYS_NOTHING, AMOUNT, QUANTITY):
            match = ending.search(text, start, end)
            if match and match.start() > start:
                end, quantity = match.start(), quantity or ending is QUANTITY
        words = text[start:end]
        kind = OF_A_KIND.fullmatch(words)
        name, category = (kind["one"], kind["kind"]) if kind else (words, "")
        specific, general = self.named.fullmatch(name), self.named.fullmatch(category)
        if general:
            of_place = not specific and _may_be_place(name, longest=SHORTEST_HEAD)
            span = Span(start, end if of_place else start + len(name))
            sector = self.sectors[general["noun"]]
            return _Item(span, end, sector, is_name=True, of_a_kind=not of_place, shares=of_place)
        if kind and not specific and KIND_OF_WORK.fullmatch(category):
            long = len(name) > LONGEST_OF_A_KIND or name.endswith(("化", "转型", "创新", "发展"))
            span = Span(start, start + len(name))
            return _Item(span, end, self.sector_of(name), is_name=not long, of_a_kind=not long)
        specific = specific or self._worked(name)
        span = Span(start, start + len(name))
        if specific and (len(specific["head"]) >= SHORTEST_HEAD or _is_own(specific)):
            noun = specific["noun"]
            placed = noun not in NEEDS_PLACE or _has_place(specific["head"])
            if placed and (not quantity or _has_place(specific["head"])):
                shares = noun in NEEDS_PLACE and name.endswith(noun)
                return _Item(span, span.end, self.sectors[noun], is_name=True, shares=shares)
        elif not quantity and self._is_work_at_place(name):
            return _Item(span, span.end, self.sector_of(name), is_name=True)
        return _Item(Span(start, end), end, "", is_name=False)

    def _worked(self, name: str) -> re.Match[str] | None:
        match = self.worked.fullmatch(name)
        return None if match and NO_WORK.search(match["part"]) else match

    def _is_work_at_place(self, name: str) -> bool:
        """Return whether a name is that of works at a place, without a facility noun: 三市镇集镇提质."""
        match = re.fullmatch(rf"(?P<head>.{{3,}}?)(?:{WORK}|工程|项目)(?:{BRACKET})?", name)
        return bool(match and _has_place(match["head"]) and not NO_WORK.search(name))


def _is_own(match: re.Match[str]) -> bool:
    """Return whether a name says only whose it is (县融媒体中心), or is a numbered road (国道512线)."""
    if match["noun"] in {"国道", "省道", "县道"}:
        return bool(re.search("[0-9]", match[0]))
    return match["head"] in {"县", "市", "区", "省", "州"} and len(match["noun"]) > SHORTEST_NOUN


def _with_tail(verb: Governed, tail: str) -> Governed:
    """Return the verb of a list with this tail, which determines the stage unless it is plain."""
    stage = STAGE_OF_TAIL[tail]
    kept = stage == PLAIN_TAIL or (stage == "upgrade" and verb.stage in STUDIED)
    return verb if kept else Governed(verb.begin, tail, stage)


def _has_place(words: str) -> bool:
    """Return whether words name a place: 汨罗江, S317, 县城, but not 农村."""
    if TOWN.search(words) or NAMED_ROAD.search(words):
        return True
    return bool(re.search(rf"[\u4e00-\u9fff][{PLACE}]", NO_PLACE.sub("", words)))


def _is_short(item: _Item) -> bool:
    return item.span.end - item.span.start <= LONGEST_PLACE * 2


def _may_be_place(words: str, longest: int = LONGEST_PLACE) -> bool:
    """Return whether an item without a noun may be a place that shares the noun of the next one."""
    if re.fullmatch(r"[GSX][0-9]{2,4}", words):
        return True
    if not words or words[-1] in FACILITY_ENDINGS or re.search(r"[“”《》（）()等的]", words):
        return False
    return len(words) <= longest or (words[-1] in PLACE_ENDINGS and len(words) <= LONGEST_PLACE * 2)


def _has_several(name: str) -> bool:
    """Return whether a name holds a mark between items that could not be divided."""
    plain = re.sub(BRACKET, "", name)
    return bool(
        re.search(
            r"、|(?<=[\u4e00-\u9fff]{2})(?:以及|及|与|和(?!平|谐|田|县|顺))(?=[\u4e00-\u9fff]{2})",
            plain,
        )
    )


def _is_name(name: str, named: re.Pattern[str]) -> bool:
    """Return whether words may be a name: neither a number of things nor half of a pair of quotes."""
    balanced = all(name.count(pair[0]) == name.count(pair[1]) for pair in PAIRS)
    generic = GENERIC.match(name)
    match = named.fullmatch(name)
    # 农村公路 is of a kind; in 市级三江水库 a name of its own follows.
    of_a_kind = generic is not None and (
        len(name) - generic.end() <= LONGEST_PLACE
        or bool(match and generic.end() >= len(match["head"]))
    )
    short = len(name) <= LONGEST_NAME and not NO_NAME.match(name)
    return short and balanced and not of_a_kind and not COUNTED.match(name)
