"""The sheet for the wall, read back with other libraries than the one that set it."""

import io
import re
import struct
from dataclasses import replace
from itertools import combinations

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from geo.__main__ import main
from geo.layer.codes import COUNTIES
from geo.layer.filters import FACETS, ProjectFilter
from geo.sheet import composition, label_placement
from geo.sheet.composition import _compiler, compose, filter_words, pdf, sheet_pdf, sheet_png
from geo.sheet.frames import read_ground
from geo.sheet.label_placement import Box
from geo.sheet.labels import RIVER_POINTS
from geo.sheet.raster import DOTS_PER_INCH

ALL = ProjectFilter()
POINTS_PER_MM = 72 / 25.4
A3 = (420, 297)
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def whole(dataset, language):
    return compose(dataset, ALL, language)


@pytest.fixture(scope="module")
def made(dataset, language):
    return sheet_pdf(dataset, ALL, language)


def words_of(pdf):
    """Return the text of a PDF without spaces, for a line may break anywhere in Chinese."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    # PDFium gives a hyphen at a line's end as U+0002.
    return re.sub(r"\s", "", text.replace("\x02", "-"))


def squeezed(name):
    return re.sub(r"\s", "", name)


def name_in(project, language):
    return project.name_en if language == "en" else project.name_zh


def listed(content):
    return [row for group in content["groups"] for row in group["rows"]]


def charts(content):
    return [one for one in content["maps"].values() if one]


def test_every_page_is_a3_landscape(made):
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) == 2
    for page in pages:
        size = [float(one) / POINTS_PER_MM for one in (page.mediabox.width, page.mediabox.height)]
        assert size == pytest.approx(A3, abs=0.1)


def test_every_font_is_embedded_as_a_subset(made):
    found = set()
    for page in PdfReader(io.BytesIO(made)).pages:
        for font in page["/Resources"]["/Font"].values():
            own = font.get_object()
            below = own.get("/DescendantFonts", [own])[0].get_object()
            descriptor = below["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
            assert re.match(r"/[A-Z]{6}\+", own["/BaseFont"]), own["/BaseFont"]
            found.add(own["/BaseFont"].split("+")[1].split("-")[0])
    assert {"NotoSansSC", "NotoSerifSC"} <= found


def test_the_sheet_is_drawn_and_holds_no_picture_of_pixels(made):
    for page in pypdfium2.PdfDocument(made):
        kinds = [one.type for one in page.get_objects(max_depth=8)]
        assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
        assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH) > 10


def test_the_name_of_every_project_can_be_read_and_searched(made, dataset, language):
    text = words_of(made)
    for project in dataset.projects.values():
        assert squeezed(name_in(project, language)) in text, project.id


def test_the_list_numbers_every_project_once_in_its_order(whole, dataset):
    numbers = [row["number"] for row in listed(whole)]
    assert numbers == [str(one) for one in range(1, len(dataset.projects) + 1)]


def test_every_project_that_has_a_place_has_its_number_on_a_map(whole, dataset):
    on_map = {one["number"] for chart in charts(whole) for one in chart["plates"]}
    for chart in charts(whole):
        for sign in chart["signs"]:
            for part in filter(None, sign.get("numbers", "").split(", ")):
                first, _, last = part.partition("–")
                on_map |= {str(one) for one in range(int(first), int(last or first) + 1)}
    mapped = {row["number"] for row in listed(whole) if row["mapped"]}
    assert on_map == mapped
    assert len(mapped) == sum(one.geometry is not None for one in dataset.projects.values())


def test_no_map_has_a_number_twice(whole):
    for chart in charts(whole):
        numbers = [one["number"] for one in chart["plates"]]
        assert len(numbers) == len(set(numbers))


def test_nothing_that_stands_on_a_map_covers_another_or_leaves_it(whole):
    for chart in charts(whole):
        frame = Box(0, 0, chart["width"], chart["height"])
        boxes = [
            Box(one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"])
            for one in (*chart["names"], *chart["plates"], *chart["signs"])
        ]
        assert boxes
        for number, one in enumerate(boxes):
            assert one.within(frame)
            assert not any(one.meets(other) for other in boxes[:number])


def test_no_word_leaves_the_page(made):
    for page in pypdfium2.PdfDocument(made):
        text = page.get_textpage()
        width, height = page.get_size()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            assert left >= 0
            assert bottom >= 0
            assert right <= width
            assert top <= height


def test_no_line_of_the_legend_lies_on_another(made):
    page = pypdfium2.PdfDocument(made)[0]
    text = page.get_textpage()
    beside, below = (A3[0] - 10 - 132) * POINTS_PER_MM, 80 * POINTS_PER_MM
    rects = [text.get_rect(number) for number in range(text.count_rects())]
    legend = [Box(left, low, right, high) for left, low, right, high in rects]
    legend = [one for one in legend if one.left >= beside - 1 and one.bottom <= below]
    assert len(legend) > 20
    for number, one in enumerate(legend):
        assert not any(one.meets(other, -0.5) for other in legend[:number])


def test_a_name_on_the_map_has_the_room_that_was_kept_for_it(made, dataset, language):
    rivers = {river.name(language) for river in read_ground(dataset).rivers}
    found = set()
    for page in pypdfium2.PdfDocument(made):
        text = page.get_textpage()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            words = text.get_text_bounded(left, bottom, right, top).strip()
            if words in rivers:
                found.add(words)
                room = label_placement.text_width(words, RIVER_POINTS)
                assert (right - left) / POINTS_PER_MM <= room, words
    assert found


def test_the_same_data_makes_the_same_bytes(made, dataset, language):
    assert sheet_pdf(dataset, ALL, language) == made


def test_the_file_is_dated_by_the_decision_and_not_by_the_clock(made, dataset):
    about = PdfReader(io.BytesIO(made)).metadata
    assert about.creation_date.date().isoformat() == dataset.document.about["adopted"]
    assert about.title


def test_the_sheet_says_its_source_its_version_and_its_day(made, dataset):
    text = words_of(made)
    for word in (dataset.version, dataset.document.about["adopted"], "OpenStreetMap", "EPSG:32648"):
        assert word in text


@pytest.mark.parametrize(
    "chosen",
    [
        ProjectFilter(sector=("rail",)),
        ProjectFilter(county=("512021",)),
        ProjectFilter(county=("outside",)),
        ProjectFilter(precision=("unlocated",)),
        ProjectFilter(q="空港", local=True),
    ],
    ids=lambda one: filter_words(one, "en"),
)
def test_the_sheet_of_a_filter_lists_what_the_filter_leaves_and_nothing_else(
    dataset, chosen, language
):
    text = words_of(sheet_pdf(dataset, chosen, language))
    shown = set(chosen.apply(dataset.frame).index)
    assert shown
    content = compose(dataset, chosen, language)
    names = {name_in(dataset.projects[name], language) for name in shown}
    assert {row["name"] for row in listed(content)} == names
    assert len(listed(content)) == len(shown)
    assert all(squeezed(name) in text for name in names)
    assert squeezed(filter_words(chosen, language)) in text
    left_out = {name_in(one, language) for one in dataset.projects.values()} - names
    inside_another = {one for one in left_out if any(one in name for name in names)}
    assert not [one for one in left_out - inside_another if len(one) > 8 and squeezed(one) in text]


def test_a_filter_that_leaves_nothing_makes_a_sheet_that_says_so(dataset, language):
    chosen = ProjectFilter(q="zzzz")
    text = words_of(sheet_pdf(dataset, chosen, language))
    assert squeezed(compose(dataset, chosen, language)["words"]["empty"]) in text


@settings(deadline=None)
@given(
    st.builds(
        ProjectFilter,
        **{
            facet: st.lists(st.sampled_from(codes), unique=True, max_size=2).map(tuple)
            for facet, codes in FACETS.items()
        },
        local=st.booleans(),
    )
)
def test_a_filter_in_words_names_each_of_its_choices(chosen):
    from geo.core.i18n import text

    words = filter_words(chosen, "en")
    for facet in FACETS:
        for code in chosen.codes(facet):
            assert text("en", f"{facet}-{code}") in words
    assert bool(words) == bool(chosen.active)


def test_a_list_that_fits_beside_the_map_needs_no_second_page(dataset, language):
    made = sheet_pdf(dataset, ProjectFilter(sector=("rail",)), language)
    assert len(PdfReader(io.BytesIO(made)).pages) == 1


@pytest.mark.parametrize("q", ["一" * 100, '#panic("x") $y$ *z* _u_ \\ <w> @v'])
def test_a_long_or_strange_filter_is_set_as_it_is_and_pushes_nothing_off_the_page(
    dataset, language, q
):
    everything = ProjectFilter(**FACETS, q=q, local=True)
    made = sheet_pdf(dataset, everything, language)
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
    assert squeezed(filter_words(everything, language)) in words_of(made)


def test_a_list_longer_than_a_page_goes_on_to_the_next(dataset):
    one = next(each for each in dataset.projects.values() if each.precision == "unlocated")
    many = {f"p{n}": replace(one, id=f"p{n}", name_zh=f"第{n}项工程") for n in range(480)}
    made = sheet_pdf(replace(dataset, projects=many), ALL, "zh")
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) > 2
    assert {tuple(page.mediabox) for page in pages} == {tuple(pages[0].mediabox)}
    text = words_of(made)
    assert all(each.name_zh in text for each in many.values())


def test_more_projects_than_can_be_numbered_are_counted_and_the_sheet_says_so(
    dataset, monkeypatch, language
):
    numbered = compose(dataset, ALL, language)
    assert numbered["tally"] is None
    monkeypatch.setattr(composition, "MOST_NUMBERED", len(dataset.projects) - 1)
    counted = compose(dataset, ALL, language)
    assert counted["tally"]["total"][-1] == str(len(dataset.projects))
    main = counted["maps"]["main"]
    fine = [one for one in dataset.projects.values() if one.geometry and one.scope is None]
    on_map = [int(one["count"]) for one in main["counts"]]
    assert 0.8 * len(fine) < sum(on_map) <= len(fine)
    assert not any(map(overlap, *zip(*combinations(main["counts"], 2), strict=True)))
    assert not main["plates"] + main["letters"] + counted["groups"]
    text = words_of(pdf(counted))
    assert squeezed(counted["tally"]["said"]) in text
    assert all(one.name_zh not in text for one in dataset.projects.values() if len(one.name_zh) > 9)
    assert _compiler(counted).compile_with_warnings(format="pdf")[1] == []


def overlap(one, other):
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )


def test_the_typesetter_has_nothing_to_warn_of(whole):
    assert _compiler(whole).compile_with_warnings(format="pdf")[1] == []


def test_a_county_that_was_chosen_fills_the_map(dataset):
    scales = [
        compose(dataset, replace(ALL, county=chosen), "zh")["maps"]["main"]["scale"]
        for chosen in ((), COUNTIES[1:2])
    ]
    city, county = (int(re.sub(r"\D", "", one)) for one in scales)
    assert county < city


def test_the_picture_has_three_hundred_dots_to_the_inch(dataset):
    pages = sheet_png(dataset, ProjectFilter(sector=("aviation",)), "zh")
    (page,) = pages
    assert page.startswith(b"\x89PNG")
    # The header of a PNG holds its width and height, four bytes each, from the 16th byte on.
    size = struct.unpack(">II", page[16:24])
    assert size == pytest.approx([one / 25.4 * DOTS_PER_INCH for one in A3], abs=1)


def test_the_command_writes_a_pdf_or_pictures_by_the_ending(tmp_path, capsys):
    query = "sector=rail&county=512021&lang=en"
    for name in ("map.pdf", "map.png"):
        assert main(["print", "-o", str(tmp_path / name), "--query", query]) == 0
        assert name in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.pdf", "map.png"]
    assert squeezed("Sector: Railways") in words_of((tmp_path / "map.pdf").read_bytes())


def test_an_unknown_value_in_a_query_is_refused_with_its_cure(tmp_path, capsys):
    for query, said in (
        ("sector=magic", "sector is one of rail, road"),
        ("sectr=rail", "the keys"),
    ):
        assert main(["print", "-o", str(tmp_path / "map.pdf"), "--query", query]) == 1
        assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["map.svg", "map", "none/map.pdf"])
def test_a_file_that_cannot_be_made_is_refused_before_any_work(tmp_path, name, capsys):
    assert main(["print", "-o", str(tmp_path / name)]) == 1
    assert "--output" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
