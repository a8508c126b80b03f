/* Buttons that copy what they carry, or the address of the page; and the text of "report an error". */
(function () {
  "use strict";

  const DONE_MS = 2000;

  /* Returns whether it is in the clipboard. Without a secure address there is none to ask, and in the
     frame of another page it may refuse: then the old way, which needs no permission. */
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
      // What cannot be copied for the reader is shown, marked, to be copied by hand.
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

  /* ---- "report an error": the text to send is made when it is asked for, with the field that was chosen, its
     value now, and the address of what the reader sees ---- */

  /* The path of a file on one's own machine is nobody else's business. */
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

  // Before the button copies, and before the browser follows the link.
  document.addEventListener("click", prepareReport, true);
})();
