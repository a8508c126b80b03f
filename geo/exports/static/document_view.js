/* The document: both languages of its titles lie in the file, and the reader's stands in the page
   while it is asked for. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, language } = root.EditionWords;
  const state = root.EditionState;

  const texts = {};
  const box = () => document.getElementById("document");

  function begin() {
    const standing = box().querySelector(".pm-document");
    texts.zh = standing;
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
      // The document's script sees one text leave, and marks anew in the one that comes.
      root.ProjectPage.followers.forEach((follow) => follow());
      box().append(texts[language()]);
    }
    retool(now, data);
  }

  /* The switch for what was left out, and the key of the underlines. */
  function retool(now, data) {
    const before = box().querySelector(".pm-tools");
    const focused = before && before.contains(document.activeElement);
    const made = element("div", "pm-tools");
    made.dataset.left = Number(now.left);
    const toggle = element("button", "pm-chip", say("document-left"));
    toggle.type = "button";
    toggle.setAttribute("role", "switch");
    toggle.setAttribute("aria-checked", String(now.left));
    toggle.addEventListener("click", () => state.change({ left: !state.read().left }));
    const key = element("span", "pm-tools-key");
    key.setAttribute("aria-hidden", "true");
    for (const code of data.facets.stage) key.append(element("u", `pm-stage-${code}`, label("stage", code)));
    const reasons = element("dl", "pm-reasons");
    for (const one of data.reasons) {
      reasons.append(element("dt", "", one.letter), element("dd", "", one[language()]));
    }
    made.append(toggle, key, reasons);
    if (before) before.remove();
    box().prepend(made);
    if (focused) toggle.focus();
  }

  /* The paragraph that a project's quote stands in, as runs; null where it is of another text. */
  function paragraph(id) {
    const first = texts.zh.querySelector(`[data-first~="${CSS.escape(id)}"]`);
    if (!first) return null;
    const runs = [];
    for (const node of first.closest("[data-start]").childNodes) {
      if (node.classList && node.classList.contains("pm-why")) continue;
      const ids = node.dataset && node.dataset.ids ? node.dataset.ids.split(" ") : [];
      const depth = Number(ids.includes(id));
      const last = runs[runs.length - 1];
      // Where the quotes of other projects cut it, a quote is several elements of the text.
      if (last && last[1] === depth) last[0] += node.textContent;
      else runs.push([node.textContent, depth]);
    }
    return runs;
  }

  root.EditionProse = { begin, show, paragraph };
})(window);
