"""The document and the map as one thing, and every way to find a project, in a real browser."""

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.export_readers import ids
from support.map_page import MARK, PROJECTS, choose, frame_of, settled, spot, wait_for_shown

LIT = "() => [...document.querySelectorAll('.pm-lit')].map(one => one.dataset.ids)"


def located(dataset, ids):
    return [one for one in ids if dataset.projects[one].geometry is not None]


def test_the_whole_text_is_there_and_every_clause_with_projects_is_marked(visit, dataset, outside):
    page = visit("?view=document")
    frame_of(page)
    text = page.locator(".pm-document")
    expect(text.locator("section")).to_have_count(20)
    clauses = {anchor.clause for one in dataset.projects.values() for anchor in one.anchors}
    marked = text.locator("section").filter(has=page.locator(".pm-mark"))
    expect(marked).to_have_count(len(clauses))
    words = text.locator("h2, h3, p.pm-clause, p.pm-plain").all_inner_texts()
    there = "".join("".join(words).split())
    for project in dataset.projects.values():
        assert "".join(project.anchors[0].exact.split()) in there
    assert outside == []


def test_words_select_their_project_and_the_map_goes_there_without_being_loaded_again(visit):
    page = visit("?view=document")
    frame = frame_of(page)
    frame.evaluate(MARK)
    page.locator(".pm-mark[data-first~=miansuinei-railway]").click()
    expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
    expect(page.locator(".pm-mark.pm-here").first).to_contain_text("绵遂内铁路")
    frame.wait_for_function(
        """() => {
          const line = Object.values(map._layers).find((one) => one.feature && one.feature.properties.id === ProjectMap.selected());
          return line && map.getBounds().intersects(line.getBounds());
        }"""
    )
    expect(page).to_have_url(re.compile("view=document.*project=|project=.*view=document"))
    assert frame.evaluate("() => window.sameMap === true")


def test_a_project_selected_on_the_map_is_brought_into_view_in_the_text(visit):
    page = visit("?view=document")
    frame = frame_of(page)
    expect(page.locator(".pm-mark[data-first~=miansuinei-railway]")).not_to_be_in_viewport()
    page.mouse.click(*spot(page, frame, "miansuinei-railway"))
    expect(page.locator(".pm-mark[data-first~=miansuinei-railway]")).to_be_in_viewport()
    expect(page.locator(".pm-mark.pm-here").first).to_be_visible()
    # The text moves in its own column, and takes the map nowhere.
    assert page.locator(".st-key-map iframe").bounding_box()["y"] > 0


def test_words_of_several_projects_offer_the_choice_and_select_none_by_themselves(visit):
    page = visit("?view=document")
    frame = frame_of(page)
    frame.evaluate(MARK)
    words = page.locator(".pm-mark[data-ids*=' ']", has_text="成达万高铁开工建设").first
    words.click()
    menu = page.locator(".pm-menu button")
    expect(menu).to_have_text(["成达万高铁", "成渝中线高铁"])
    assert "project=" not in page.url
    menu.filter(has_text="成渝中线高铁").click()
    expect(page.locator(".st-key-detail h2")).to_have_text("成渝中线高铁")
    assert frame.evaluate("() => window.sameMap === true")


def test_a_keyboard_opens_the_choice_takes_one_and_is_never_trapped(visit):
    page = visit("?view=document")
    frame_of(page)
    words = page.locator(".pm-mark[data-ids*=' ']").first
    words.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pm-menu button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".pm-menu")).to_have_count(0)
    expect(words).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article[data-project]")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("*:focus")).to_have_count(1)
    assert "project=" in page.url


def test_pointing_at_words_lights_the_map_and_pointing_at_the_map_lights_words(visit):
    page = visit("?view=document&sector=rail")
    frame = frame_of(page)
    weight = """() => Object.values(map._layers).find(l => l.feature
        && l.feature.properties.id === 'miansuinei-railway').options.weight"""
    before = frame.evaluate(weight)
    words = page.locator(".pm-mark[data-first~=miansuinei-railway]")
    words.scroll_into_view_if_needed()
    words.hover()
    frame.wait_for_function(f"weight => ({weight})() > weight", arg=before)
    page.mouse.move(5, 5)
    frame.wait_for_function(f"weight => ({weight})() === weight", arg=before)
    page.mouse.move(*spot(page, frame, "miansuinei-railway"))
    expect(page.locator(".pm-mark.pm-lit[data-first~=miansuinei-railway]")).to_have_count(1)
    assert "project=" not in page.url


