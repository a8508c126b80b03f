"""What the browser tests share: the map's frame, choices, and free spots to click."""

import contextlib
import json
import re

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.layer.filters import ProjectFilter

# A busy machine is no fault of the page; what never comes fails all the same.
expect.set_options(timeout=30_000)

# What no page may ask for. The browser's driver lets the rest pass without asking the test.
ELSEWHERE = re.compile(r"^(?!http://localhost:|data:|blob:)")

PROJECTS = "() => window.shownProjects ? window.shownProjects() : []"
MARK = "() => { window.sameMap = true; }"


def frame_of(page: Page):
    """Return the map's frame once it has drawn its projects."""
    # Out of sight while a view takes its place, it is there all the same.
    page.locator(".st-key-map iframe").wait_for(state="attached")
    for _ in range(600):
        for frame in page.frames:
            if "streamlit_folium" in frame.url:
                with contextlib.suppress(Exception):  # the frame may still be navigating
                    if frame.evaluate(PROJECTS):
                        return frame
        page.wait_for_timeout(50)  # pumps the browser's events; the loop waits on a condition
    raise AssertionError("the map never drew a project")


def located(dataset, **chosen):
    """Return the ids that the map shows when this is chosen, each facet a tuple of codes."""
    kept = ProjectFilter(**chosen).apply(dataset.frame)
    return [one for one in kept.index if dataset.projects[one].geometry is not None]


def wait_for_shown(frame, expected):
    """Wait until the map shows exactly these ids."""
    frame.wait_for_function(
        "ids => JSON.stringify(window.shownProjects().sort()) === ids",
        arg=json.dumps(sorted(expected), separators=(",", ":")),
    )


def choose(page, facet, label):
    option = page.get_by_role("option", name=re.compile(f"^{label}"))
    for _ in range(20):
        page.locator(f".st-key-{facet} input").click()
        # Streamlit folds an open list when the answer to the choice before it arrives.
        with contextlib.suppress(PlaywrightTimeoutError):
            option.click(timeout=2_000)
            break
    else:
        raise AssertionError(f"{label} could not be chosen")
    page.keyboard.press("Escape")


def spot(page, frame, name):
    """Return a point of the page where a click finds this project, and no other is within 20 px."""
    found = frame.evaluate(
        """name => {
          const layers = Object.values(map._layers).filter(l => l.feature && l.feature.geometry);
          const fine = layers.filter(l => l.feature.geometry.type !== 'Polygon');
          const target = fine.find(l => l.feature.properties.id === name);
          const box = map.getContainer().getBoundingClientRect();
          const toPoints = l => l.getLatLng ? [map.latLngToLayerPoint(l.getLatLng())] : l._parts.flat();
          const others = fine.filter(l => l !== target);
          const written = window.shownNames().flatMap(one => one.polygons).map(polygon => ({
              left: Math.min(...polygon.map(at => at[0])), right: Math.max(...polygon.map(at => at[0])),
              top: Math.min(...polygon.map(at => at[1])), bottom: Math.max(...polygon.map(at => at[1]))}));
          const signs = [...document.querySelectorAll('.leaflet-control')]
              .map(n => n.getBoundingClientRect()).concat(written);
          const free = c => signs.every(b => c.x < b.left - 4 || c.x > b.right + 4
              || c.y < b.top - 4 || c.y > b.bottom + 4);
          const far = p => others.every(l => (l.getLatLng
              ? p.distanceTo(map.latLngToLayerPoint(l.getLatLng())) > 40
              : l._parts.every(part => part.every((q, i) =>
                  !i || L.LineUtil.pointToSegmentDistance(p, part[i - 1], q) > 20))));
          const parts = target.getLatLng ? [toPoints(target)] : target._parts;
          for (const part of parts) for (let i = 0; i < part.length; i += 1) {
            const steps = i ? 40 : 1;
            for (let s = 0; s < steps; s += 1) {
              const p = i ? L.point(part[i-1].x + (part[i].x - part[i-1].x) * s / steps,
                                    part[i-1].y + (part[i].y - part[i-1].y) * s / steps) : part[i];
              const c = map.layerPointToContainerPoint(p);
              const clear = c.x > 80 && c.y > 60 && c.x < box.width - 60 && c.y < box.height - 60;
              if (clear && free(c) && far(p)) return [c.x, c.y];
            }
          }
          return null;
        }""",
        name,
    )
    assert found, f"no free spot of {name} in view"
    box = page.locator(".st-key-map iframe").bounding_box()
    return box["x"] + found[0], box["y"] + found[1]


def settled(page):
    """Wait until the page has answered what was asked of it."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


class Runs:
    """How often the page's script has run to its end, for each websocket that was opened."""

    def __init__(self, page):
        self.page = page
        self.ended = []
        page.on("websocket", self._opened)

    def _opened(self, socket):
        number = len(self.ended)
        self.ended.append(0)

        def received(payload):
            if ForwardMsg.FromString(payload).WhichOneof("type") == "script_finished":
                self.ended[number] += 1

        socket.on("framereceived", received)

    def wait_for(self, sockets):
        """Wait until this many websockets were opened and the last of them has answered."""
        for _ in range(1200):
            if len(self.ended) >= sockets and self.ended[-1]:
                return
            self.page.wait_for_timeout(
                50
            )  # pumps the browser's events; the loop waits on a condition
        raise AssertionError(f"the page was not answered: {self.ended}")
