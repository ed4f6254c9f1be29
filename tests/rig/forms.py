"""Filling in a form as a browser without scripts would: what is on the page is sent, and nothing else can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.rig.html_tree import Element
from tests.rig.pages import Page

Values = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Sending:
    """What the browser sends. action: the address in the form, empty for the page's own; data: in page order."""

    method: str
    action: str
    data: list[tuple[str, str]]

    def grouped(self) -> dict[str, list[str]]:
        """name -> its values in order."""
        found: dict[str, list[str]] = {}
        for name, value in self.data:
            found.setdefault(name, []).append(value)
        return found


def press(page: Page, words: str, values: Values | None = None) -> Sending:
    """Press the button that says `words` after filling in `values`: control name -> text, or for choices the value or
    the label of the option or options. Raises LookupError for a button, control or option that is not there."""
    button = find_button(page, words)
    form = page.by_id(button.attributes["form"]) if button.get("form") else button.above("form")
    if form is None:
        raise LookupError(f"the button {words!r} stands in no form")
    wanted = {name: [value] if isinstance(value, str) else list(value) for name, value in (values or {}).items()}
    controls = [c for c in page.all("input", "select", "textarea") if _belongs(c, form)]
    data: list[tuple[str, str]] = []
    left = {name: list(chosen) for name, chosen in wanted.items()}
    for control in controls:
        name = control.get("name")
        if not name or "disabled" in control.attributes:
            continue
        data += [(name, value) for value in _sent_by(control, name, page, wanted, left)]
    if any(left.values()):
        raise LookupError(
            f"the form takes no { ({n: v for n, v in left.items() if v})!r}; it has {_describe(controls)}"
        )
    if button.get("name"):
        data.append((button.attributes["name"], button.get("value") or ""))
    method = (button.get("formmethod") or form.get("method") or "get").lower()
    return Sending(method, button.get("formaction") or form.get("action") or "", data)


def find_button(page: Page, words: str) -> Element:
    """The one button that says exactly these words; else the one whose words contain them."""
    buttons = [b for b in page.all("button", "input") if b.name == "button" or b.get("type") == "submit"]
    said = [(b, b.text or b.get("aria-label") or b.get("value") or "") for b in buttons]
    found = [b for b, text in said if text == words] or [b for b, text in said if words in text]
    if len(found) != 1:
        raise LookupError(f"{len(found)} buttons say {words!r}; the page has {[text for _, text in said]}")
    return found[0]


def _belongs(control: Element, form: Element) -> bool:
    return control.get("form") == form.get("id") if control.get("form") else control.above("form") is form


def _sent_by(control: Element, name: str, page: Page, wanted: Values, left: dict[str, list[str]]) -> list[str]:
    kind = "select" if control.name == "select" else control.get("type") or "text"
    if kind in ("submit", "button", "reset", "image", "file"):
        return []
    if kind in ("radio", "checkbox"):
        value = control.get("value") or "on"
        if name not in wanted:
            return [value] if "checked" in control.attributes else []
        return [value] if _take(left[name], value, _label(control, page)) else []
    if kind == "select":
        options = [(o.get("value") if o.get("value") is not None else o.text, o) for o in control.all("option")]
        if name in wanted:
            return [value or "" for value, option in options if _take(left[name], value or "", option.text)]
        chosen = [value or "" for value, option in options if "selected" in option.attributes]
        return chosen or [value or "" for value, _ in options[:1]]
    if name in wanted and kind != "hidden":
        return [left[name].pop(0)] if left[name] else []
    return ["".join(c for c in control.children if isinstance(c, str)) if control.name == "textarea" else
            control.get("value") or ""]  # fmt: skip


def _take(left: list[str], value: str, label: str) -> bool:
    for words in (value, label):
        if words in left:
            left.remove(words)
            return True
    return False


def _label(control: Element, page: Page) -> str:
    for label in page.all("label"):
        if control.get("id") and label.get("for") == control.get("id"):
            return label.text
    around = control.above("label")
    return around.text if around else ""


def _describe(controls: Sequence[Element]) -> list[str]:
    return sorted({f"{c.get('name')} ({c.get('type') or c.name})" for c in controls if c.get("type") != "hidden"})
