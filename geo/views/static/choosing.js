/* Tells the map at once what the reader chooses in a facet: the server's answer, with the counts of
   everything else, takes its time. */
(function () {
  "use strict";

  const FACET = "[data-testid=stMultiSelect]";
  /* Stands between a value's label and its count, as in view/state.py. */
  const COUNT_MARK = " · ";

  let facet = null;
  let held = "";

  const nameOf = (node) => /\bst-key-(\w+)/.exec(node.closest("[class*=st-key-]")?.className)?.[1];

  /* Each value stands there twice: one is a template of Streamlit's, never seen. */
  function words() {
    const tags = [...facet.querySelectorAll("[data-tag] > span[title]")];
    return [...new Set(tags.map((tag) => tag.title.split(COUNT_MARK)[0]))];
  }

  /* A facet counts from the moment it is used until something else is. Its list lies elsewhere. */
  function attend(event) {
    const node = event.target.closest ? event.target : null;
    if (!node || node.closest("[role=listbox]")) return;
    const next = node.closest(FACET);
    // Back in the same one after a choice from its list: what it holds now is the news.
    if (next === facet) return;
    facet = next;
    if (facet) held = words().join();
  }

  const watching = new MutationObserver(() => {
    if (!facet || !facet.isConnected) return;
    const now = words();
    if (now.join() === held) return;
    held = now.join();
    const detail = { facet: nameOf(facet), words: now };
    document.dispatchEvent(new CustomEvent("page-chooses", { detail }));
  });

  document.addEventListener("pointerdown", attend, true);
  document.addEventListener("focusin", attend, true);
  // Not its body: this script may run before the page has one.
  watching.observe(document, { childList: true, subtree: true });
})();
