/* Makes the page ready for paper: a frame with a canvas does not print, so its place is taken by the
   picture that the map gives of itself, in light colours; and the head says which page this is. */
(function () {
  "use strict";

  const IMAGE_CLASS = "pm-print-map";

  function today() {
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
