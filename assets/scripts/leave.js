// The way out: the button, the hidden link before it, or Shift three times. The page is blank at once; then a page of
// ours takes its place in the history, clears what a browser may hold of us, and gives way to the weather.
// Without this script each link still leads straight to the weather.
(() => {
  const SHIFTS = 3;
  const WITHIN_MS = 5_000;
  const links = document.querySelectorAll("[data-leave]");

  const clear = () => {
    try {
      sessionStorage.clear();
    } catch {
      // Storage is switched off: there is nothing to clear.
    }
  };

  const leave = () => {
    document.title = "Weather";
    document.body.replaceChildren();
    document.documentElement.style.background = "#fff";
    clear();
    location.replace(links[0].dataset.leave);
  };

  for (const link of links) {
    if (link.dataset.leave === "now") {
      clear();
      location.replace(link.href);
      return;
    }
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }
  if (links.length === 0) return;
  for (const words of document.querySelectorAll("[data-with-script]")) words.hidden = false;

  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") pressed = [];
    else if (!event.repeat) {
      pressed = [...pressed.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
      if (pressed.length >= SHIFTS) leave();
    }
  });
})();
