// The chat without loading the page anew. Where anything here fails, the form is sent as it is without a script.
// Nothing is kept: the talk lies in the page, in the field that the server sealed.
(() => {
  const form = document.getElementById("chat");
  const log = document.getElementById("log");
  const unsent = document.getElementById("unsent");
  if (!form || !log || !window.fetch || !window.DOMParser) return;
  const box = form.elements.text;
  const button = form.querySelector("button");

  // What was typed is shown once, by the server's answer: a page of this chat, of which only what is new is taken.
  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const field = page.querySelector("#chat [name=_state]");
    if (!field) throw new SyntaxError("not a page of this chat");
    const old = document.getElementById("latest");
    if (old) old.removeAttribute("id");
    log.append(...page.querySelectorAll("#log > [data-new]"));
    form.elements._state.value = field.value;
    document.getElementById("clear").hidden = false;
    document.getElementById("before").open = false;
    const last = log.lastElementChild;
    if (last) last.scrollIntoView({ block: "nearest" });
  };

  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (pressed && pressed.name) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    unsent.hidden = true;
    const typed = box.value;
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), cache: "no-store" })
      .then((answer) => {
        if (!answer.ok) throw new SyntaxError("refused");
        return answer.text();
      })
      .then((html) => {
        show(html);
        if (box.value === typed) box.value = "";
        box.focus();
      })
      .catch((fault) => {
        // No line to us: say so and keep what was typed. Any other answer: let the browser show it whole.
        if (fault instanceof SyntaxError) form.submit();
        else unsent.hidden = false;
      })
      .finally(() => button.removeAttribute("aria-disabled"));
  });
})();