def test_a_link_to_any_spot_of_the_text_shows_and_marks_that_spot(open_page, app, dataset):
    anchor = dataset.projects["public-health-clinical-centre"].anchors[0]
    start, end = anchor.start + 1, anchor.end + 3
    page = open_page(f"{app}/?view=document&at={start}-{end}")
    frame_of(page)
    page.wait_for_function("() => CSS.highlights.has('pm-spot')")
    marked = page.evaluate(
        "() => [...CSS.highlights.get('pm-spot')].map(r => r.toString()).join('')"
    )
    assert marked == dataset.document.text[start:end]
    expect(page.locator(".pm-mark", has_text=anchor.exact[1:]).first).to_be_in_viewport()
    assert page.locator(".stAlert, .pm-note").count() == 0


def test_a_selection_of_words_offers_a_link_to_them(visit, dataset):
    page = visit("?view=document")
    frame_of(page)
    at = dataset.document.text.index("构建便捷高效基础设施网络")
    part = page.locator("#clause-十 p")
    part.scroll_into_view_if_needed()
    part.evaluate(
        """node => { const words = node.firstElementChild.firstChild; const range = new Range();
           range.setStart(words, 3); range.setEnd(words, 7);
           getSelection().removeAllRanges(); getSelection().addRange(range);
           document.dispatchEvent(new MouseEvent('mouseup')); }"""
    )
    offered = page.locator(".pm-spot")
    expect(offered).to_be_visible()
    assert f"at={at}-{at + 4}" in offered.get_attribute("data-copy")
    assert "project=" not in offered.get_attribute("data-copy")


def test_what_was_left_out_is_greyed_with_its_reason_only_when_asked_for(visit, dataset):
    page = visit("?view=document")
    frame_of(page)
    why = page.locator(".pm-why")
    expect(why).to_have_count(len(dataset.ledger.entries))
    expect(why.first).to_be_hidden()
    page.get_by_role("switch", name="显示未列文字及理由").click()
    expect(page).to_have_url(re.compile("left=1"))
    expect(why.first).to_be_visible()
    expect(page.locator(".pm-reasons dd")).to_have_count(len(dataset.ledger.reasons))
    assert page.locator(".pm-mark .pm-why").count() == 0


