"""Finding a Chromium to test in: `python -m tests.rig.chromium` prints its path, or one sentence and status 1."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

APT_LINE = "apt-get install -y --no-install-recommends chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chromium-headless-shell")
"""The last has no window to draw: with `CHROMIUM=chromium-headless-shell` browser tests take a third less time."""
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]  # without these it looks for its maker's servers at every start


class ChromiumMissing(Exception):
    """There is no Chromium here and none could be installed; the message says what to do."""


def find_chromium(environ: Mapping[str, str] | None = None) -> str:
    """The path of a Chromium: the one CHROMIUM names, on PATH, Playwright's own, or installed now (root on Debian).
    Raises ChromiumMissing."""
    env = os.environ if environ is None else environ
    if named := env.get("CHROMIUM"):
        found = shutil.which(named, path=env.get("PATH"))
        if found is None:
            raise ChromiumMissing(f"CHROMIUM is {named!r}, which is not a program that can be run.")
        return found
    return _on_path(env) or _playwrights_own() or _installed(env)


def flags() -> list[str]:
    """What to start it with; its sandbox does not work for root."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)


def _on_path(env: Mapping[str, str]) -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name, path=env.get("PATH")))), None)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _installed(env: Mapping[str, str]) -> str:
    if os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        for line in ("apt-get update", APT_LINE):
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(line.split(), env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if found := _on_path(env):
            return found
    raise ChromiumMissing(f"No Chromium to test in: run `{APT_LINE}`, or set CHROMIUM to the path of one.")


if __name__ == "__main__":
    try:
        print(find_chromium())
    except ChromiumMissing as missing:
        sys.exit(str(missing))
