/* The document view: the whole text beside the map. The file holds the text twice, with titles and
   notes in Chinese and in English; the page holds the one in the reader's language. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, language } = root.EditionI18n;
  const router = root.EditionRouter;

  const texts = {};
  const box = () => document.getElementById("document");

  function start() {
    const standing = box().querySelector(".pm-document");
    texts[document.documentElement.lang] = standing;
    for (const one of document.querySelectorAll("template[data-text]")) {
      texts[one.dataset.text] = one.content.querySelector(".pm-document");
    }
  }

  function show(now, data) {
    const open = now.view === "document";
    box().hidden = !open;
    if (!open) {
      box().replaceChildren();
      return;
    }
    if (!box().contains(texts[language()])) {
      box().replaceChildren();
      // The shared script of the document has to see that the old text is gone: only then does it
      // mark the position of the link in the new one.
      root.ProjectPage.followers.forEach((follow) => follow());
      box().append(texts[language()]);
    }
    replaceTools(now, data);
  }

  /* The switch for passages that were left out of the map, and the legend of the underlines. */
  function replaceTools(now, data) {
    const before = box().querySelector(".pm-tools");
    const focused = before && before.contains(document.activeElement);
    const made = element("div", "pm-tools");
    made.dataset.left = Number(now.left);
    const toggle = element("button", "pm-chip", say("document-left"));
    toggle.type = "button";
    toggle.setAttribute("role", "switch");
    toggle.setAttribute("aria-checked", String(now.left));
    toggle.addEventListener("click", () => router.change({ left: !router.read().left }));
    const legend = element("span", "pm-tools-key");
    legend.setAttribute("aria-hidden", "true");
    for (const code of data.facets.stage) legend.append(element("u", `pm-stage-${code}`, label("stage", code)));
    const reasons = element("dl", "pm-reasons");
    for (const one of data.reasons) {
      reasons.append(element("dt", "", one.letter), element("dd", "", one[language()]));
    }
    made.append(toggle, legend, reasons);
    if (before) before.remove();
    box().prepend(made);
    if (focused) toggle.focus();
  }

  /* The paragraph of a project's first quote as runs [text, whether it is quoted], or null where the
     quote is from another document. */
  function paragraph(id) {
    const first = texts.zh.querySelector(`[data-first~="${CSS.escape(id)}"]`);
    if (!first) return null;
    const runs = [];
    for (const node of first.closest("[data-start]").childNodes) {
      if (node.classList && node.classList.contains("pm-why")) continue;
      const ids = node.dataset && node.dataset.ids ? node.dataset.ids.split(" ") : [];
      const depth = Number(ids.includes(id));
      const last = runs[runs.length - 1];
      // A quote is several elements where quotes of other projects overlap it.
      if (last && last[1] === depth) last[0] += node.textContent;
      else runs.push([node.textContent, depth]);
    }
    return runs;
  }

  root.EditionDocument = { start, show, paragraph };
})(window);
