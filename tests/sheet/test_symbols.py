"""What the sheet draws: the forms of lines, areas and signs are those of the live map."""

import re
from dataclasses import asdict, replace
from math import cos, pi

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support import ROOT

from geo.core.i18n import text
from geo.layer.filters import ProjectFilter
from geo.map.client_data import map_words
from geo.map.symbology import LINE_SYMBOLS, OUTSIDE, SOFT_EDGE, THEME_COLOURS, symbol_code
from geo.sheet import drawing, maps, symbols
from geo.sheet.composition import compose
from geo.sheet.drawing import Drawing
from geo.sheet.frames import fit_frame, read_ground
from geo.sheet.label_placement import Box
from geo.sheet.labels import letters_along
from geo.sheet.symbols import MM_PER_PIXEL, Look

KINDS = [one.code for one in LINE_SYMBOLS]
PLANNED, BUILT, UPGRADED = Look("plan", "exact"), Look("build", "exact"), Look("upgrade", "exact")
PIXELS = 0.5 / 1000 / MM_PER_PIXEL
"""Half of the last digit that the sheet writes of a length in mm, in pixels."""


@pytest.fixture(scope="module")
def ground(dataset):
    return read_ground(dataset)


@pytest.fixture(scope="module")
def whole(dataset):
    return compose(dataset, ProjectFilter(), "zh")


def strokes(kind, look, **more):
    return symbols.line_strokes(kind, "rail", look, **more)


def forms(made):
    """Return strokes as they look in grey: what is left of a hue is that it is not the ground."""
    return [replace(one, colour=one.colour == symbols.GROUND.land) for one in made]


def drawn(ground, *projects, bands=False):
    frame = fit_frame(ground.home.bounds, 262, 254, 4)
    svg = Drawing(frame, ground, projects, 1.0, bands).svg([], None)
    return etree.fromstring(svg.replace(' xmlns="http://www.w3.org/2000/svg"', ""))


def first(dataset, wanted):
    return next(
        one for one in dataset.projects.values() if one.geometry is not None and wanted(one)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_planned_line_is_broken_and_a_built_one_is_not(kind):
    assert strokes(kind, PLANNED)[0].dashes
    assert not strokes(kind, BUILT)[0].dashes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stage", ["plan", "build", "upgrade"])
def test_an_approximate_line_has_a_soft_edge_and_is_not_broken_for_it(kind, stage):
    exact, soft = (strokes(kind, Look(stage, one)) for one in ("exact", "approximate"))
    assert soft[-len(exact) :] == exact
    edge = soft[: -len(exact)]
    assert [one.opacity for one in edge] == [opacity for _, opacity in SOFT_EDGE]
    assert not any(one.dashes for one in edge)
    assert all(one.width > exact[0].width for one in edge) or stage == "upgrade"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_to_be_upgraded_has_a_fine_line_along_each_side(kind):
    built, upgraded = strokes(kind, BUILT), strokes(kind, UPGRADED)
    outer, gap = upgraded[: -len(built)]
    assert outer.width > gap.width > built[0].width
    assert gap.colour == symbols.GROUND.land


@pytest.mark.parametrize("look", [PLANNED, BUILT])
def test_every_kind_of_line_is_told_from_every_other_without_its_colour(look):
    """A railway from an expressway, too; only in hue do the same forms differ."""
    found = [forms(strokes(kind, look)) for kind in KINDS if kind != "line"]
    assert all(one not in found[:number] for number, one in enumerate(found))
    assert forms(symbols.line_strokes("avenue", "rail", look)) == forms(
        symbols.line_strokes("avenue", "road", look)
    )


def test_beyond_ziyang_a_line_is_thinner_and_paler_and_keeps_its_rhythm(dataset, ground):
    line = first(dataset, lambda one: symbol_code(one) == "hsr" and one.precision == "exact")
    groups = {
        one.get("clip-path"): list(one) for one in drawn(ground, line).iter("g") if len(one) > 1
    }
    beyond, home = groups["url(#beyond)"], groups["url(#home)"]
    thinner, paler = OUTSIDE
    for far, near in zip(beyond, home, strict=True):
        assert far.get("d") == near.get("d")
        assert far.get("stroke-dasharray") == near.get("stroke-dasharray")
        ratio = float(far.get("stroke-width")) / float(near.get("stroke-width"))
        assert ratio == pytest.approx(thinner, abs=0.01)
    assert float(beyond[0].get("stroke-opacity")) == paler
    assert home[0].get("stroke-opacity") is None


def test_what_is_as_wide_as_a_county_is_not_outlined(dataset, ground):
    county = first(dataset, lambda one: one.scope == "county")
    nothing = etree.tostring(drawn(ground))
    assert etree.tostring(drawn(ground, county)) == nothing
    assert etree.tostring(drawn(ground, replace(county, precision="approximate"))) != nothing


def test_one_area_in_one_hue_is_drawn_once(dataset, ground):
    area = first(dataset, lambda one: one.geometry.area > 0 and one.scope is None)
    twin = replace(area, name_zh="同地另一项目")
    other = replace(area, sector="water" if area.sector != "water" else "rail")
    count = [
        len(list(drawn(ground, *own).iter("path"))) for own in ([area], [area, twin], [area, other])
    ]
    assert count[0] == count[1] < count[2]


def test_areas_that_lie_on_each_other_do_not_darken_the_map(dataset, ground):
    areas = [
        one
        for one in dataset.projects.values()
        if one.geometry is not None and one.geometry.area > 0 and one.scope is None
    ]
    found = [
        one.get("fill")
        for one in drawn(ground, *areas).iter("path")
        if one.get("fill-opacity") == f"{symbols.FAINT.fill:g}"
    ]
    assert sorted(found) == sorted({symbols.hue_of(one.sector) for one in areas})


def test_only_what_was_not_surveyed_has_round_corners():
    square = shapely.box(0, 0, 10, 10)
    sketched = symbols.round_corners(square)
    assert square.buffer(1e-9).covers(sketched)
    assert all(sketched.distance(shapely.Point(corner)) > 1 for corner in square.exterior.coords)
    for middle in ((5, 0), (10, 5), (5, 10), (0, 5)):
        assert sketched.distance(shapely.Point(middle)) < 1e-9


def test_a_rounded_area_keeps_its_holes():
    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(3, 3, 7, 7))
    assert not symbols.round_corners(ring).covers(shapely.Point(5, 5))


