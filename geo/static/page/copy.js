/* Buttons that copy what they carry, or the address of the page, and say so. */
(function () {
  "use strict";

  const SAID_MS = 2000;

  /* Without a secure address there is no clipboard to ask: then the old way, which needs none. */
  async function copy(words) {
    if (navigator.clipboard && isSecureContext) {
      await navigator.clipboard.writeText(words);
      return;
    }
    const field = document.createElement("textarea");
    field.value = words;
    field.style.position = "fixed";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest(".pm-copy");
    if (!button || button.dataset.was) return;
    await copy(button.dataset.copy || location.href);
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
