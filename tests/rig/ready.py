"""`python -m tests.rig.ready`: is there all that the tests need? Installs Chromium where it may; else one sentence."""

from __future__ import annotations

import sys

from tests.rig.axe import AXE
from tests.rig.chromium import ChromiumMissing, find_chromium
from tests.rig.postgres import PostgresUnavailable, find_server


def main() -> int:
    """0 when a Chromium, a PostgreSQL and axe-core are there; else 1, having said what to do."""
    try:
        find_chromium()
        find_server().close()
    except (ChromiumMissing, PostgresUnavailable) as missing:
        print(missing, file=sys.stderr)
        return 1
    if not AXE.exists():
        print("axe-core is not there: run `npm ci`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
