// The large view. Without this script, each photo is a link to its picture.
(() => {
  const links = [...document.querySelectorAll("li a")];
  const view = document.querySelector("dialog");
  const [picture, video, caption] = ["img", "video", ".caption span"].map((name) => view.querySelector(name));
  const file = view.querySelector(".caption a");
  const place = () => Number(/^#photo-(\d+)$/.exec(location.hash)?.[1] ?? 0) - 1;
  const go = (number) => {
    if (links[number]) location.replace(`#photo-${number + 1}`);
  };
  let cameFromPage = false;
  const leave = () => {
    if (cameFromPage) history.back();
    else location.replace("#");
  };

  function show() {
    const number = place();
    const link = links[number];
    video.pause();
    if (!link) {
      if (view.open) view.close();
      return;
    }
    const small = link.querySelector("img");
    const isVideo = link.classList.contains("video");
    picture.hidden = isVideo;
    video.hidden = !isVideo;
    if (isVideo) {
      video.poster = small.src;
      video.src = link.href;
    } else {
      video.removeAttribute("src");
      picture.src = link.href;
      picture.alt = small.alt;
    }
    file.href = link.dataset.file ?? link.href;
    caption.textContent = small.alt;
    view.querySelector(".previous").hidden = number === 0;
    view.querySelector(".next").hidden = number === links.length - 1;
    if (!view.open) view.showModal();
    const following = links[number + 1];
    if (following && !following.classList.contains("video")) new Image().src = following.href;
  }

  // A viewer that shows the page alone has no files beside it.
  picture.addEventListener("error", () => {
    const small = links[place()]?.querySelector("img");
    if (small && picture.src !== small.src) picture.src = small.src;
  });
  links.forEach((link, number) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      cameFromPage = true;
      location.hash = `#photo-${number + 1}`;
    }),
  );
  view.querySelector(".close").addEventListener("click", leave);
  view.querySelector(".previous").addEventListener("click", () => go(place() - 1));
  view.querySelector(".next").addEventListener("click", () => go(place() + 1));
  view.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  view.addEventListener("close", () => {
    links[place()]?.focus();
  });
  view.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") go(place() - 1);
    if (event.key === "ArrowRight") go(place() + 1);
  });
  let start = null;
  view.addEventListener("touchstart", ({ touches }) => {
    start = touches.length === 1 ? touches[0] : null;
  });
  view.addEventListener("touchend", ({ changedTouches: [end] }) => {
    if (!start || (visualViewport && visualViewport.scale > 1.01)) return;
    const [across, down] = [end.clientX - start.clientX, end.clientY - start.clientY];
    if (Math.abs(across) > 40 && Math.abs(across) > 2 * Math.abs(down)) go(place() - Math.sign(across));
  });
  addEventListener("hashchange", show);
  show();
})();
