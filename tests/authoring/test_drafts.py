"""What the first reading finds in short lists, and how well it reads whole texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from geo.authoring.candidates import candidates, reader_of
from geo.authoring.drafts import draft_features
from geo.authoring.vocabulary import NOUNS, NOUNS_EN, VERBS, VERBS_EN, vocabulary
from geo.core.home import ZIYANG
from geo.core.validation import schema_faults
from geo.layer.codes import SECTOR_CODES, STAGE_CODES
from geo.layer.projects import FEATURE, parse_project
from geo.text.chinese_words import TAILS
from geo.text.document import Document, parse_clauses
from geo.text.ledger import Entry, Ledger, coverage, ledger_entries


def read(text, language="zh"):
    return Document("x", "", {"language": language}, text, parse_clauses(text, ""))


WORDS_OF = {language: vocabulary(language, {}, {}) for language in ("zh", "en")}


def proposals(document):
    return candidates(document, WORDS_OF[document.language])


def entries_of(document, features):
    return ledger_entries(document, features, reader_of(WORDS_OF[document.language]))


def found(sentence):
    document = read(f"第一条　{sentence}\n")
    return [
        (one.name, one.sector, one.stage, one.stage_term, document.slice(one.span))
        for one in proposals(document)
    ]


LISTS = {
    "one verb, two works, no word after": (
        "新建甲山水库、乙河大桥。",
        [
            ("甲山水库", "water", "plan", "新建", "新建甲山水库"),
            ("乙河大桥", "road", "plan", "新建", "新建甲山水库、乙河大桥"),
        ],
    ),
    "a tail sets the stage of its own list only": (
        "协同推进甲乙高铁开工建设和丙丁铁路、戊己高速等前期工作。",
        [
            ("甲乙高铁", "rail", "start", "开工建设", "推进甲乙高铁开工建设"),
            (
                "丙丁铁路",
                "rail",
                "prepare",
                "前期工作",
                "推进甲乙高铁开工建设和丙丁铁路、戊己高速等前期工作",
            ),
            (
                "戊己高速",
                "road",
                "prepare",
                "前期工作",
                "推进甲乙高铁开工建设和丙丁铁路、戊己高速等前期工作",
            ),
        ],
    ),
    "a plain tail adds nothing to its verb": (
        "加快甲乙大道建设。",
        [("甲乙大道", "road", "build", "加快", "加快甲乙大道建设")],
    ),
    "places that share a noun are one name, to be divided": (
        "布局建设甲城、乙城通用机场。",
        [
            ("甲城、乙城通用机场", "aviation", "plan", "布局建设", "布局建设甲城、乙城通用机场"),
        ],
    ),
    "a work does not share the noun of the next": (
        "加快建设鳌江五桥、滨江大道二期。",
        [
            ("鳌江五桥", "road", "build", "加快建设", "加快建设鳌江五桥"),
            ("滨江大道二期", "road", "build", "加快建设", "加快建设鳌江五桥、滨江大道二期"),
        ],
    ),
    "what is no place does not share a noun": (
        "推进产城融合、滨江大道建设。",
        [("滨江大道", "road", "plan", "推进", "推进产城融合、滨江大道建设")],
    ),
    "a kind tells what the names before it are": (
        "推动甲北站、乙西站等综合交通枢纽和丙丁物流港等货运枢纽建设。",
        [
            (
                name,
                sector,
                "plan",
                "推动",
                "推动甲北站、乙西站等综合交通枢纽和丙丁物流港等货运枢纽建设",
            )
            for name, sector in [
                ("甲北站", "rail"),
                ("乙西站", "rail"),
                ("丙丁物流港", "logistics"),
            ]
        ],
    ),
    "and within a name parts nothing": (
        "建设和平水库、甲乙与丙湿地公园。",
        [
            ("和平水库", "water", "plan", "建设", "建设和平水库"),
            ("甲乙与丙湿地公园", "ecology", "plan", "建设", "建设和平水库、甲乙与丙湿地公园"),
        ],
    ),
    "what follows the noun belongs to the name": (
        "完善甲城污水处理厂二期工程，推进甲乙创业园(丙地基地)建设。",
        [
            ("甲城污水处理厂二期工程", "ecology", "upgrade", "完善", "完善甲城污水处理厂二期工程"),
            ("甲乙创业园(丙地基地)", "opening_up", "plan", "推进", "推进甲乙创业园(丙地基地)建设"),
        ],
    ),
    "works after a name may be a name or set its stage alone": (
        "开工甲乙一级公路、丙丁水库扩建，推进青江流域甲县段综合治理。",
        [
            ("甲乙一级公路", "road", "start", "开工", "开工甲乙一级公路、丙丁水库扩建"),
            ("丙丁水库", "water", "upgrade", "扩建", "开工甲乙一级公路、丙丁水库扩建"),
            ("青江流域甲县段综合治理", "ecology", "plan", "推进", "推进青江流域甲县段综合治理"),
        ],
    ),
    "a state after the name governs it": (
        "甲乙变电站年内投运，确保丙丁产业园6月底前竣工投产。",
        [
            ("甲乙变电站", "industry", "build", "投运", "甲乙变电站年内投运"),
            (
                "丙丁产业园",
                "industry",
                "build",
                "竣工投产",
                "确保丙丁产业园6月底前竣工投产",
            ),
        ],
    ),
    "a sum in brackets is no part of a name, a section is": (
        "建设甲乙产业园（总投资6.8亿元）、丙丁公路（甲县段）。",
        [
            ("甲乙产业园", "industry", "plan", "建设", "建设甲乙产业园"),
            (
                "丙丁公路（甲县段）",
                "road",
                "plan",
                "建设",
                "建设甲乙产业园（总投资6.8亿元）、丙丁公路（甲县段）",
            ),
        ],
    ),
    "a slogan names no place": (
        "一要提升核心景区，创建国家5A级旅游景区，打造区域性综合交通枢纽。",
        [],
    ),
    "a state that begins with a verb governs the name before it": (
        (
            "井村民宿集聚区启动招商，甲镇卫生院异地新建项目完成可研批复，乙乡公墓完成选址，"
            "丙丁小学迁建工程已完成主体结构封顶，丁村服务中心建成启用，戊己滑雪场力争2025年12月对外营业。"
        ),
        [
            (name, sector, stage, term, name + rest)
            for name, sector, stage, term, rest in [
                ("井村民宿集聚区", "culture_tourism", "prepare", "启动招商", "启动招商"),
                (
                    "甲镇卫生院异地新建项目",
                    "public_service",
                    "prepare",
                    "完成可研批复",
                    "完成可研批复",
                ),
                ("乙乡公墓", "public_service", "prepare", "完成选址", "完成选址"),
                ("丙丁小学迁建工程", "public_service", "build", "封顶", "已完成主体结构封顶"),
                ("丁村服务中心", "public_service", "build", "建成启用", "建成启用"),
                ("戊己滑雪场", "culture_tourism", "build", "对外营业", "力争2025年12月对外营业"),
            ]
        ],
    ),
    "the verb of a frame sets the stage, and is no part of the name": (
        "启动甲乙产业园招商，完成丙丁医院可研批复，引进落地甲乙深加工项目，全力保障甲乙抽水蓄能电站（丙丁）配套工程收尾。",
        [
            ("甲乙产业园", "industry", "prepare", "招商", "启动甲乙产业园招商"),
            ("丙丁医院", "public_service", "prepare", "可研批复", "完成丙丁医院可研批复"),
            ("甲乙深加工项目", "industry", "plan", "引进落地", "引进落地甲乙深加工项目"),
            (
                "甲乙抽水蓄能电站（丙丁）配套工程",
                "industry",
                "build",
                "收尾",
                "全力保障甲乙抽水蓄能电站（丙丁）配套工程收尾",
            ),
        ],
    ),
    "what a work becomes is no part of its name": (
        "推动甲乙遗址公园升级为国家公园，丙丁污水处理厂扩容（二期）工程由日处理5000吨提升至10000吨。",
        [
            (
                "甲乙遗址公园",
                "culture_tourism",
                "upgrade",
                "升级",
                "推动甲乙遗址公园升级为国家公园",
            ),
            (
                "丙丁污水处理厂扩容（二期）工程",
                "ecology",
                "upgrade",
                "提升",
                "丙丁污水处理厂扩容（二期）工程由日处理5000吨提升至10000吨",
            ),
        ],
    ),
    "works of improvement are an upgrade under any plain verb": (
        "完成甲乙大楼提升改造，实施丙丁工业园区配电网改造，续建甲城路改造工程，谋划戊己大道改造。",
        [
            ("甲乙大楼", "public_service", "upgrade", "提升改造", "完成甲乙大楼提升改造"),
            ("丙丁工业园区配电网改造", "industry", "upgrade", "改造", "实施丙丁工业园区配电网改造"),
            ("甲城路改造工程", "road", "upgrade", "改造", "续建甲城路改造工程"),
            ("戊己大道", "road", "study", "谋划", "谋划戊己大道改造"),
        ],
    ),
    "a village says nothing of a sector, the site of facilities does": (
        "新建港口村农饮水提标工程，完成甲溪流域综合治理工程（乙段），完成甲村通村公路拓宽8.6公里，加快甲山风景名胜区基础设施提升。",
        [
            ("港口村农饮水提标工程", "water", "upgrade", "提标", "新建港口村农饮水提标工程"),
            (
                "甲溪流域综合治理工程（乙段）",
                "ecology",
                "build",
                "完成",
                "完成甲溪流域综合治理工程（乙段）",
            ),
            ("甲村通村公路拓宽", "road", "upgrade", "拓宽", "完成甲村通村公路拓宽"),
            (
                "甲山风景名胜区基础设施",
                "culture_tourism",
                "upgrade",
                "提升",
                "加快甲山风景名胜区基础设施提升",
            ),
        ],
    ),
    "a level is enough for a long noun": (
        "建成县级算力调度中心。",
        [("县级算力调度中心", "innovation", "build", "建成", "建成县级算力调度中心")],
    ),
    "a name that only its phase tells shares the state of its list": (
        "甲乙数字公社二期、丙丁图书馆扩建年内投入运营。",
        [
            (
                "甲乙数字公社二期",
                "urban",
                "build",
                "投入运营",
                "甲乙数字公社二期、丙丁图书馆扩建年内投入运营",
            ),
            ("丙丁图书馆扩建", "public_service", "build", "投入运营", "丙丁图书馆扩建年内投入运营"),
        ],
    ),
    "a noun alone, a slogan and a work without a verb are no names": (
        "建设水库，提升服务水平，甲山水库效益好，新建12座大桥，打造现代产业园。",
        [],
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_list_yields_each_work_with_its_stage_and_quote(case):
    sentence, expected = LISTS[case]
    assert found(sentence) == expected


SENTENCES = {
    "the verb nearest before a name governs it": (
        "We will complete the Riverside Highway and upgrade the Northgate Logistics Park.",
        [
            ("Riverside Highway", "build", "complete"),
            ("Northgate Logistics Park", "upgrade", "upgrade"),
        ],
    ),
    "a verb may stand after the name": (
        "The Millbrook water treatment plant will be upgraded by 2025.",
        [("Millbrook water treatment plant", "upgrade", "upgraded")],
    ),
    "a facility may be told by its place alone": (
        "Construct footbridges at Kondele and Kachok, and a fire station at Maseno.",
        [
            ("footbridges at Kondele and Kachok", "plan", "Construct"),
            ("fire station at Maseno", "plan", "Construct"),
        ],
    ),
    "a state may stand after the name": (
        "The Kibos Solar Farm is under construction.",
        [("Kibos Solar Farm", "build", "under construction")],
    ),
    "who builds, and where works end, is no project": (
        "National Highways will lay a trunk main from Harefield Reservoir to Wexley Park.",
        [],
    ),
    "a study is no work": (
        "A feasibility study for Eastfield Airport will begin.",
        [("Eastfield Airport", "study", "feasibility study")],
    ),
    "a name of which nothing is to be built is no project": (
        "Impala Sanctuary and Ndere Island National Park shall be marketed jointly.",
        [],
    ),
    "a name without a verb is no project": ("A 40 MW solar farm at Kibos, with storage.", []),
    "the verb before a noun of works decides": (
        (
            "Lobby the National Government for the extension of the Lakeside Railway, and complete the "
            "dualling of the Northgate Bypass."
        ),
        [("Lakeside Railway", "seek", "Lobby"), ("Northgate Bypass", "build", "complete")],
    ),
    "a work without a name is no project": ("Build a new bridge and improve roads.", []),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_an_english_sentence_yields_each_work_with_its_stage(case):
    sentence, expected = SENTENCES[case]
    there = proposals(read(f"1. {sentence}\n", "en"))
    assert [(one.name, one.stage, one.stage_term) for one in there] == expected


def test_what_stands_beside_an_english_name_is_an_item_with_or_without_a_noun():
    def items(text):
        return [text[one.start : one.end] for one in reader_of(WORDS_OF["en"]).items(text)]

    assert items("establish a Fire Station at Maseno and one at Ahero") == [
        "establish a Fire Station at Maseno", "one at Ahero",
    ]  # fmt: skip
    trees = "2 million trees planted across Kajulu Hills, Nyabondo Plateau and the Got Nyabondo"
    assert items(f"Dunga Wetland will be kept, and {trees} water tower")[-1] == trees
    assert items("The contract was awarded in February 2023") == []


def test_the_place_after_an_english_name_is_its_whereabouts():
    document = read("1. Build the Northgate Bridge in Kisumu East.\n", "en")
    assert [(one.name, one.near) for one in proposals(document)] == [
        ("Northgate Bridge", "Kisumu East")
    ]


def test_what_only_joins_or_introduces_in_english_is_a_heading():
    document = read(
        "1. The council will:\n(a) Build the Mill Bridge; and\n(b) Close the old school.\n", "en"
    )
    features = draft_features(document, proposals(document), ZIYANG)
    reasons = {one["text"]: one["reason"] for one in entries_of(document, features)}
    assert reasons == {
        "The council will:": "heading", "and": "heading", "Close the old school": "to-judge",
    }  # fmt: skip


def test_the_label_of_a_list_tells_its_stage():
    document = read("第一条　续建：甲乙大桥、丙丁水库。\n")
    assert [(one.name, one.stage, one.stage_term) for one in proposals(document)] == [
        ("甲乙大桥", "build", "续建"), ("丙丁水库", "build", "续建"),
    ]  # fmt: skip


def test_a_name_that_leads_off_the_map_says_so_and_a_whole_name_goes_outside():
    document = read("第一条　谋划甲镇至临安旅游公路，新建乙村至浏阳市大道。\n")
    features = draft_features(document, proposals(document), ZIYANG, ["临安区", "浏阳市"])
    told = {one["properties"]["name_zh"]: one["properties"] for one in features}
    assert told["甲镇至临安旅游公路"]["outside"] == []
    assert "名称提到图外地方（临安）" in told["甲镇至临安旅游公路"]["basis"]
    assert told["乙村至浏阳市大道"]["outside"] == ["浏阳市"]
    assert "图外地方" not in told["乙村至浏阳市大道"]["basis"]


def test_each_pattern_means_one_thing():
    assert set(NOUNS) == set(NOUNS_EN) == set(SECTOR_CODES)
    assert set(VERBS) | set(VERBS_EN) | set(TAILS) <= set(STAGE_CODES)
    for table in (NOUNS, VERBS, TAILS, NOUNS_EN, VERBS_EN):
        words = [word for words in table.values() for word in words]
        assert len(words) == len(set(words))


WORDS = [word for table in (NOUNS, VERBS, TAILS) for words in table.values() for word in words]


@given(st.lists(st.sampled_from([*WORDS, "甲", "乙丙", "、", "和", "等", "（", "）", "，", "。"])))
def test_a_candidate_is_quoted_from_its_own_clause_and_holds_its_name_and_term(pieces):
    document = read("第一条　" + "".join(pieces) + "\n")
    for one in proposals(document):
        assert document.clause("一").span.holds(one.span)
        quote = document.slice(one.span)
        assert one.stage_term in quote
        # Never invented: the name is a passage of the quote, as it stands there.
        assert one.name
        assert one.name in quote


ENGLISH = [
    "build", "upgraded", "The", "Riverside", "and", "of", "Bridge", "road", "Phase 2", ",", ". ", "new", "No. 3",
]  # fmt: skip


@given(st.lists(st.sampled_from(ENGLISH), min_size=1, max_size=12))
def test_an_english_candidate_is_a_passage_of_its_quote(pieces):
    document = read("1. " + " ".join(pieces) + "\n", "en")
    for one in proposals(document):
        quote = document.slice(one.span)
        assert one.name in quote
        assert one.stage_term in quote


def test_headings_are_no_projects_and_not_left_to_judge():
    document = read(
        "报告\n一、重点任务\n(一)以项目为王\n1.建设甲山水库。\n(二)推进乙河大桥建设\n1.完成投资。\n"
        "(三)聚焦民生。建设丙丁小学。\n"
    )
    features = draft_features(document, proposals(document), ZIYANG)
    assert [one["properties"]["name_zh"] for one in features] == ["丙丁小学", "甲山水库"]
    reasons = {one["text"]: one["reason"] for one in entries_of(document, features)}
    assert reasons == {
        "一、重点任务": "heading", "(一)以项目为王": "heading", "(三)聚焦民生": "heading",
        # A heading that may name a project, and a sentence that names none, are for the curator.
        "(二)推进乙河大桥建设": "to-judge", "1.完成投资": "to-judge",
    }  # fmt: skip


def test_a_draft_has_the_counties_that_its_words_name_and_says_how_they_are_known():
    document = read("第一条　建设安岳湿地公园、丙丁小学。\n")
    two = {
        one["properties"]["name_zh"]: one["properties"]
        for one in draft_features(document, proposals(document), ZIYANG)
    }
    assert two["安岳湿地公园"]["counties"] == ["512021"]
    assert len(two["丙丁小学"]["counties"]) == 3
    assert "暂列全部" in two["丙丁小学"]["basis"]


def test_a_word_of_a_home_goes_before_the_same_shipped_word():
    document = read("第一条　赶建甲乙天桥，加快丙丁大道。\n")
    own = vocabulary("zh", {"start": ("赶建",), "plan": ("加快",)}, {"urban": ("天桥",)})
    assert [(one.name, one.stage) for one in candidates(document, own)] == [
        ("甲乙天桥", "start"), ("丙丁大道", "plan"),
    ]  # fmt: skip
    assert [(one.name, one.stage) for one in proposals(document)] == [("丙丁大道", "build")]


@given(
    st.lists(st.sampled_from([*WORDS, "甲", "乙丙", "S3", "“", "、", "和", "，", "。"]), min_size=1)
)
def test_drafts_keep_the_contract_and_every_other_segment_is_still_to_be_judged(pieces):
    document = read("第一条　" + "".join(pieces) + "\n")
    features = draft_features(document, proposals(document), ZIYANG)
    assert [fault for one in features for fault in schema_faults(FEATURE, one, one["id"])] == []
    ids = [one["id"] for one in features]
    assert ids == sorted(set(ids))
    for one in features:
        assert parse_project(one).is_draft
        for anchor in one["properties"]["anchors"]:
            assert document.text[anchor["start"] : anchor["end"]] == anchor["exact"]
    projects = [parse_project(one) for one in features]
    anchors = [(project.id, anchor) for project in projects for anchor in project.anchors]
    entries = tuple(Entry(**one) for one in entries_of(document, features))
    for segment in coverage(document, Ledger("x", ("一",), {}, entries), anchors):
        assert bool(segment.projects) != bool(segment.entries)


PLAN = ROOT / "tests" / "data" / "yunze-plan.txt"
NAMED_IN_PLAN = {
    "云泽至临江高速公路", "县城绕城公路", "滨江大道", "国道512线云泽段", "渝云高铁云泽站", "云泽通用机场", "北门物流园",
    "青石渡大桥", "龙口水库", "白鹭灌区续建工程", "城北第二水厂", "青泽河引水工程", "云泽经济开发区", "锂电材料产业园",
    "竹木家居产业基地", "百亿级绿色建材产业集群", "高山茶叶现代农业园区", "泽畔稻渔综合种养示范带",
    "国家级云泽湖旅游度假区", "古盐道遗址公园", "云泽县博物馆", "城东新区", "云泽河湿地公园", "市民体育公园",
    "县城生活污水处理厂二期工程", "县第二人民医院", "城南小学", "云泽职业技术学校", "县养老服务中心", "云泽县科技创新中心",
}  # fmt: skip


def test_of_a_plan_nearly_every_project_is_found_and_nothing_else():
    names = {one.name for one in proposals(read(PLAN.read_text(encoding="utf-8")))}
    assert names <= NAMED_IN_PLAN
    assert NAMED_IN_PLAN - names == {"渝云高铁云泽站"}
