"""Built style sheets: their hashed addresses, and the one that is sent within the first page."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

from community.config import ROOT

DIST = ROOT / "static" / "dist"


class AssetsMissing(Exception):
    """The style sheets were not built."""


class Assets:
    """The manifest of `static/dist`, read once."""

    def __init__(self, folder: Path = DIST) -> None:
        try:
            self.manifest: dict[str, str] = json.loads((folder / "manifest.json").read_text())
        except FileNotFoundError as exc:
            raise AssetsMissing("static/dist/manifest.json is not there: run `make assets`.") from exc
        self.inline = {
            "ltr": (folder / self.manifest["first.css"]).read_text(),
            "rtl": (folder / self.manifest["first.rtl.css"]).read_text(),
        }

    def url(self, name: str, direction: str = "ltr") -> str:
        """The address of a built file; for a style sheet, of the one for a direction of writing."""
        if direction == "rtl":
            name = name.replace(".css", ".rtl.css")
        return f"/static/dist/{self.manifest[name]}"

    def style_hashes(self) -> str:
        """CSP sources that allow exactly our inline style sheets."""
        digests = (hashlib.sha256(css.encode()).digest() for css in self.inline.values())
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
