"""Numbers and readings of this decision's layer; rules for any layer are checks."""

import re

import pytest
from shapely.geometry import Point

from geo.counties import CRS, METRIC_CRS

CLAUSE_TEN = [
    "成自宜高铁",
    "成资渝高速",
    "成渝客专提速达效",
    "成渝铁路扩能改造",
    "成渝高速扩容",
    "成渝中线高铁",
    "成达万高铁",
    "绵遂内铁路",
    "乐山经资中至铜梁高速",
    "成资大道",
    "成资临空大道",
    "轨道交通资阳线(成资市域铁路S3线)",
    "成都外环铁路",
    "成都东西城市轴线东延线资简段",
    "成都东西城市轴线东延线简乐段",
    "成资市域铁路S14线",
    "成资市域铁路S17线",
    "沱江两岸旅游通道",
    "资安快速通道",
    "乐雁快速通道",
    "雁江通用机场",
    "安岳通用机场",
    "乐至通用机场",
    "资阳北站综合交通枢纽",
    "资阳西站综合交通枢纽",
    "安岳站综合交通枢纽",
    "乐至站综合交通枢纽",
    "公铁物流港",
    "高铁动货基地",
    "内陆无水港",
    "“张老引水”工程",
    "简资干渠",
    "望水河泄水工程",
    "毗河供水一期工程",
    "毗河供水二期工程",
]

STAGES = {
    "chengziyi-hsr": "build",
    "chengyu-middle-hsr": "start",
    "miansuinei-railway": "prepare",
    "suburban-rail-s14": "study",
    "chengyu-pdl-speedup": "upgrade",
    "hsr-freight-base": "plan",
    "zhanglao-water-diversion": "build",
    "pihe-water-supply-phase-2": "prepare",
}


def test_clause_ten_has_every_work_that_it_names(dataset):
    found = {one.name_zh for one in dataset.projects.values() if one.anchors[0].clause == "十"}
    assert found == set(CLAUSE_TEN)


@pytest.mark.parametrize("name", STAGES)
def test_the_stage_follows_the_governing_verb(dataset, name):
    assert dataset.projects[name].stage == STAGES[name]


def test_the_corridor_between_chengdu_and_ziyang_is_there_with_its_clauses(dataset):
    belt = dataset.projects["chengzi-airport-economy-belt"]
    assert [anchor.clause for anchor in belt.anchors] == ["七", "二", "六"]


@pytest.mark.parametrize(
    ("station", "lon", "lat"),
    [("ziyang-north-hub", 104.6801, 30.1284), ("ziyang-west-hub", 104.548, 30.1294)],
)
def test_a_built_station_is_where_it_was_surveyed(dataset, station, lon, lat):
    geometry = dataset.projects[station].geometry
    assert geometry.distance(Point(lon, lat)) < 0.005


def test_general_airports_have_no_pin(dataset):
    for county in ("yanjiang", "anyue", "lezhi"):
        project = dataset.projects[f"{county}-general-airport"]
        assert project.precision == "area"
        assert "Polygon" in project.geometry.geom_type


def test_every_name_or_its_pieces_stand_in_the_quote(dataset):
    from geo.passage import name_spans

    without = [
        one.id
        for one in dataset.projects.values()
        if not name_spans(one.anchors[0], one.name_zh.removesuffix("工程"))
    ]
    assert without == []


def test_works_drawn_from_openstreetmap_credit_it(dataset):
    for project in dataset.projects.values():
        if "OpenStreetMap" in project.basis or "OSM" in project.basis:
            assert any("ODbL" in one.licence for one in project.references), project.id


def test_a_vague_place_is_not_given_to_the_metre(dataset):
    for project in dataset.projects.values():
        if project.precision != "approximate":
            continue
        decimals = [len(one) for one in re.findall(r"\.(\d+)", project.geometry.wkt)]
        trimmed = [len(one.rstrip("0")) for one in re.findall(r"\.(\d+)", project.geometry.wkt)]
        assert max(trimmed, default=0) <= 5, (project.id, decimals)


def test_the_largest_real_lines_are_simple_enough_to_draw(dataset):
    frame = dataset.frame[dataset.frame.geometry.notna()]
    assert frame.crs == CRS
    assert frame.geometry.count_coordinates().max() <= 1_000
    assert frame.to_crs(METRIC_CRS).length.max() < 800_000
