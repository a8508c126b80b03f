/* Printing: a frame with a canvas does not print, so a PNG of the map in light colours takes its
   place. Adds the address and the date to the header. */
(function () {
  "use strict";

  const IMAGE_CLASS = "pm-print-map";

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  /* A search is shown in readable characters, not percent-encoded. The path of a local file is
     private. */
  function address() {
    const own = location.protocol === "file:" ? location.hash : location.href;
    try {
      return decodeURI(own);
    } catch (fault) {
      if (!(fault instanceof URIError)) throw fault;
      return own;
    }
  }

  function insertPicture() {
    const heading = document.querySelector(".pm-paper");
    if (!heading) return;
    const values = { address: address(), date: today() };
    heading.textContent = heading.dataset.paper.replace(/\{(address|date)\}/g, (_, key) => values[key]);
    const mapBox = document.querySelector(".st-key-map");
    if (!mapBox || !mapBox.checkVisibility({ visibilityProperty: true })) return;
    const frame = mapBox.querySelector("iframe");
    const picture = (frame ? frame.contentWindow : window).mapPicture?.();
    if (!picture) return;
    mapBox.querySelector(`.${IMAGE_CLASS}`)?.remove();
    const image = document.createElement("img");
    image.className = IMAGE_CLASS;
    image.alt = heading.dataset.picture;
    image.decoding = "sync";
    image.src = picture;
    mapBox.append(image);
  }

  function removePicture() {
    document.querySelector(`.${IMAGE_CLASS}`)?.remove();
  }

  addEventListener("beforeprint", insertPicture);
  addEventListener("afterprint", removePicture);
})();