def test_a_sign_is_square_and_full_when_exact_and_round_and_open_when_approximate():
    def last_two(look):
        return etree.fromstring(f"<svg>{''.join(symbols.draw_symbol((0, 0), 'rail', look))}</svg>")[
            -2:
        ]

    for look in (PLANNED, BUILT, Look("plan", "approximate"), Look("build", "approximate")):
        fill, rim = last_two(look)
        corners = re.findall(r"(-?[\d.]+) (-?[\d.]+)", fill.get("d"))
        reach = max(abs(complex(float(x), float(y))) for x, y in corners)
        assert (reach > 1.1 * symbols.SIGN / 2) == look.exact
        assert fill.get("fill") == (symbols.hue_of("rail") if look.exact else symbols.GROUND.land)
        broken = look.form == "planned" and not look.exact
        assert (rim.get("stroke-dasharray") is not None) == broken


def test_how_uncertain_a_line_is_shows_on_the_closer_map_and_on_a_map_of_few(dataset, whole):
    band = f'fill-opacity="{symbols.FAINT.band:g}"'
    assert band not in whole["maps"]["main"]["svg"]
    assert band in whole["maps"]["closer"]["svg"]
    few = compose(dataset, ProjectFilter(sector=("rail",)), "zh")
    assert band in few["maps"]["main"]["svg"]


def test_the_legend_has_every_kind_of_line_in_use_and_no_other(dataset):
    for chosen in (ProjectFilter(), ProjectFilter(sector=("water",)), ProjectFilter(q="zzzz")):
        shown = [dataset.projects[name] for name in chosen.apply(dataset.frame).index]
        used = {symbol_code(one) for one in shown}
        legend = compose(dataset, chosen, "en")["legend"]
        labels = [text("en", f"signature-{kind}") for kind in KINDS if kind in used]
        assert [one["label"] for one in legend["lines"]] == labels


def test_the_legend_draws_with_the_strokes_of_the_map(dataset):
    legend = compose(dataset, ProjectFilter(sector=("rail",)), "en")["legend"]
    sample = legend["lines"][0]["sample"]
    for one in symbols.line_strokes("hsr", "rail", BUILT):
        assert f'stroke="{one.colour}" stroke-width="{one.width:g}"' in sample


def test_the_sheet_and_the_live_map_read_one_table():
    words = map_words()
    for code, own in words["signatures"]["lines"].items():
        for form, look in (("planned", PLANNED), ("built", BUILT)):
            made = strokes(code, look)
            assert len(made) == len(own[form])
            for one, told in zip(made, own[form], strict=True):
                assert one.width / MM_PER_PIXEL == pytest.approx(told["width"], abs=PIXELS)
                assert one.shift / MM_PER_PIXEL == pytest.approx(told["shift"], abs=PIXELS)
                dashes = [each / MM_PER_PIXEL for each in one.dashes]
                assert dashes == pytest.approx(told["dash"], abs=PIXELS)
                assert one.cap == told["cap"]
    assert words["themes"]["light"] == asdict(symbols.GROUND) == asdict(THEME_COLOURS["light"])


