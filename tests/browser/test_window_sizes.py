"""Every window: no control covers another or is cut, nothing scrolls sideways; the filters fold; paper."""

import base64
import io
import re
import unicodedata
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from support.map_page import choose, frame_of, settled
from support.shared_pages import PHONE

from geo.core.i18n import LANGUAGES, text

SIZES = {
    "1400": (1400, 900),
    "1280": (1280, 720),
    "1024": (1024, 768),
    "800": (800, 600),
    "390": (390, 844),
    "320": (320, 640),
}
SHEET_PX = 1100
"""Up to this width of the window the filters are a sheet above the map."""

PHONE_PX = 640
PANEL_PX = 300
FINGER_PX = 44
FILTERED = "&sector=rail&sector=road&county=512002&stage=plan&stage=build&q=成"
PROJECT = "tongjia-road-rail-logistics-park"

CONTROLS = """() => {
  const wanted = ['.st-key-lang button', '.pm-unfold', '.st-key-count .pm-count',
    '.st-key-views button', '.pm-chip', '.st-key-chips .pm-copy', '.st-key-today button', 'h1'];
  if (!document.querySelector('[data-testid=stMain]').parentElement.inert)
    wanted.push('.st-key-downloads a');
  const found = wanted.flatMap(one => [...document.querySelectorAll(one)]);
  const frame = document.querySelector('.st-key-map iframe');
  const at = frame.getBoundingClientRect();
  const inside = [...frame.contentDocument.querySelectorAll(
    '.leaflet-control')];
  const boxes = found.map(n => [n, n.getBoundingClientRect()])
    .concat(inside.map(n => { const b = n.getBoundingClientRect();
      return [n, new DOMRect(b.x + at.x, b.y + at.y, b.width, b.height)]; }));
  return boxes.filter(([, b]) => b.width && b.height).map(([n, b]) => ({
    name: n.className + ' ' + n.textContent.trim().slice(0, 20), own: found.includes(n),
    left: b.left, right: b.right, top: b.top, bottom: b.bottom,
    cut: [n, ...n.querySelectorAll('*')].some(one => one.scrollWidth > one.clientWidth + 1
      && getComputedStyle(one).display !== 'inline') }));
}"""

STILL = """() => {
  const map = document.querySelector('.st-key-map iframe').getBoundingClientRect();
  const said = getComputedStyle(document.documentElement).getPropertyValue('--pm-above');
  const now = [said, map.left, map.top, map.width, map.height, innerWidth].join();
  const same = window.lastSeen === now;
  window.lastSeen = now;
  return same && document.querySelector('.st-key-views button') !== null;
}"""


@pytest.fixture
def page(visit, request):
    return visit(f"?lang={request.param}")


