/* "Report an error": the text to send is made when it is asked for, with the field that was chosen,
   its value now, and the address of what the reader sees. */
(function () {
  "use strict";

  /* The path of a file on one's own machine is nobody else's business. */
  const here = () => (location.protocol === "file:" ? location.hash : location.href);

  function filled(text, values) {
    return text.replace(/\{(field|value|link)\}/g, (_, key) => values[key]);
  }

  function prepare(event) {
    const chosen = event.target.closest && event.target.closest(".pm-report [data-field]");
    if (!chosen) return;
    const { report, subject } = chosen.closest(".pm-report").dataset;
    const text = filled(report, { ...chosen.dataset, link: here() });
    if (chosen.tagName === "BUTTON") {
      chosen.dataset.copy = text;
      return;
    }
    const [address] = chosen.getAttribute("href").split("?");
    const letter = { subject, body: text };
    const parts = Object.entries(letter).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    chosen.setAttribute("href", `${address}?${parts.join("&")}`);
  }

  // Before the button copies, and before the browser follows the link.
  document.addEventListener("click", prepare, true);
})();
