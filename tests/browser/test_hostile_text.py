"""Markup in every text that a curator can write: each view shows it letter for letter, none runs it."""

import json
import urllib.request

import pytest
from playwright.sync_api import expect
from support.map_page import frame_of, settled, spot
from support.servers import serving
from support.shared_pages import SharedPages

from geo.authoring.review import review_html
from geo.checks import load
from geo.core.i18n import fluent_literal

WORDS = (
    '"><img src=x onerror=top.ran=1><script>top.ran=2</script> [x](javascript:top.ran=3) **b** '
    ":material/delete: :smile: $x^2$ :red[r] `c` {{ 7*7 }} {title}"
)
PROJECT = "ziyang-national-hitech-zone"
"""One that shares its place with others, so that the panel offers these."""

MADE = """() => ({
  ran: String(top.ran),
  images: document.querySelectorAll('img[src$="x"]').length,
  links: document.querySelectorAll('a[href^="javascript"]').length,
  formulas: document.querySelectorAll('.katex').length,
})"""
NOTHING = {"ran": "undefined", "images": 0, "links": 0, "formulas": 0}


def rename_projects(layer):
    for feature in layer["features"]:
        own = feature["properties"]
        own.update(name_zh=WORDS, name_en=WORDS, outside=[WORDS], basis=f"{WORDS}\n{WORDS}")
        for one in own["references"]:
            one.update(title=WORDS, licence=WORDS)


def rename_ground(layer):
    for feature in layer["features"]:
        feature["properties"].update(name_zh=WORDS, name_en=WORDS)


def explain(ledger):
    for entry in ledger["segments"]:
        entry.update(note_zh=WORDS, note_en=WORDS)
    for reason in ledger["reasons"].values():
        reason.update(zh=WORDS, en=WORDS)


def rename_groups(groups):
    for group in groups:
        group.update(place_zh=WORDS, place_en=WORDS)


def retell(events):
    for event in events:
        for field in ("statement", "scope_note", "conflicts"):
            event.update({f"{field}_zh": f"资阳：{WORDS}", f"{field}_en": WORDS})
        # Not the same words: a statement may share none with the title.
        event["source"].update(title='"><svg onload=top.ran=4>', publisher=WORDS)


def rename_document(listed):
    keys = ("title", "title_en", "issuer", "issuer_en", "publisher")
    listed[0].update(dict.fromkeys(keys, WORDS))


CHANGES = {
    "projects.geojson": rename_projects,
    "counties.geojson": rename_ground,
    "rivers.geojson": rename_ground,
    "places.geojson": rename_ground,
    "ledger.json": explain,
    "related.json": rename_groups,
    "events.json": retell,
    "documents.json": rename_document,
}
"""What puts the words into every text of a file that no check binds to the decision."""


@pytest.fixture
def hostile(copy, tmp_path):
    """The app over a folder with the words in every text."""
    for name, change in CHANGES.items():
        path = copy.data / name
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    own_words = f"title = {fluent_literal(WORDS)}\ncounty-512021 = {fluent_literal(WORDS)}\n"
    copy.words("zh").write_text(own_words, encoding="utf-8")
    assert len(load(copy).projects) > 100
    with serving(tmp_path / "server.log", PROJECT_MAP_HOME=str(copy.root)) as address:
        yield address


def made_nothing(page):
    """Say whether in no frame of a page anything was made of the words, or ran."""
    found = [frame.evaluate(MADE) for frame in page.frames if frame.url != "about:blank"]
    assert found
    return all(one == NOTHING for one in found)


VIEWS = {
    f"?project={PROJECT}&view=list": [
        ".st-key-detail h2",
        ".pm-references",
        ".st-key-related a",
        ".pm-citation",
        ".pm-events",
        ".st-key-list tbody tr",
    ],
    "?q=onerror&view=document": [".pm-results li", ".pm-document"],
    "?county=512021&view=summary": [".pm-chip", ".st-key-summary", ".st-key-county"],
    "?view=compare&compare=512021&compare=512002": [".st-key-compare li"],
    "?view=coverage": [".st-key-coverage tbody tr"],
}
"""Every view, with the places where the words stand."""


def test_markup_in_the_data_is_shown_letter_for_letter_and_never_runs(
    hostile, copy, tmp_path, browser
):
    pages = SharedPages(browser, hostile, load(copy))
    asked = []
    page = pages.visit()
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    for query, places in VIEWS.items():
        pages.visit(query)
        for place in places:
            shown = page.locator(place).first
            expect(shown).to_be_attached()
            assert WORDS in shown.evaluate("n => n.textContent + (n.title || '')"), (query, place)
        settled(page)
        assert made_nothing(page), query
    page.goto(f"{hostile}/")
    frame = frame_of(page)
    settled(page)
    frame.evaluate(
        """() => {
          const line = Object.values(map._layers).find((one) => one.feature && one.feature.id === "miansuinei-railway");
          const points = line.getLatLngs();
          map.setView(points[points.length >> 1], 14, { animate: false });
        }"""
    )
    page.mouse.move(*spot(page, frame, "miansuinei-railway"))
    expect(frame.locator(".pm-tip")).to_contain_text(WORDS)
    assert made_nothing(page), "a tooltip"
    page.locator(".st-key-county input").click()
    expect(page.get_by_role("option").filter(has_text="onerror")).to_contain_text(WORDS)
    assert made_nothing(page), "an option"
    page.goto(f"{hostile}/?project={PROJECT}x")
    expect(page.locator(".pm-close-to a").first).to_have_text(WORDS)
    page.goto(f"{hostile}/api/")
    expect(page.locator("h1").first).to_be_visible()
    assert made_nothing(page), "the page of the addresses"
    for name, content, place in files(hostile, copy):
        path = tmp_path / name
        path.write_bytes(content)
        with browser.new_context(locale="zh-CN") as context:
            page = context.new_page()
            page.goto(f"{path.as_uri()}#project={PROJECT}")
            expect(page.locator(place).first).to_contain_text(WORDS)
            page.emulate_media(media="print")
            assert made_nothing(page), name
    pages.drop()
    assert pages.outside == []
    assert asked == []


def files(address, home):
    """Yield (name, content, where the words stand) of each HTML file that people take away."""
    with urllib.request.urlopen(f"{address}/api/map.html") as answer:
        yield "map.html", answer.read(), ".pm-detail h2"
    yield "review.html", review_html(load(home)).encode(), "body"


def test_markup_that_does_run_is_noticed(open_page, app):
    # The page's own policy would refuse it: the browser is told to look away.
    page = open_page(app, bypass_csp=True)
    frame_of(page)
    assert made_nothing(page)
    page.evaluate("words => document.body.insertAdjacentHTML('beforeend', words)", WORDS)
    page.wait_for_function("() => top.ran === 1")
    assert not made_nothing(page)
