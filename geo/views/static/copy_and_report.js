/* Buttons that copy what they carry, or the address of the page, and say so. */
(function () {
  "use strict";

  const SAID_MS = 2000;

  /* Returns whether it is in the clipboard. Without a secure address there is none to ask, and in the
     frame of another page it may refuse: then the old way, which needs no permission. */
  async function copied(words) {
    if (navigator.clipboard && isSecureContext) {
      try {
        await navigator.clipboard.writeText(words);
        return true;
      } catch (refused) {
        if (refused.name !== "NotAllowedError") throw refused;
      }
    }
    const before = document.activeElement;
    const field = document.createElement("textarea");
    field.value = words;
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
    const words = button.dataset.copy || location.href;
    if (!(await copied(words))) {
      // What cannot be copied for the reader is shown, marked, to be copied by hand.
      prompt(button.textContent, words);
      return;
    }
    button.dataset.was = button.textContent;
    button.setAttribute("role", "status");
    button.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = button.dataset.was;
      button.removeAttribute("role");
      delete button.dataset.was;
    }, SAID_MS);
  });
})();
