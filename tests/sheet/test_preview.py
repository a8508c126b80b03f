"""The preview image of a link: what it says, what it draws, and that nothing in it collides."""

import io
import re
import struct
from dataclasses import replace

import pypdfium2
import pytest
import shapely
from PIL import Image

from geo.core.i18n import text
from geo.layer.filters import ProjectFilter
from geo.sheet import preview
from geo.sheet.drawing import MAIN, Layout
from geo.sheet.frames import numbered, read_ground
from geo.sheet.label_placement import Box
from geo.sheet.labels import name_counties
from geo.sheet.maps import FEW
from geo.sheet.preview import (
    BEYOND_KM,
    MAP_SIZE,
    PAGE,
    WORD_JOINER,
    _compiler,
    compose_project,
    compose_selection,
    fitted_frame,
    project_preview,
    selection_preview,
    subject_bounds,
    unbroken,
)
from geo.sheet.symbols import FAINT, STRONG

LANGUAGES = ("zh", "en")
POINTS_PER_MM = 72 / 25.4
KINDS = {
    "exact point": "ziyang-north-hub",
    "approximate point": "anyue-station-hub",
    "line": "chengziyi-hsr",
    "area": "airport-urban-agriculture-park",
    "somewhere in a county": "lezhi-general-airport",
    "whole county": "lezhi-chengyu-green-zone",
    "beyond the city": "chengdu-metropolitan-area",
    "outside": "zhanglao-water-diversion",
    "no place": "suburban-rail-s14",
}
FILTERS = {
    "everything": ProjectFilter(),
    "a sector": ProjectFilter(sector=("rail",)),
    "two facets": ProjectFilter(sector=("rail", "road"), county=("512021",)),
    "without a place": ProjectFilter(precision=("unlocated",)),
    "nothing": ProjectFilter(sector=("aviation",), extent=("beyond",)),
}
MOST_BYTES = 300_000
"""WhatsApp shows no larger image."""
MOST_NAMES = 8
PANEL = (PAGE[0] - MAP_SIZE[0], PAGE[1])
"""The size in mm of the part with the words."""


def of_project(dataset, kind, language="zh"):
    return compose_project(dataset, dataset.projects[KINDS[kind]], language)


def text_boxes(content):
    """Return the box in mm of each run of text beside the map, as PDFium finds it."""
    page = panel(content)
    height = page.get_size()[1]
    words = page.get_textpage()
    rects = [words.get_rect(number) for number in range(words.count_rects())]
    return [
        Box(*(one / POINTS_PER_MM for one in (left, height - top, right, height - bottom)))
        for left, bottom, right, top in rects
    ]


def panel(content):
    """Return the page of an image whose map has no names."""
    without_names = content["map"] | {"names": [], "letters": [], "symbols": []}
    made = _compiler(content | {"map": without_names}).compile(format="pdf")
    return pypdfium2.PdfDocument(made)[0]


def text_of(content):
    """Return the text beside the map without spaces, for a line may break anywhere in Chinese."""
    said = panel(content).get_textpage().get_text_bounded()
    return squeezed(said.replace(WORD_JOINER, "").replace("\x02", "-"))


def squeezed(words):
    return re.sub(r"\s", "", words)


def collisions(boxes):
    """Yield the pairs of boxes of which one covers more than the ascenders of the other."""
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            if one.meets(other, -0.6):
                yield one, other


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*KINDS, *FILTERS])
def test_an_image_has_the_size_that_sites_ask_for_and_few_bytes(dataset, kind, language):
    if kind in KINDS:
        made = project_preview(dataset, dataset.projects[KINDS[kind]], language)
    else:
        made = selection_preview(dataset, FILTERS[kind], language)
    assert made.startswith(b"\x89PNG")
    assert struct.unpack(">II", made[16:24]) == (1200, 630)
    assert len(made) < MOST_BYTES


def test_the_same_data_makes_the_same_bytes(dataset):
    one = dataset.projects[KINDS["line"]]
    assert project_preview(dataset, one, "en") == project_preview(dataset, one, "en")


