// A map that moves takes the place of the drawn one, once that comes into sight: nobody takes it along who does not come
// to it, or whose phone saves data.
(() => {
  const frame = document.querySelector("[data-map]");
  if (!frame || !("IntersectionObserver" in window) || navigator.connection?.saveData) return;

  const load = () => {
    const [href, ...scripts] = frame.dataset.files.split(" ");
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
    for (const src of scripts) {
      document.head.append(Object.assign(document.createElement("script"), { src, async: false })); // in their order
    }
  };

  new IntersectionObserver((seen, watch) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    load();
  }).observe(frame);
})();
