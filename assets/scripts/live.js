// A live page brings itself up to date: it asks more than once a second for a short word that changes when the counts do, and only
// then fetches the page and takes over the parts that differ. What a person has opened, scrolled or is standing on stays.
// Without this script the page is whole, and a link fetches it anew. Nothing is kept.
(() => {
  const bar = document.getElementById("live");
  const said = document.getElementById("live-said");
  const stop = document.getElementById("live-stop");
  if (!bar || !window.fetch || !window.DOMParser) return;
  const EACH_MS = 700;
  const SLOWEST_MS = 30_000;
  const SAY_AGAIN_MS = 10_000;
  const GOES_ON = "New answers appear by themselves.";
  let word = bar.dataset.word;
  let wait = EACH_MS;
  let timer = 0;
  let running = true;
  let saidAt = 0;

  const say = (words) => {
    if (said.textContent !== words) said.textContent = words;
  };

  // What is open and how far tables are scrolled is carried over before the new part is seen.
  const carry = (from, to) => {
    for (const open of from.querySelectorAll("details[id][open]")) {
      const same = to.querySelector(`#${CSS.escape(open.id)}`);
      if (same) same.open = true;
    }
  };

  const take = (from, to) => {
    const at = document.activeElement;
    const id = from.contains(at) ? at.id : "";
    const scrolled = [...from.querySelectorAll(".app-scroll[id]")].map((box) => [box.id, box.scrollLeft, box.scrollTop]);
    from.replaceWith(to);
    for (const [box, left, top] of scrolled) document.getElementById(box)?.scrollTo(left, top);
    if (id) document.getElementById(id)?.focus({ preventScroll: true });
  };

  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.getElementById("live");
    if (!fresh) throw new Error("not a live page");
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = page.getElementById(part.id);
      if (!next) continue;
      carry(part, next);
      if (!part.isEqualNode(next)) take(part, next);
    }
    word = fresh.dataset.word;
    document.getElementById("live-at").textContent = page.getElementById("live-at").textContent;
    const all = document.getElementById("in-all");
    if (all && Date.now() - saidAt > SAY_AGAIN_MS) {
      saidAt = Date.now();
      say(`Brought up to date: ${all.textContent} ${all.textContent === "1" ? "answer" : "answers"} in all.`);
    }
  };

  const get = async (address, headers) => {
    const answer = await fetch(address, { headers, cache: "no-store", redirect: "error" });
    if (answer.status === 401 || answer.status === 403) {
      running = false;
      document.getElementById("live-buttons").hidden = true;
      say("You have been signed out. Use Refresh to sign in again.");
    } else if (!answer.ok && answer.status !== 304) throw new Error("no answer");
    return answer;
  };

  const ask = async () => {
    try {
      const answer = await get(bar.dataset.pulse, { "If-None-Match": `"${word}"` });
      if (answer.status === 200) {
        const page = await get(bar.dataset.now, {});
        if (page.ok && running) show(await page.text());
      }
      if (running && wait > EACH_MS) say(GOES_ON);
      wait = EACH_MS;
    } catch {
      wait = Math.min(wait * 2, SLOWEST_MS);
      if (wait > 4 * EACH_MS) say("No connection. These numbers may be old; trying again.");
    }
    plan();
  };

  const plan = () => {
    clearTimeout(timer);
    if (running && !document.hidden) timer = setTimeout(ask, wait);
  };

  stop.addEventListener("click", () => {
    running = !running;
    stop.textContent = running ? "Stop updating" : "Start updating";
    say(running ? GOES_ON : "Stopped. These numbers stay as they are.");
    plan();
  });
  document.addEventListener("visibilitychange", plan);
  document.getElementById("live-buttons").hidden = false;
  say(GOES_ON);
  plan();
})();