def test_the_colours_of_the_ground_and_of_the_sector_stay_what_they_are(dataset):
    content = of_project(dataset, "exact point")
    image = Image.open(
        io.BytesIO(project_preview(dataset, dataset.projects[KINDS["exact point"]], "zh"))
    )
    found = {
        "#{:02x}{:02x}{:02x}".format(*colour) for _, colour in image.convert("RGB").getcolors()
    }
    assert {content["colours"]["land"], content["hue"]} <= found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*KINDS, *FILTERS])
def test_the_typesetter_has_nothing_to_warn_of(dataset, kind, language):
    content = (
        of_project(dataset, kind, language)
        if kind in KINDS
        else compose_selection(dataset, FILTERS[kind], language)
    )
    assert _compiler(content).compile_with_warnings(format="png", ppi=36)[1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_names_are_whole_and_touch_nothing_else(dataset, language):
    longest = sorted(dataset.projects.values(), key=lambda one: -len(one.name(language)))
    unlocated = [one for one in longest if one.geometry is None]
    for project in (*longest[:MOST_NAMES], *unlocated[:2]):
        content = compose_project(dataset, project, language)
        assert squeezed(project.name(language)) in text_of(content)
        boxes = text_boxes(content)
        assert list(collisions(boxes)) == [], project.id
        assert all(box.within(Box(0, 0, *PANEL)) for box in boxes), project.id


def test_words_that_collide_are_noticed():
    one, other = Box(0, 0, 10, 5), Box(2, 4, 8, 9)
    assert list(collisions([one, other])) == [(other, one)]
    assert list(collisions([one, Box(0, 5, 10, 9)])) == []


def test_many_filters_are_all_named_and_touch_nothing_else(dataset):
    asked = ProjectFilter(
        sector=("rail", "road", "aviation", "logistics", "water", "industry"),
        county=("512002", "512021", "512022"),
        stage=("plan", "build", "start", "study"),
    )
    for language in LANGUAGES:
        content = compose_selection(dataset, asked, language)
        assert squeezed(content["lead"]) in text_of(content)
        boxes = text_boxes(content)
        assert list(collisions(boxes)) == []
        assert all(box.within(Box(0, 0, *PANEL)) for box in boxes)


def test_every_project_is_in_the_frame_as_far_as_it_is_near(dataset):
    ground = read_ground(dataset)
    nearby = shapely.box(*ground.home.bounds).buffer(BEYOND_KM * 1000, join_style="mitre")
    for project in dataset.projects.values():
        frame = fitted_frame(subject_bounds(ground, project)).ground
        shape = ground.shapes.get(project.id)
        if shape is None:
            assert frame.covers(ground.home), project.id
        else:
            near = shape.intersection(nearby)
            assert frame.covers(shape if near.is_empty else near), project.id
            assert frame.intersects(ground.home), project.id


def test_what_is_only_far_away_is_shown_with_the_place_itself(dataset):
    ground = read_ground(dataset)
    far = shapely.Point(ground.home.bounds[2] + 90_000, ground.home.bounds[3])
    project = dataset.projects[KINDS["exact point"]]
    moved = replace(ground, shapes={project.id: far})
    frame = fitted_frame(subject_bounds(moved, project)).ground
    assert frame.covers(far)
    assert frame.covers(ground.home)


def opacity(value):
    return f'fill-opacity="{value:g}"'


@pytest.mark.parametrize(
    ("kind", "disc", "band", "fill"),
    [
        ("exact point", False, False, False),
        ("approximate point", True, False, False),
        ("line", False, False, False),
        ("outside", False, True, False),
        ("area", False, False, True),
        ("whole county", False, False, True),
        ("somewhere in a county", False, False, False),
        ("beyond the city", False, False, True),
        ("no place", False, False, False),
    ],
)
def test_how_well_a_place_is_known_is_drawn(dataset, kind, disc, band, fill):
    content = of_project(dataset, kind)
    svg = content["map"]["svg"]
    assert (opacity(STRONG.disc) in svg) == disc
    assert (opacity(STRONG.band) in svg) == band
    assert (opacity(STRONG.fill) in svg) == fill
    outlined = f'stroke="{content["hue"]}"' in svg or content["map"]["symbols"]
    assert bool(outlined) == (kind != "no place")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_without_a_place_says_so_in_words(dataset, language):
    note = text(language, "precision-unlocated-note")
    assert squeezed(note) in text_of(of_project(dataset, "no place", language))
    assert of_project(dataset, "exact point", language)["note"] == ""


def test_a_place_somewhere_in_a_county_names_the_county(dataset):
    facts = of_project(dataset, "somewhere in a county", "en")["facts"]
    assert facts[-1]["value"].startswith("Lezhi County: ")


def test_an_error_in_metres_is_written(dataset):
    assert of_project(dataset, "approximate point", "en")["facts"][-1]["value"].endswith("±5 km")


def test_the_image_of_a_filter_says_how_many_projects_it_leaves_and_which(dataset):
    rail = sum(one.sector == "rail" for one in dataset.projects.values())
    content = compose_selection(dataset, FILTERS["a sector"], "zh")
    assert content["heading"].startswith(f"{rail} / {len(dataset.projects)} ")
    assert "铁路" in content["lead"]
    assert content["kicker"]["label"] == text("zh", "sector-rail")
    assert compose_selection(dataset, FILTERS["two facets"], "zh")["kicker"] is None
    assert compose_selection(dataset, FILTERS["nothing"], "zh")["heading"].startswith("0 / ")


def test_the_image_of_everything_has_the_title_of_the_map_and_the_number_of_projects(dataset):
    content = compose_selection(dataset, FILTERS["everything"], "en")
    assert content["heading"] == text("en", "title")
    assert content["title"].startswith(f"{len(dataset.projects)} projects")


def test_areas_are_drawn_only_where_few_projects_are_shown(dataset):
    mapped = [one for one in dataset.projects.values() if one.geometry is not None]
    industry = [one for one in mapped if one.sector == "industry"]
    assert len(industry) <= FEW < len(mapped)
    few = compose_selection(dataset, ProjectFilter(sector=("industry",)), "zh")["map"]["svg"]
    many = compose_selection(dataset, FILTERS["everything"], "zh")["map"]["svg"]
    assert opacity(FAINT.fill) in few
    assert opacity(FAINT.fill) not in many


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_of_a_county_lies_in_the_county(dataset, kind):
    ground = read_ground(dataset)
    project = dataset.projects[KINDS[kind]]
    frame = fitted_frame(subject_bounds(ground, project))
    layout = Layout(frame, ground, "zh", numbered([project]), MAIN)
    name_counties(layout, own=True)
    shapes = dict(zip(ground.counties["name_zh"], ground.counties.geometry, strict=True))
    for name in layout.names:
        middle = shapely.Point(name["x"] + name["width"] / 2, name["y"] + name["height"] / 2)
        assert frame.paper(shapes[name["text"]]).covers(middle), name["text"]


def test_a_line_never_ends_within_the_name_of_a_place(dataset):
    ground = read_ground(dataset)
    assert unbroken("现代化成都都市圈", ground) == f"现代化成{WORD_JOINER}都都市圈"
    assert unbroken("成都天府国际机场", ground) == f"成{WORD_JOINER}都天府国际机场"
    assert unbroken("Chengdu metropolitan area", ground) == "Chengdu metropolitan area"


def test_a_near_map_says_where_it_is_and_a_wide_one_need_not(dataset):
    assert of_project(dataset, "exact point")["map"]["locator"]
    assert of_project(dataset, "no place")["map"]["locator"] is None


def test_a_near_map_names_towns_of_the_counties_without_additions(dataset):
    names = {one["text"] for one in of_project(dataset, "exact point")["map"]["names"]}
    assert "临江镇" in names
    assert not [name for name in names if preview.QUALIFIED.search(name)]


def test_nothing_that_stands_on_a_map_covers_another_or_leaves_it(dataset):
    for kind in KINDS:
        drawn = of_project(dataset, kind, "en")["map"]
        parts = [*drawn["names"], *drawn["symbols"], *filter(None, [drawn["locator"]])]
        boxes = [
            Box(one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"])
            for one in parts
        ]
        for name in drawn["names"]:
            spot = name["dot"] and Box.around((name["dot"]["x"], name["dot"]["y"]), 1, 1)
            others = [box for one, box in zip(parts, boxes, strict=True) if one is not name]
            assert spot is None or not any(spot.meets(other) for other in others), name["text"]
        for number, one in enumerate(boxes):
            assert one.within(Box(0, 0, *MAP_SIZE)), kind
            assert not any(one.meets(other) for other in boxes[:number]), kind
