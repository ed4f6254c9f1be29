"""HTML as a tree, read strictly: an element left open or closed out of turn is a fault, not something to mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
    }
)  # fmt: skip
_ONLY_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"},
}
_INTERACTIVE = frozenset(["a", "button", "input", "select", "textarea"])


@dataclass(eq=False)
class Element:
    """One element: its name, attributes and children in order; a text child is a str."""

    name: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, white space squeezed to single spaces."""
        return " ".join("".join(self._texts()).split())

    def get(self, name: str) -> str | None:
        """An attribute; None when it is absent."""
        return self.attributes.get(name)

    def all(self, *names: str) -> Iterator[Element]:
        """Every element inside with one of these names (any name when none is given), in document order."""
        for child in self.children:
            if isinstance(child, Element):
                if not names or child.name in names:
                    yield child
                yield from child.all(*names)

    def above(self, *names: str) -> Element | None:
        """The nearest element around this one with one of these names."""
        found = self.parent
        while found is not None and found.name not in names:
            found = found.parent
        return found

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()

    def __repr__(self) -> str:
        attributes = "".join(f' {key}="{value}"' for key, value in list(self.attributes.items())[:4])
        return f"<{self.name}{attributes}>"


class TreeBuilder(HTMLParser):
    """Builds the tree and notes every fault of grammar in `faults`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.faults: list[str] = []
        self.doctype: str | None = None
        self._open = self.root

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl.lower()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            if name in attributes:
                self.faults.append(f"<{tag}> says {name} twice")
            attributes[name] = value or ""
        element = Element(tag, attributes, self._open)
        self._look_around(element)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            inside_svg = self._open.name == "svg" or self._open.above("svg") is not None
            if not inside_svg:
                self.faults.append(f"<{tag} /> does not close itself in HTML")
            self._open = self._open.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if self._open.name == tag:
            self._open = self._open.parent or self.root
            return
        self.faults.append(f"</{tag}> closes {self._open!r}")
        around = self._open.above(tag)
        if around is not None:
            self._open = around.parent or self.root

    def handle_data(self, data: str) -> None:
        if self._open.name in _ONLY_CHILDREN and data.strip():
            self.faults.append(f"words straight inside <{self._open.name}>: {data.strip()[:40]!r}")
        self._open.children.append(data)

    def close(self) -> None:
        super().close()
        if self._open is not self.root:
            self.faults.append(f"{self._open!r} is never closed")

    def _look_around(self, element: Element) -> None:
        outer, tag = self._open.name, element.name
        if outer in _ONLY_CHILDREN and tag not in _ONLY_CHILDREN[outer] | {"script", "template"}:
            self.faults.append(f"<{tag}> straight inside <{outer}>")
        if outer in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "label") and tag in _BLOCKS:
            self.faults.append(f"<{tag}> inside <{outer}>")
        if tag == "li" and outer not in ("ul", "ol", "menu"):
            self.faults.append("<li> outside a list")
        if tag in _INTERACTIVE and element.get("type") != "hidden" and element.above("a", "button") is not None:
            self.faults.append(f"<{tag}> inside {element.above('a', 'button')!r}")
        if tag == "form" and element.above("form") is not None:
            self.faults.append("a form inside a form")