FIGURES = {
    r"ground\.land, ([\d.]+)\)": ("symbol_drawing.js", symbols.TINT),
    r"emphasised \? 0\.16 : ([\d.]+)\)": ("symbol_drawing.js", symbols.FAINT.fill),
    r"emphasised \? 0\.13 : ([\d.]+),": ("symbol_drawing.js", symbols.FAINT.band),
    r"emphasised \? 0\.12 : ([\d.]+);": ("symbol_drawing.js", symbols.FAINT.disc),
    r"emphasised \? 2\.2 : ([\d.]+), dash": ("symbol_drawing.js", symbols.dotted_stroke("").width / MM_PER_PIXEL),
    r"dash: \[0\.1, ([\d.]+)\]": ("symbol_drawing.js", symbols.dotted_stroke("").dashes[1] / MM_PER_PIXEL),
    r"emphasised \? 0\.95 : ([\d.]+) \}": ("symbol_drawing.js", symbols.dotted_stroke("").opacity),
    r"emphasised \? ([\d.]+) : 0\.035\)": ("symbol_drawing.js", symbols.STRONG.fill),
    r"emphasised \? ([\d.]+) : 0\.03,": ("symbol_drawing.js", symbols.STRONG.band),
    r"emphasised \? ([\d.]+) : 0\.02;": ("symbol_drawing.js", symbols.STRONG.disc),
    r"emphasised \? ([\d.]+) : 1\.2, dash": ("symbol_drawing.js", symbols.STRONG.edge_px),
    r"emphasised \? ([\d.]+) : 0\.5 \}": ("symbol_drawing.js", symbols.STRONG.edge),
    r"width: ([\d.]+), colour: hue, dash: rim": ("symbol_drawing.js", symbols.rim_stroke("", BUILT).width / MM_PER_PIXEL),
    r"box\(([\d.]+)\);\n    context.fillStyle = colours.land": ("symbol_drawing.js", symbols.HALO / MM_PER_PIXEL),
    r"half \+ grow\), ([\d.]+) \+ grow\)": ("symbol_drawing.js", symbols.CORNER / MM_PER_PIXEL),
    r"const EDGE = ([\d.]+);": ("basemap.js", drawing.EDGE),
    r"const FEW = ([\d.]+);": ("level_of_detail.js", maps.FEW),
}  # fmt: skip
"""The figures of the live map's scripts that the sheet has as its own."""


def said(script, figure):
    return float(re.search(figure, script)[1])


@pytest.mark.parametrize("figure", FIGURES)
def test_the_quiet_inks_of_the_sheet_are_those_of_the_live_map(figure):
    name, own = FIGURES[figure]
    script = (ROOT / "geo" / "map" / "static" / name).read_text(encoding="utf-8")
    assert said(script, figure) == pytest.approx(own, abs=PIXELS)
    # Its spoiled twin: a script with another figure is found out.
    found = re.search(figure, script)
    spoiled = script[: found.start(1)] + "77" + script[found.end(1) :]
    assert said(spoiled, figure) != pytest.approx(own, abs=PIXELS)


def corners(letter):
    level = shapely.box(0, 0, letter["width"], letter["height"])
    middle = shapely.affinity.translate(
        level, letter["x"] - letter["width"] / 2, letter["y"] - letter["height"] / 2
    )
    return shapely.affinity.rotate(middle, letter["angle"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_name_along_a_line_lies_on_no_other_word_and_on_no_sign(dataset, language):
    main = compose(dataset, ProjectFilter(), language)["maps"]["main"]
    assert len({one["hue"] for one in main["letters"]}) > 1
    stands = [
        shapely.box(one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"])
        for one in (*main["names"], *main["plates"], *main["signs"], *main["symbols"])
    ]
    paper = shapely.box(0, 0, main["width"], main["height"])
    for letter in main["letters"]:
        shape = corners(letter)
        assert paper.covers(shape)
        assert not any(shape.intersects(one) for one in stands), letter["text"]


courses = st.floats(-pi, pi).map(
    lambda angle: shapely.affinity.rotate(
        shapely.LineString([(0, 0), (60, 0)]), angle, use_radians=True
    )
)


@settings(deadline=None)
@given(courses, st.sampled_from([-1.0, 1.0]))
def test_a_name_reads_to_the_right_or_downwards_whichever_way_its_line_runs(course, apart):
    for name, language in (("成渝中线高铁", "zh"), ("Chengdu outer ring railway", "en")):
        letters = letters_along(course, name, language, 30, apart)
        assert "".join(one.text for one in letters) == name.replace(" ", "")
        assert all(cos(one.angle) > -1e-6 for one in letters)
        start, end = letters[0], letters[-1]
        assert end.x - start.x > -1e-6 or (language == "zh" and end.y > start.y)
        assert all(not course.intersects(one.shape()) for one in letters)


def test_a_name_that_its_line_has_no_room_for_is_not_written():
    name = "成渝中线高铁"
    short = shapely.LineString([(0, 0), (5, 0)])
    bent = shapely.LineString([(0, 0), (7, 0), (7, 7), (14, 7), (14, 14)])
    assert letters_along(short, name, "zh", 2.5, 1) == []
    assert letters_along(bent, name, "zh", bent.length / 2, 1) == []
    straight = shapely.LineString([(0, 0), (28, 0)])
    assert letters_along(straight, name, "zh", 14, 1)


def test_the_boxes_of_a_letter_cover_it():
    (word,) = letters_along(shapely.LineString([(0, 0), (30, 20)]), "Expressway", "en", 18, 1)
    boxes = [shapely.box(one.left, one.top, one.right, one.bottom) for one in word.boxes()]
    assert shapely.union_all(boxes).buffer(1e-6).covers(word.shape())
    assert all(isinstance(one, Box) for one in word.boxes())
