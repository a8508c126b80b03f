/* The first view, which came with the page's HTML, makes room for the live page once that shows the
   same: its header, its panel, and its map or the view that replaces the map. */
(function () {
  "use strict";

  /* After this time without a map, the live page is shown as it is: the map then says what failed. */
  const PATIENCE_MS = 8000;

  /* The widget that the server sends last. */
  const LAST_WIDGET = ".st-key-basemap [data-testid=stSelectbox]";

  const first = () => document.getElementById("first");
  const live = (selector) => document.querySelector(`[data-testid=stMain] ${selector}`);

  /* ---- starting the live page, once the first view has been laid out ---- */

  /* In a tab that nobody sees nothing is painted. */
  const PAINT_TIMEOUT_MS = 300;

  function start() {
    const waiting = document.getElementById("pm-live");
    if (!waiting) return;
    const widgets = document.getElementById("pm-live-widgets");
    const main = waiting.content.querySelector("script[src]");
    // The scripts of the widgets are needed when the server has answered, not before.
    if (main && widgets) main.addEventListener("load", () => {
      document.body.append(widgets.content);
      fetchEarly();
    });
    document.body.append(waiting.content);
    waiting.remove();
  }

  function startAfterPaint() {
    setTimeout(start, PAINT_TIMEOUT_MS);
    requestAnimationFrame(start);
  }

  /* What the map's frame will ask for. */
  function fetchEarly() {
    const list = document.querySelector("meta[name=pm-early]");
    for (const url of (list?.content || "").split(" ").filter(Boolean)) {
      // A failure is not one yet: the frame will ask again and say so.
      fetch(url, { priority: "low" }).then((response) => response.arrayBuffer(), () => null);
    }
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", startAfterPaint);
  else startAfterPaint();

  /* ---- taking its place ---- */

  let mapIsDrawn = false;
  let waitsSince = 0;

  function isReady() {
    if (live(".pm-data-away")) return true;
    if (!live(".pm-count") || !live(".pm-copy") || !live(".st-key-views [role=radiogroup]")) return false;
    if (!live(".st-key-detail article") || !live(".pm-downloads") || !document.querySelector(LAST_WIDGET)) return false;
    const map = live(".st-key-map iframe");
    if (!map || mapIsDrawn || !map.offsetHeight) return Boolean(map);
    waitsSince = waitsSince || performance.now();
    return performance.now() - waitsSince > PATIENCE_MS;
  }

  /* A reader who is choosing from a list or typing is not interrupted: the list stays, and what has
     been typed goes on in the live page. */
  const isChoosing = () => Boolean(first().querySelector(".pm-first-facet details[open]"));

  function takePlace() {
    const node = first();
    if (!node || !isReady() || isChoosing()) return;
    const typed = node.querySelector("input[name=q]");
    const typing = typed && (document.activeElement === typed || typed.value !== typed.defaultValue) ? typed.value : null;
    const scrolled = document.scrollingElement.scrollTop;
    const panel = node.querySelector(".pm-first-panel")?.scrollTop || 0;
    node.remove();
    document.querySelector("[data-testid=stMain]").scrollTop = scrolled;
    const detail = live(".st-key-detail");
    if (detail) detail.scrollTop = panel;
    if (typing !== null) goOnTyping(typing);
    window.ProjectPage.followers.forEach((one) => one());
    document.dispatchEvent(new CustomEvent("page-live"));
  }

  function goOnTyping(value) {
    const input = document.querySelector(".st-key-q input");
    if (!input) return;
    input.focus();
    if (input.value === value) return;
    // React only notices values that are set through the prototype's setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("map-drawn", () => {
    mapIsDrawn = true;
    takePlace();
  });
  document.addEventListener("toggle", takePlace, true);
  window.ProjectPage.followers.push(takePlace);
  setTimeout(() => first() && window.ProjectPage.followers.forEach((one) => one()), 2 * PATIENCE_MS);
})();
