/* Copy buttons, and "report an error", whose text is copied or sent by mail. */
(function () {
  "use strict";

  const DONE_MS = 2000;

  /* Returns whether the text was copied. The clipboard API needs a secure context, and a frame may
     refuse it. The fallback needs no permission. */
  async function copyText(text) {
    if (navigator.clipboard && isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch (refused) {
        if (refused.name !== "NotAllowedError") throw refused;
      }
    }
    const before = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus({ preventScroll: true });
    return done;
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest(".pm-copy");
    if (!button || button.dataset.was) return;
    const text = button.dataset.copy || location.href;
    if (!(await copyText(text))) {
      // If copying fails, the text is shown selected, to be copied by hand.
      prompt(button.textContent, text);
      return;
    }
    button.dataset.was = button.textContent;
    button.setAttribute("role", "status");
    button.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = button.dataset.was;
      button.removeAttribute("role");
      delete button.dataset.was;
    }, DONE_MS);
  });

  /* ---- report an error: the text is made on click, with the chosen field, its current value and
     the address ---- */

  /* The path of a local file is private. */
  const shareableAddress = () => (location.protocol === "file:" ? location.hash : location.href);

  function fillTemplate(text, values) {
    return text.replace(/\{(field|value|link)\}/g, (_, key) => values[key]);
  }

  function prepareReport(event) {
    const chosen = event.target.closest && event.target.closest(".pm-report [data-field]");
    if (!chosen) return;
    const { report, subject } = chosen.closest(".pm-report").dataset;
    const text = fillTemplate(report, { ...chosen.dataset, link: shareableAddress() });
    if (chosen.tagName === "BUTTON") {
      chosen.dataset.copy = text;
      return;
    }
    const [address] = chosen.getAttribute("href").split("?");
    const message = { subject, body: text };
    const parts = Object.entries(message).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    chosen.setAttribute("href", `${address}?${parts.join("&")}`);
  }

  // In the capture phase: before the button copies and before the browser follows the link.
  document.addEventListener("click", prepareReport, true);
})();