def resize(page, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    at_rest(page)
    return width, height


def at_rest(page):
    """Wait until the map keeps its place from one look to the next."""
    page.evaluate("() => { window.lastSeen = ''; }")
    page.wait_for_function(STILL, polling=150)


def broken(page, width):
    """Return what is wrong with the controls of a page, in words."""
    controls = page.evaluate(CONTROLS)
    assert len(controls) > 12
    faults = [f"{one['name']} is cut" for one in controls if one["own"] and one["cut"]]
    faults += [
        f"{one['name']} is beyond the window"
        for one in controls
        if one["left"] < -0.5 or one["right"] > width + 0.5
    ]
    for number, one in enumerate(controls):
        faults += [
            f"{one['name']} covers {other['name']}"
            for other in controls[number + 1 :]
            if (one["own"] or other["own"])
            and min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1.5
            and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1.5
        ]
    if page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") > width:
        faults.append("the page scrolls sideways")
    return faults


@pytest.mark.parametrize("page", LANGUAGES, indirect=True)
def test_at_every_size_nothing_covers_another_and_nothing_scrolls_sideways(page):
    for size in SIZES:
        width, height = resize(page, size)
        assert broken(page, width) == [], size
        for name in ("h1", ".st-key-lang"):
            expect(page.locator(name)).to_be_in_viewport(ratio=1)
        box = page.locator(".st-key-map iframe").bounding_box()
        panel = page.locator(".st-key-detail").bounding_box()
        assert box["y"] + box["height"] <= height
        if width > PHONE_PX:
            assert panel["x"] >= box["x"] + box["width"]
            assert panel["width"] >= PANEL_PX - 20
            assert box["width"] > panel["width"]
        else:
            # A strip of the panel shows that there is one.
            assert box["y"] + box["height"] < panel["y"] < height - 20
            assert box["height"] >= 0.45 * height
        side = page.locator("[data-testid=stSidebar]")
        expect(side).to_be_visible(visible=width > SHEET_PX)
        if width > SHEET_PX:
            assert side.bounding_box()["width"] <= box["x"]


@pytest.mark.parametrize("page", LANGUAGES, indirect=True)
def test_letters_twice_as_large_cover_nothing_and_are_not_cut(page):
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    for size in ("1280", "800", "320"):
        width, height = resize(page, size)
        assert broken(page, width) == [], size
        expect(page.locator("h1")).to_be_in_viewport(ratio=1)
        assert page.locator(".st-key-map iframe").bounding_box()["height"] <= height
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_filters_take_lines_of_their_own_and_hide_nothing(visit, language):
    page = visit(f"?lang={language}{FILTERED}")
    expect(page.locator(".pm-chip")).to_have_count(6)
    settled(page)
    for size in SIZES:
        width, height = resize(page, size)
        assert broken(page, width) == [], size
        box = page.locator(".st-key-map iframe").bounding_box()
        if width > PHONE_PX:
            assert box["y"] + box["height"] <= height, size
        assert box["height"] <= height, size


@pytest.mark.parametrize(("language", "size"), [("zh", "390"), ("en", "800")])
def test_the_sheet_s_button_tells_how_many_are_left_and_closes_it(visit, dataset, language, size):
    width, height = SIZES[size]
    page = visit(f"?lang={language}", viewport={"width": width, "height": height})
    map_before = page.locator(".st-key-map iframe").bounding_box()
    sheet, show = page.locator("[data-testid=stSidebar]"), page.locator(".pm-show")
    unfold = page.locator(".pm-unfold")
    expect(sheet).to_be_hidden()
    unfold.click()
    expect(sheet).to_be_focused()
    expect(unfold).to_have_attribute("aria-expanded", "true")
    expect(show).to_be_in_viewport(ratio=1)
    expect(show).to_have_text(text(language, "filters-show", count=len(dataset.projects)))
    rail = [one for one in dataset.projects.values() if one.sector == "rail"]
    choose(page, "sector", text(language, "sector-rail"))
    expect(show).to_have_text(text(language, "filters-show", count=len(rail)))
    # The choice was made in the sheet, which is still there, and did not squeeze the map.
    expect(sheet).to_be_visible()
    assert page.locator(".st-key-map iframe").bounding_box()["width"] == map_before["width"]
    show.click()
    expect(sheet).to_be_hidden()
    expect(unfold).to_be_focused()
    expect(unfold).to_have_text(text(language, "filters-active", count=1))
    assert page.evaluate("() => !document.querySelector('[inert]')")


def test_escape_and_a_press_beside_it_close_the_sheet_and_choose_nothing(visit):
    page = visit(viewport={"width": 800, "height": 600})
    sheet = page.locator("[data-testid=stSidebar]")
    for close in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(600, 300)):
        page.locator(".pm-unfold").click()
        expect(sheet).to_be_visible()
        close()
        expect(sheet).to_be_hidden()
    settled(page)
    assert "project=" not in page.url


def test_on_a_wide_window_the_filters_fold_for_the_map_and_come_back(visit):
    page = visit()
    sheet, unfold = page.locator("[data-testid=stSidebar]"), page.locator(".pm-unfold")
    before = page.locator(".st-key-map iframe").bounding_box()["width"]
    expect(unfold).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".pm-show")).to_be_hidden()
    unfold.click()
    expect(sheet).to_be_hidden()
    assert page.locator(".st-key-map iframe").bounding_box()["width"] > before
    unfold.click()
    expect(sheet).to_be_visible()
    assert not page.evaluate("() => document.querySelector('[inert]')")