def test_the_text_travels_once_however_often_the_page_is_asked(open_page, app):
    page = open_page("about:blank")
    received = []
    # A bound method of a list is no function that Playwright can wrap.

    def take(frame):
        received.append(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", take))
    page.goto(f"{app}/?view=document")
    frame = frame_of(page)
    settled(page)
    text = "全市各级党组织和广大党员干部".encode()
    sent = [one for one in received if isinstance(one, bytes) and text in one]
    assert len(sent) == 1
    received.clear()
    choose(page, "sector", "水利")
    frame.wait_for_function("() => window.shownProjects().length < 10")
    page.wait_for_url(re.compile("sector=water"))
    settled(page)
    assert received
    assert not [one for one in received if isinstance(one, bytes) and text in one]


def test_typing_a_search_shows_what_it_finds_as_it_is_typed_and_loses_no_letter(visit, dataset):
    page = visit()
    frame = frame_of(page)
    frame.evaluate(MARK)
    field = page.locator(".st-key-q input")
    field.press_sequentially("chengziyi", delay=30)
    wait_for_shown(frame, ["chengziyi-hsr"])
    expect(page.locator(".pm-results li")).to_have_count(1)
    expect(page.locator(".pm-results mark")).to_have_text("成自宜")
    expect(field).to_have_value("chengziyi")
    expect(page).to_have_url(re.compile("q=chengziyi"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("q="))
    wait_for_shown(frame, located(dataset, dataset.projects))
    assert frame.evaluate("() => window.sameMap === true")


def test_a_result_selects_its_project_and_keeps_the_search(visit):
    page = visit("?q=%E5%85%B1%E5%BB%BA")
    frame = frame_of(page)
    frame.evaluate(MARK)
    first = page.locator(".pm-results li a").first
    name = first.inner_text()
    first.click()
    expect(page.locator(".st-key-detail h2")).to_contain_text(name.strip()[1:])
    expect(page).to_have_url(re.compile("q="))
    assert frame.evaluate("() => window.sameMap === true")


def test_a_search_that_finds_nothing_says_what_to_give_up(visit):
    page = visit("?q=chengziyi&county=512022")
    expect(page.locator(".pm-note")).to_contain_text("去掉“搜索”这一条件，")
    expect(page.locator(".st-key-count")).to_contain_text("0 / ")
    page.locator(".st-key-q input").fill("")
    page.keyboard.press("Enter")
    expect(page.locator(".pm-note")).to_have_count(0)
    assert "q=" not in page.url


def test_chips_remove_their_filter_and_no_other(visit, dataset):
    page = visit("?sector=rail&sector=water&county=512021")
    frame = frame_of(page)
    frame.evaluate(MARK)
    expect(page.locator(".st-key-chips li")).to_have_count(3)
    page.locator(".st-key-chips a", has_text="铁路与轨道").click()
    left = [
        one.id
        for one in dataset.projects.values()
        if one.sector == "water" and "512021" in one.counties
    ]
    wait_for_shown(frame, located(dataset, left))
    expect(page.locator(".st-key-chips li")).to_have_count(2)
    assert "sector=rail" not in page.url
    assert "county=512021" in page.url
    assert frame.evaluate("() => window.sameMap === true")


def test_options_that_would_leave_nothing_are_shown_with_a_zero(visit, dataset):
    page = visit("?sector=aviation")
    frame_of(page)
    page.locator(".st-key-stage input").click()
    options = page.get_by_role("option").filter(has_text=" · ")
    expect(options).to_have_count(7)
    stages = [one.stage for one in dataset.projects.values() if one.sector == "aviation"]
    expect(options.filter(has_text=re.compile("规划布局 · "))).to_contain_text(
        str(stages.count("plan"))
    )
    assert options.filter(has_text=re.compile(" · 0$")).count() == 7 - len(set(stages))


@pytest.mark.parametrize(
    "query", ["", "&sector=rail&sector=ecology", "&county=512022&q=共建", "&precision=unlocated"]
)
def test_map_list_and_count_always_agree(visit, query):
    page = visit(f"?view=list{query}")
    rows = page.locator(".st-key-list tbody tr")
    rows.first.wait_for()
    settled(page)
    said = page.locator(".st-key-count").inner_text()
    shown = int(re.match(r"(\d+) / ", said)[1])
    unmapped = int((re.search(r"(\d+) 个未上图", said) or [0, 0])[1])
    expect(rows).to_have_count(shown)
    if shown > unmapped:
        frame = frame_of(page)
        frame.wait_for_function("n => window.shownProjects().length === n", arg=shown - unmapped)
    ids = [one.get_attribute("data-ids") for one in rows.all()]
    assert len(set(ids)) == shown


def test_a_row_selects_its_project_which_the_map_shows_when_the_reader_is_back(visit):
    page = visit("?view=list")
    frame = frame_of(page)
    frame.evaluate(MARK)
    row = page.locator("tr[data-ids=miansuinei-railway]")
    row.scroll_into_view_if_needed()
    row.locator("td").first.click()
    expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
    expect(page.locator("tr.pm-here")).to_have_count(1)
    settled(page)
    page.get_by_role("radio", name="地图", exact=True).click()
    expect(page.locator(".st-key-map iframe")).to_be_in_viewport(ratio=0.9)
    frame.wait_for_function("() => ProjectMap.selected() === 'miansuinei-railway'")
    assert frame.evaluate("() => window.sameMap === true")


def test_a_heading_sorts_the_list_both_ways_and_is_in_the_link(visit, dataset):
    page = visit("?view=list")
    frame_of(page)
    heads = page.locator(".st-key-list thead th")
    expect(heads.filter(has_text="条款")).to_have_attribute("aria-sort", "ascending")
    for order, direction in (("sector", "ascending"), ("-sector", "descending")):
        heads.get_by_role("link", name="领域").click()
        expect(heads.filter(has_text="领域")).to_have_attribute("aria-sort", direction)
        expect(page).to_have_url(re.compile(f"sort={order}"))
    first = page.locator(".st-key-list tbody tr").first.get_attribute("data-ids")
    assert dataset.projects[first].sector == "regional"
    assert page.locator(".st-key-list tbody tr").count() == len(dataset.projects)


def test_the_list_serves_a_keyboard(visit):
    page = visit("?view=list&sector=rail")
    link = page.locator("tr[data-ids=miansuinei-railway] a")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
    expect(link).to_have_attribute("aria-current", "true")
    assert page.locator("[aria-current=true]").count() == 1


def test_a_number_of_the_summary_leads_to_what_it_counts(visit, dataset):
    page = visit("?view=summary")
    page.locator(".st-key-summary summary").first.click()
    cell = page.locator(".st-key-summary tbody tr", has_text="水利").locator("td a").first
    count = int(cell.inner_text())
    cell.click()
    expect(page).to_have_url(re.compile("sector=water.*county=512002|county=512002.*sector=water"))
    expect(page.locator(".st-key-count")).to_contain_text(f"{count} / {len(dataset.projects)}")
    assert page.get_by_text("Traceback").count() == 0


def test_a_bar_is_a_filter_and_the_map_is_not_loaded_again(visit, dataset):
    page = visit("?view=summary&lang=en")
    frame = frame_of(page)
    frame.evaluate(MARK)
    chart = page.locator(".st-key-chart-county")
    bar = (
        chart.locator("svg path[aria-roledescription=bar]").first.or_(chart.locator("canvas")).first
    )
    bar.scroll_into_view_if_needed()
    if bar.evaluate("node => node.tagName") == "CANVAS":
        box = bar.bounding_box()
        left = chart.locator("canvas").evaluate("node => node.clientWidth")
        page.mouse.click(box["x"] + left * 0.16, box["y"] + 42)
    else:
        bar.click()
    expect(page).to_have_url(re.compile("sector=rail.*county=512002"))
    rail = [
        one
        for one in dataset.projects.values()
        if one.sector == "rail" and "512002" in one.counties
    ]
    expect(page.locator(".st-key-count")).to_contain_text(f"{len(rail)} of {len(dataset.projects)}")
    assert frame.evaluate("() => window.sameMap === true")


def test_two_counties_stand_side_by_side_with_counts_lists_and_maps(visit, dataset):
    page = visit("?view=compare&compare=512021&compare=512022")
    frame_of(page)
    sides = page.locator(".pm-compare .pm-sides").last.locator("section")
    for side, code in ((sides.first, "512021"), (sides.last, "512022")):
        own = [one for one in dataset.projects.values() if code in one.counties]
        expect(side.locator("li")).to_have_count(len(own))
    maps = page.locator(".pm-small-map")
    expect(maps).to_have_count(2)
    assert all(one.evaluate("node => node.naturalWidth") > 0 for one in maps.all())
    page.locator(".st-key-compare-right").get_by_role("combobox").click()
    page.get_by_role("option", name="雁江区").click()
    expect(page).to_have_url(re.compile("compare=512021&compare=512002"))
    assert page.locator(".stAlert, .pm-note").count() == 0


def test_an_old_id_in_a_link_is_said_and_its_like_are_offered(open_page, app):
    page = open_page(f"{app}/?project=chengziyi-railway")
    frame_of(page)
    expect(page.locator(".st-key-notes .pm-note")).to_contain_text("project=chengziyi-railway")
    page.locator(".stHtml .pm-close-to a", has_text="成自宜高铁").click()
    expect(page.locator(".st-key-detail h2")).to_have_text("成自宜高铁")
    expect(page.locator(".stAlert, .pm-note")).to_have_count(0)


def test_the_link_that_is_copied_opens_the_same_page(visit):
    page = visit("?sector=rail&view=list")
    frame_of(page)
    page.locator(".st-key-chips .pm-copy").click()
    expect(page.locator(".st-key-chips .pm-copy")).to_have_text("已复制")
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    expect(page.locator(".st-key-chips .pm-copy")).to_have_text("复制链接")


def test_a_citation_is_copied_in_the_chosen_style_and_never_with_the_filter_in_its_address(visit):
    page = visit("?sector=rail&project=ziyang-line-s3&lang=zh")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    box = page.locator(".st-key-detail .pm-cite")
    box.locator("summary").click()
    root = page.url.partition("?")[0]
    for style, address in (
        ("project", f"{root}?project=ziyang-line-s3"),
        ("clause", f"{root}?view=document&at="),
        ("bibtex", f"url = {{{root}?project=ziyang-line-s3}}"),
    ):
        box.locator("select").select_option(style)
        expect(box.locator(".pm-citation:visible")).to_have_count(1)
        box.locator(".pm-copy").click()
        expect(box.locator(".pm-copy")).to_have_text("已复制")
        text = page.evaluate("() => navigator.clipboard.readText()")
        assert text == box.locator(".pm-citation:visible").evaluate("node => node.textContent")
        assert address in text
        assert re.search(r"[\[{]\d{4}-\d\d-\d\d[\]}]", text)
        assert "sector" not in text
        expect(box.locator(".pm-copy")).to_have_text("复制引用")


REFUSED = """() => { navigator.clipboard.writeText = () =>
    Promise.reject(new DOMException("Write permission denied.", "NotAllowedError")); }"""


@pytest.mark.parametrize("old_way", [True, False], ids=["the old way works", "nothing works"])
def test_where_the_clipboard_refuses_the_link_is_copied_or_shown_and_never_said_in_vain(
    open_page, app, old_way
):
    page = open_page(f"{app}/?sector=rail", permissions=["clipboard-read", "clipboard-write"])
    frame_of(page)
    button = page.locator(".st-key-chips .pm-copy")
    expect(button).to_have_text("复制链接")
    page.evaluate(REFUSED)
    shown = []

    def answer(dialog):
        shown.append(dialog.default_value)
        dialog.dismiss()

    page.on("dialog", answer)
    if not old_way:
        page.evaluate("() => { document.execCommand = () => false; }")
    button.click()
    if old_way:
        expect(button).to_have_text("已复制")
        assert page.evaluate("() => navigator.clipboard.readText()") == page.url
        assert shown == []
    else:
        settled(page)
        assert shown == [page.url]
        assert button.inner_text() == "复制链接"


def test_an_online_basemap_is_asked_for_only_when_chosen_and_may_fail(open_page, app, outside):
    page = open_page(app)
    frame = frame_of(page)
    assert outside == []
    page.locator(".st-key-basemap").get_by_role("combobox").click()
    page.get_by_role("option", name=re.compile("OpenStreetMap")).click()
    expect(frame.locator(".pm-message")).to_be_visible()
    assert outside
    assert all("tile.openstreetmap.org" in url for url in outside)
    assert frame.evaluate(PROJECTS)


def test_the_shift_for_gcj02_tiles_is_right_at_known_points_and_stays_on_the_screen(
    open_page, app, dataset
):
    page = open_page(f"{app}/?basemap=amap&project=tongjia-road-rail-logistics-park")
    frame = frame_of(page)
    # WGS 84 and GCJ-02 as latitude, longitude: control points of public implementations.
    known = [
        ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
        ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
        ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
    ]
    for wgs84, gcj02 in known:
        metres = frame.evaluate(
            """([from, to]) => [
                 map.distance(ProjectBasemap.toGcj(L.latLng(from)), L.latLng(to)),
                 map.distance(ProjectBasemap.fromGcj(L.latLng(to)), L.latLng(from)),
               ]""",
            [wgs84, gcj02],
        )
        assert max(metres) < 10, metres
    # At Ziyang the two differ by some 400 m, and by so much the drawing is moved under the tiles.
    moved = frame.evaluate(
        """() => { const at = L.latLng(30.13, 104.64);
             const shown = map.project(at, 18); const plain = L.CRS.EPSG3857.latLngToPoint(at, 18);
             return shown.distanceTo(plain) * 156543.034 * Math.cos(at.lat * Math.PI / 180) / 2 ** 18; }"""
    )
    assert 350 < moved < 480
    kept = frame.evaluate(
        """() => { const l = Object.values(map._layers).find(l => l.feature
             && l.feature.properties.id === 'tongjia-road-rail-logistics-park');
             return [l.feature.geometry, l.getLatLng ? [l.getLatLng().lng, l.getLatLng().lat] : null]; }"""
    )
    shape = dataset.projects["tongjia-road-rail-logistics-park"].geometry
    assert json.dumps(kept[0]["coordinates"]) == json.dumps(shape.__geo_interface__["coordinates"])
    if kept[1]:
        assert kept[1] == list(shape.coords[0])


def test_on_a_phone_one_finger_scrolls_the_page_and_the_filters_say_how_many(visit):
    size = {"width": 390, "height": 844}
    page = visit("?sector=rail&county=512002", viewport=size, is_mobile=True, has_touch=True)
    frame = frame_of(page)
    assert frame.evaluate("() => !map.dragging.enabled() && map.touchZoom.enabled()")
    assert "pan-y" in frame.evaluate("() => getComputedStyle(map.getContainer()).touchAction")
    unfold = page.get_by_role("button", name="筛选（2）", exact=True)
    expect(unfold).to_be_visible()
    unfold.click()
    expect(page.locator(".st-key-sector input")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("view", ["", "&view=list", "&view=document", "&view=compare"])
def test_on_a_phone_a_finger_finds_every_control(visit, view):
    size = {"width": 390, "height": 844}
    page = visit(f"?sector=rail{view}", viewport=size, is_mobile=True, has_touch=True)
    frame_of(page)
    settled(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.stMain button, .pm-chip, .pm-copy')]
             .filter(n => n.getClientRects().length).map(n => [n.innerText, n.getBoundingClientRect()])
             .filter(([, b]) => b.height < 43.5 || b.width < 43.5).map(([t, b]) => [t, b.width, b.height])"""
    )
    assert small == []


def test_who_wants_no_motion_gets_none(visit):
    page = visit("?view=document")
    assert page.evaluate("() => matchMedia('(prefers-reduced-motion: reduce)').matches")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('.stMain *')].filter(n =>
             parseFloat(getComputedStyle(n).transitionDuration) > 0.05).length"""
    )
    assert moving == 0


@pytest.mark.parametrize("name", ["GeoJSON", "CSV"])
def test_what_is_downloaded_is_what_is_shown(visit, outside, name):
    page = visit("?view=list&sector=rail&q=成资&lang=zh")
    rows = page.locator(".st-key-list tbody tr")
    rows.first.wait_for()
    settled(page)
    shown = sorted(one.get_attribute("data-ids") for one in rows.all())
    with page.expect_download() as waiting:
        page.locator(".st-key-downloads").get_by_role("link", name=name, exact=True).click()
    file = Path(waiting.value.path())
    if name == "GeoJSON":
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        taken = [one["id"] for one in features]
    else:
        with file.open(encoding="utf-8-sig", newline="") as table:
            taken = [one["id"] for one in csv.DictReader(table)]
    assert sorted(taken) == shown
    assert shown
    assert outside == []


def test_a_file_in_another_coordinate_system_is_of_what_is_shown(visit, outside):
    page = visit("?sector=rail&q=成资&lang=en")
    settled(page)
    systems = page.locator(".st-key-downloads .pm-systems")
    expect(systems.locator("table")).to_be_hidden()
    systems.locator("summary").click()
    row = systems.get_by_role("row").filter(has_text="Gauss-Krüger")
    with page.expect_download() as waiting:
        row.get_by_role("link", name="Shapefile").click()
    assert "-cgcs2000-gk105-" in waiting.value.suggested_filename
    taken = sorted(ids("shp", Path(waiting.value.path()).read_bytes()))
    page.goto(page.url + "&view=list")
    rows = page.locator(".st-key-list tbody tr")
    rows.first.wait_for()
    assert taken == sorted(one.get_attribute("data-ids") for one in rows.all())
    assert outside == []


def test_a_format_that_cannot_be_empty_is_not_offered_for_nothing(visit):
    page = visit("?q=磁悬浮")
    links = page.locator(".st-key-downloads")
    expect(links).to_contain_text("0")
    expect(links.get_by_role("link", name="CSV")).to_be_visible()
    assert links.get_by_role("link", name="OC4IDS").count() == 0
