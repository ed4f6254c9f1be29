"""What may never be in the repository, and how large a file of code may grow."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from community.config import ROOT

MOST_LINES = 400

# Written in two halves, so that this list does not find itself.
FORBIDDEN = {
    "a path of somebody's machine": r"(?<![\w.])/(?:ro" r"ot|wo" r"rk|home/\w+|Users/\w+)/",
    "the address of a package registry": r"registry\.np"
    r"mjs|py"
    r"pi\.org|pythonh"
    r"osted|(?<!no-emit-)index-u"
    r"rl",
    "a downloaded address in a lock": r'"resol' r'ved":\s*"http',
    "something left to do": r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b",
    "a page outside the project": r"\.\./sha" r"red/",
    "a secret key": r"BEGIN [A-Z ]*PRIV" r"ATE KEY|\bAC[0-9a-f]{32}\b",
    "a tool's signature": r"(?i)co-authored-" r"by|\b(?:chat" r"gpt|cop" r"ilot|open" r"ai|anthr" r"opic)\b",
}


NOT_TEXT = b"\0"
SHORT = "something left to do"
"""Packed numbers and pictures spell words as short as these by chance."""


@cache
def tracked() -> list[Path]:
    """Every file that git follows and that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what].encode())
    found = []
    for path in tracked():
        held = path.read_bytes()
        for number, line in enumerate(() if what == SHORT and NOT_TEXT in held else held.splitlines(), start=1):
            if match := pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match[0].decode(errors='replace')}")
    assert found == []


def test_no_file_of_code_is_too_long_to_hold_in_the_head() -> None:
    code = [path for path in tracked() if path.suffix == ".py" and path.is_relative_to(ROOT / "community")]
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in code}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "data"}
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.suffix == ".py" and path.stem in vague] == []


def test_nothing_built_or_fetched_is_tracked() -> None:
    built = ("node_modules/", "static/dist/", "instance/", ".venv/", "__pycache__/")
    names = [str(path.relative_to(ROOT)) for path in tracked()]
    assert [name for name in names if name.startswith(built) or "__pycache__" in name or name.endswith(".mo")] == []


def test_every_page_of_the_docs_that_is_mentioned_is_there() -> None:
    missing = set()
    for path in tracked():
        if path.suffix not in (".py", ".md", ".in", ".yaml", ".toml", "") or "tests/house" in str(path):
            continue
        for name in re.findall(r"\bdocs/[\w./-]+\.md\b|\bdocs/decisions/\d{4}\b", path.read_text(errors="replace")):
            if not list(ROOT.glob(name if name.endswith(".md") else f"{name}-*.md")):
                missing.add(f"{path.relative_to(ROOT)} mentions {name}")
    assert sorted(missing) == []


def test_every_setting_is_in_the_docs() -> None:
    source = (ROOT / "community" / "config.py").read_text()
    names = set(re.findall(r'env(?:\.get)?(?:\(|\[|, )"([A-Z_]+)"', source))
    assert {"DATABASE_URL", "SECRET_KEY", "TRUSTED_PROXIES"} <= names
    page = (ROOT / "docs" / "how-to" / "run-the-service.md").read_text()
    assert sorted(name for name in names if f"`{name}`" not in page) == []