def test_on_a_phone_a_finger_finds_what_the_head_and_the_sheet_hold(visit):
    page = visit("?sector=rail&lang=en", **PHONE)
    page.locator(".pm-unfold").tap()
    small = page.evaluate(
        """least => [...document.querySelectorAll(
             '.st-key-mast button, .st-key-head :is(button, a), .st-key-today button, .pm-show, .st-key-reset button')]
             .map(n => [n.textContent, n.getBoundingClientRect()])
             .filter(([, b]) => b.height < least - .5 || b.width < least - .5).map(([said]) => said)""",
        FINGER_PX,
    )
    assert small == []
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()


def picture(width, height):
    """Return a PNG of these measures as a data URL, as the map gives one of itself."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"


@contextmanager
def picturing(frame, how):
    """Let the map give this picture of itself, and no longer than this lasts."""
    frame.evaluate(f"() => {{ window.own = window.mapPicture; window.mapPicture = {how}; }}")
    yield
    frame.evaluate("() => { window.mapPicture = window.own; }")


def printed(page, **options):
    """Return the pages of the paper that the browser makes of a page."""
    return PdfReader(io.BytesIO(page.pdf(format="A4", **options))).pages


def words_of(pages):
    """Return the words on paper without the spaces and the forms that a PDF gives its letters."""
    found = "".join(one.extract_text() for one in pages)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", found))


def holds(said, words):
    """Say whether paper holds these words; a PDF writes some letters as the radical they look like."""
    letters = unicodedata.normalize("NFKC", "".join(words.split()))
    return (
        re.search("".join(f"[{re.escape(one)}\u2e80-\u2fdf]" for one in letters), said) is not None
    )


@pytest.mark.parametrize(
    "asked",
    [("zh", "1400", "light", False), ("en", "1400", "dark", True), ("en", "390", "dark", False)],
    ids=["zh-wide", "en-dark-landscape", "en-dark-phone"],
)
def test_paper_holds_map_words_and_address_on_one_page_and_no_controls(visit, dataset, asked):
    language, size, theme, landscape = asked
    width, height = SIZES[size]
    page = visit(
        f"?lang={language}&project={PROJECT}", color_scheme=theme,
        viewport={"width": width, "height": height},
    )  # fmt: skip
    with picturing(frame_of(page), f"() => '{picture(600, 500)}'"):
        pages = printed(page, landscape=landscape, print_background=True)
    said = words_of(pages)
    assert len(pages) == 1
    project = dataset.projects[PROJECT]
    quote = page.locator("blockquote").first.inner_text()
    assert project.anchors[0].exact in quote
    assert holds(said, quote)
    assert "".join(text(language, "title").split()) in said
    assert f"localhost:{page.url.split(':')[2].split('/')[0]}/?lang={language}&project=" in said
    assert page.evaluate("() => new Date().toLocaleDateString('sv')") in said
    assert [(image.image.width, image.image.height) for image in pages[0].images] == [(600, 500)]
    for key in ("facet-q", "facet-basemap", "copy-link", "view-summary", "reset", "today-today"):
        control = re.sub(r"\s", "", unicodedata.normalize("NFKC", text(language, key)))
        assert control not in said, key
    # The page that is read is as it was.
    expect(page.locator(".st-key-map iframe")).to_be_visible()
    assert page.locator(".pm-print-map").count() == 0


def test_paper_without_a_picture_of_the_map_still_holds_the_words(visit):
    page = visit(f"?project={PROJECT}")
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    with picturing(frame_of(page), "undefined"):
        quote, said = page.locator("blockquote").first.inner_text(), words_of(printed(page))
    assert holds(said, quote)
    assert not holds(said, quote[::-1])
    assert faults == []
