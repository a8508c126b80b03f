/* Makes the page ready for paper: a frame with a canvas does not print, so its place is taken by the
   picture that the map gives of itself, in light colours; and the head says which page this is. */
(function () {
  "use strict";

  const NAME = "pm-print-map";

  function day() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  /* With the letters of a search rather than their codes. The path of a file on one's own machine is
     nobody else's business. */
  function address() {
    const own = location.protocol === "file:" ? location.hash : location.href;
    try {
      return decodeURI(own);
    } catch (fault) {
      if (!(fault instanceof URIError)) throw fault;
      return own;
    }
  }

  function prepare() {
    const line = document.querySelector(".pm-paper");
    if (!line) return;
    const values = { address: address(), date: day() };
    line.textContent = line.dataset.paper.replace(/\{(address|date)\}/g, (_, key) => values[key]);
    const place = document.querySelector(".st-key-map");
    if (!place || !place.checkVisibility({ visibilityProperty: true })) return;
    const frame = place.querySelector("iframe");
    const picture = (frame ? frame.contentWindow : window).mapPicture?.();
    if (!picture) return;
    place.querySelector(`.${NAME}`)?.remove();
    const image = document.createElement("img");
    image.className = NAME;
    image.alt = line.dataset.picture;
    image.decoding = "sync";
    image.src = picture;
    place.append(image);
  }

  function tidy() {
    document.querySelector(`.${NAME}`)?.remove();
  }

  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", tidy);
})();
