/* The document view: passages that select their project, and links to any spot of the text.
   Positions are code points of the file, as on the server; each paragraph carries the position of
   its first one. */
(function () {
  "use strict";

  const page = window.ProjectPage;
  const CALM = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let shownSpot = "";
  let chosenInText = false;
  let menu = null;
  let opener = null;

  const article = () => document.querySelector(".pm-document");
  const message = (key) => JSON.parse(article().dataset.words)[key];

  function scrollTo(node) {
    node.scrollIntoView({ block: "center", behavior: CALM ? "auto" : "smooth" });
  }

  /* Scrolls to a project selected elsewhere. A project selected in the text is already in view. */
  function onSelected(event) {
    const id = event.detail;
    const requested = page.query().get("at");
    if (!chosenInText && id && article() && !requested) {
      const first = document.querySelector(`.pm-document [data-first~="${CSS.escape(id)}"]`);
      if (first) scrollTo(first);
    }
    chosenInText = false;
  }

  /* When the view opens, it scrolls to the current selection. */
  let wasOpen = false;
  let shownIn = null;
  function syncView() {
    // The live page has a text of its own, after that of the first view.
    if (article() !== shownIn) {
      shownIn = article();
      wasOpen = false;
      shownSpot = "";
    }
    if (!shownIn) {
      closeMenu();
      return;
    }
    const asked = page.query().get("at") || "";
    if (!wasOpen && !asked) {
      const here = document.querySelector(".pm-document .pm-here[data-first]");
      if (here) scrollTo(here);
    }
    wasOpen = true;
    if (asked !== shownSpot) showSpot(asked);
  }

  /* The text nodes of a paragraph, each with the position of its first code point. */
  function* textRuns(paragraph) {
    let at = Number(paragraph.dataset.start);
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(".pm-why")) continue;
      const length = [...node.data].length;
      yield { node, start: at, end: at + length };
      at += length;
    }
  }

  const paragraphs = () => article().querySelectorAll("[data-start]");
  const utf16Length = (text, points) => [...text].slice(0, points).join("").length;

  function showSpot(asked) {
    shownSpot = asked;
    if (CSS.highlights) CSS.highlights.delete("pm-spot");
    for (const node of document.querySelectorAll(".pm-at")) node.classList.remove("pm-at");
    const match = /^(\d+)-(\d+)$/.exec(asked);
    if (!match) return;
    const [start, end] = [Number(match[1]), Number(match[2])];
    const found = [...paragraphs()].flatMap((one) => [...textRuns(one)])
      .filter((run) => run.start < end && run.end > start);
    if (!found.length) return;
    for (const run of found) {
      const node = run.node.parentElement;
      if (run.start >= start && run.end <= end && !("start" in node.dataset)) node.classList.add("pm-at");
    }
    if (CSS.highlights && window.Highlight) {
      const range = new Range();
      const last = found[found.length - 1];
      range.setStart(found[0].node, utf16Length(found[0].node.data, Math.max(0, start - found[0].start)));
      range.setEnd(last.node, utf16Length(last.node.data, end - last.start));
      CSS.highlights.set("pm-spot", new Highlight(range));
    }
    scrollTo(found[0].node.parentElement);
  }

  /* The start and end of the reader's text selection, or null if it is outside the document. */
  function selectedSpot() {
    const selection = getSelection();
    if (!article() || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const runs = [...paragraphs()].flatMap((one) => [...textRuns(one)])
      .filter((run) => range.intersectsNode(run.node));
    if (!runs.length) return null;
    const positionIn = (run, node, offset, otherwise) =>
      run.node === node ? run.start + [...node.data.slice(0, offset)].length : otherwise;
    const [first, last] = [runs[0], runs[runs.length - 1]];
    const start = positionIn(first, range.startContainer, range.startOffset, first.start);
    const end = positionIn(last, range.endContainer, range.endOffset, last.end);
    return start < end ? { at: `${start}-${end}`, box: range.getBoundingClientRect() } : null;
  }

  let linkButton = null;
  function onSelection() {
    if (linkButton) linkButton.remove();
    linkButton = null;
    const found = selectedSpot();
    if (!found) return;
    const query = page.query();
    query.set("view", "document");
    query.set("at", found.at);
    query.delete("project");
    linkButton = document.createElement("button");
    linkButton.type = "button";
    linkButton.className = "pm-copy pm-spot";
    linkButton.dataset.copy = page.link(query);
    linkButton.dataset.done = message("copied");
    linkButton.textContent = message("document-link-spot");
    linkButton.style.left = `${Math.max(8, found.box.left)}px`;
    linkButton.style.top = `${Math.min(innerHeight - 48, found.box.bottom + 6)}px`;
    document.body.append(linkButton);
  }

  /* Opens a menu below a passage that belongs to several projects. */
  function openMenu(link) {
    closeMenu();
    const names = JSON.parse(article().dataset.names);
    const ids = link.dataset.ids.split(" ");
    menu = document.createElement("div");
    menu.className = "pm-menu";
    menu.setAttribute("role", "group");
    const title = message("document-choose").replace(/\{count\}/, ids.length);
    menu.setAttribute("aria-label", title);
    const heading = document.createElement("p");
    heading.textContent = title;
    menu.append(heading);
    for (const id of ids) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.ids = id;
      button.textContent = names[id];
      button.addEventListener("click", () => {
        closeMenu();
        chosenInText = true;
        link.focus();
        page.choose(id);
      });
      menu.append(button);
    }
    opener = link;
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      closeMenu();
      link.focus();
    });
    document.body.append(menu);
    positionMenu();
    menu.querySelector("button").focus();
  }

  /* The menu moves with its passage while the text scrolls, and closes when the passage is out of
     view. */
  function positionMenu() {
    if (!menu) return;
    const box = opener.getClientRects()[0];
    if (!box || box.bottom < 0 || box.top > innerHeight) {
      closeMenu();
      return;
    }
    menu.style.left = `${Math.min(box.left, innerWidth - menu.offsetWidth - 8)}px`;
    menu.style.top = `${Math.min(box.bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
  }

  function closeMenu() {
    if (menu) menu.remove();
    menu = null;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".pm-document a.pm-mark");
    if (!link) {
      if (menu && !menu.contains(event.target)) closeMenu();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    chosenInText = true;
    if (!link.dataset.ids.includes(" ")) return;
    event.preventDefault();
    openMenu(link);
  });
  document.addEventListener("page-left", closeMenu);
  document.addEventListener("project-selected", onSelected);
  document.addEventListener("mouseup", () => setTimeout(onSelection));
  document.addEventListener("keyup", (event) => {
    if (event.shiftKey || event.key === "Shift") onSelection();
  });
  document.addEventListener("scroll", positionMenu, true);
  page.followers.push(syncView);
})();
