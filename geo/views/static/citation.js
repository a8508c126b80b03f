/* Citations in the panel: the menu of styles, today's date, and the addresses of what is cited. */
(function () {
  "use strict";

  /* Without the filters: they are no part of what is cited. */
  const addressOf = (query) => new URL(query, `${location.origin}${location.pathname}`).href;

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, "0")).join("-");
  }

  function fillIn(box) {
    const values = { today: today(), project: addressOf(box.dataset.project), spot: addressOf(box.dataset.spot) };
    for (const one of box.querySelectorAll("[data-template]")) {
      one.textContent = one.dataset.template.replace(/\{(today|project|spot)\}/g, (_, key) => values[key]);
    }
    show(box);
  }

  /* Shows the citation in the chosen style, which is also the text that the button copies. */
  function show(box) {
    const style = box.querySelector("select").value;
    for (const one of box.querySelectorAll("[data-style]")) {
      one.hidden = one.dataset.style !== style;
      if (!one.hidden) box.querySelector(".pm-copy").dataset.copy = one.textContent;
    }
  }

  const boxAround = (event) => event.target.closest && event.target.closest(".pm-cite");

  // In the capture phase, because this event does not bubble.
  document.addEventListener("toggle", (event) => boxAround(event)?.open && fillIn(boxAround(event)), true);
  document.addEventListener("change", (event) => boxAround(event) && show(boxAround(event)));
})();
