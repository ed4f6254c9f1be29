"""What every page of ours must be, whoever asked for it: checked on each page that a test fetches."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

from tests.rig.html_tree import Element, TreeBuilder

_FETCHING = {
    "img": ("src", "srcset"), "script": ("src",), "link": ("href",), "iframe": ("src",), "source": ("src", "srcset"),
    "video": ("src", "poster"), "audio": ("src",), "object": ("data",), "embed": ("src",), "form": ("action",),
    "button": ("formaction",), "input": ("src", "formaction"), "use": ("href", "xlink:href"), "image": ("href",),
}  # fmt: skip
_REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list", "form")
_UNLABELLED = ("hidden", "submit", "button", "reset")


class Page:
    """One HTML page, read strictly. `faults` lists all that is wrong with its words alone."""

    def __init__(self, html: str) -> None:
        builder = TreeBuilder()
        builder.feed(html)
        builder.close()
        self.html = html
        self.root = builder.root
        self._doctype = builder.doctype
        self._grammar = builder.faults

    @property
    def h1(self) -> str:
        return self._only("h1").text

    @property
    def title(self) -> str:
        return self._only("title", within=self._only("head")).text  # a drawing may have a title of its own

    @property
    def text(self) -> str:
        """All words a person can see or hear, in order."""
        return self._only("body").text

    @property
    def lang(self) -> str:
        return self._only("html").get("lang") or ""

    def all(self, *names: str) -> list[Element]:
        """Every element with one of these names, in document order."""
        return list(self.root.all(*names))

    def by_id(self, id: str) -> Element:
        """The element with an id. Raises LookupError when there is none."""
        for element in self.root.all():
            if element.get("id") == id:
                return element
        raise LookupError(f"no element has the id {id!r}")

    def link(self, words: str) -> str:
        """The address behind the first link whose words contain these. Raises LookupError listing the links."""
        links = self.all("a")
        for link in links:
            if words in link.text:
                return link.get("href") or ""
        raise LookupError(f"no link says {words!r}: {[link.text for link in links]}")

    def faults(self) -> list[str]:
        """Every rule that the page breaks, in words; empty when it keeps them all."""
        found = list(self._grammar)
        if self._doctype != "doctype html":
            found.append("the page does not begin with <!doctype html>")
        found += _faults_of_frame(self.root)
        elements = list(self.root.all())
        found += _faults_of_ids(elements)
        for element in elements:
            found += _faults_of(element)
        return found + _faults_of_controls(self.root)

    def _only(self, name: str, *, within: Element | None = None) -> Element:
        found = list((within or self.root).all(name))
        if len(found) != 1:
            raise AssertionError(f"{len(found)} <{name}> on the page, not one")
        return found[0]


def header_faults(page: Page, path: str, headers: Mapping[str, str]) -> list[str]:
    """What is wrong with the headers an HTML page came with. headers: looked up without regard to case."""
    found = []
    policy = headers.get("Content-Security-Policy", "")
    directives = {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}
    framed = path.startswith("/staff/questionnaires/") and "/screens/" in path  # how a survey looks on a phone
    frames = "'self'" if framed and "'self'" in directives.get("frame-ancestors", []) else "'none'"
    for name, wanted in (("default-src", "'none'"), ("frame-ancestors", frames), ("base-uri", "'none'")):
        if wanted not in directives.get(name, []):
            found.append(f"Content-Security-Policy does not say {name} {wanted}")
    for name, sources in directives.items():
        if bad := [source for source in sources if source.startswith("'unsafe-") or "//" in source or source == "*"]:
            found.append(f"Content-Security-Policy allows {name} {' '.join(bad)}")
    allowed = directives.get("style-src", [])
    for style in page.all("style"):
        css = "".join(child for child in style.children if isinstance(child, str))
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in allowed:
            found.append("a <style> whose hash the Content-Security-Policy does not allow")
    if headers.get("X-Content-Type-Options") != "nosniff":
        found.append("X-Content-Type-Options is not nosniff")
    if "Set-Cookie" in headers and not path.startswith("/staff"):
        found.append("a public page sets a cookie")
    return found


def _faults_of_frame(root: Element) -> list[str]:
    found = []
    for name in ("html", "head", "body", "h1", "main"):
        count = sum(1 for _ in root.all(name))
        if count != 1:
            found.append(f"{count} <{name}>, not one")
    titles = [title for head in root.all("head") for title in head.all("title")]  # a drawing may have its own
    if len(titles) != 1:
        found.append(f"{len(titles)} <title>, not one")
    if found:
        return found
    html, title, h1 = next(root.all("html")), titles[0].text, next(root.all("h1")).text
    if not html.get("lang"):
        found.append("<html> does not say its lang")
    if html.get("dir") not in ("ltr", "rtl"):
        found.append("<html> does not say its dir")
    without_error = re.sub(r"^[^:]{1,20}: ", "", title)  # "Error: " comes first, in the page's language
    if not h1 or not (title.startswith(h1) or without_error.startswith(h1)):
        found.append(f"the title {title!r} does not begin with the h1 {h1!r}")
    if not any(meta.get("name") == "viewport" for meta in root.all("meta")):
        found.append("no viewport for phones")
    return found


def _faults_of_ids(elements: list[Element]) -> list[str]:
    ids = Counter(element.attributes["id"] for element in elements if "id" in element.attributes)
    found = [f"the id {id!r} stands {count} times" for id, count in ids.items() if count > 1]
    found += [f"an id with white space or nothing in it: {id!r}" for id in ids if not id or re.search(r"\s", id)]
    for element in elements:
        for name in _REFERRING:
            for id in (element.get(name) or "").split():
                if id not in ids:
                    found.append(f"{element!r} points with {name} at {id!r}, which is not on the page")
        href = element.get("href") or ""
        if element.name == "a" and href.startswith("#") and href[1:] not in ids:
            found.append(f"a link to {href!r}, which is not on the page")
    return found


def _faults_of(element: Element) -> list[str]:
    found = []
    for name, value in element.attributes.items():
        if name == "style" or name.startswith("on"):
            found.append(f"{element!r} carries {name}, which our own policy blocks")
        if value.strip().lower().startswith("javascript:"):
            found.append(f"{element!r} runs a script from an address")
    if element.name == "script" and not element.get("src"):
        found.append("a script written into the page")
    for name in _FETCHING.get(element.name, ()):
        for address in re.split(r",\s+", element.get(name) or ""):
            if urlsplit(address.split(" ")[0]).netloc:
                found.append(f"{element!r} reaches another site: {address}")
    if element.name == "style" and re.search(r"url\(\s*['\"]?(https?:)?//|@import", element.text):
        found.append("a style sheet in the page reaches another site")
    if element.name == "img" and element.get("alt") is None:
        found.append(f"{element!r} has no alt")
    if element.name in ("a", "button") and not _name(element):
        found.append(f"{element!r} has no words")
    if element.name == "svg" and element.get("aria-hidden") != "true" and not _name(element):
        found.append(f"{element!r} is neither named nor hidden")
    if element.name == "table" and not any(True for _ in element.all("th")):
        found.append("a table without a heading cell")
    if element.name == "fieldset" and not any(isinstance(c, Element) and c.name == "legend" for c in element.children):
        found.append("a fieldset without a legend")
    if element.name == "form" and (element.get("method") or "get").lower() not in ("get", "post", "dialog"):
        found.append(f"{element!r} has no method we know")
    return found


def _name(element: Element) -> str:
    labelled = element.get("aria-label") or element.get("aria-labelledby") or element.text
    return labelled or " ".join(image.get("alt") or "" for image in element.all("img")).strip()


def _faults_of_controls(root: Element) -> list[str]:
    found = []
    labels = {label.get("for"): label.text for label in root.all("label") if label.get("for")}
    choices: Counter[tuple[int, str]] = Counter()
    for control in root.all("input", "select", "textarea"):
        kind = control.get("type") or "text"
        if control.name == "input" and kind in _UNLABELLED:
            if kind != "hidden" and not control.get("value"):
                found.append(f"{control!r} has no words")
            continue
        around = control.above("label")
        named = labels.get(control.get("id") or "", "") or (around.text if around else "")
        if not (named or control.get("aria-label") or control.get("aria-labelledby")):
            found.append(f"{control!r} has no label")
        if not control.get("name"):
            found.append(f"{control!r} has no name, so it is never sent")
        if kind in ("radio", "checkbox"):
            choices[id(control.above("form")), control.get("name") or ""] += 1
            if choices[id(control.above("form")), control.get("name") or ""] == 2 and not control.above("fieldset"):
                found.append(f"the choices of {control.get('name')!r} stand in no fieldset")
    return found
