"""Letters as on a phone: Noto Sans, and Nastaliq for Urdu, whose lines hang deep and need room. A bare machine has
neither, so what a test or a picture sees there is not what a resident sees."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

FOUNDRY = Path(__file__).resolve().parent.parent.parent / "node_modules" / "@fontsource"
FILES = [
    f"{family}/files/{family}-{subset}-{weight}-normal.woff2"
    for family, subset in (("noto-sans", "latin"), ("noto-sans", "latin-ext"), ("noto-nastaliq-urdu", "arabic"))
    for weight in (400, 600, 700)
]
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{folder}</dir>
<cachedir>{folder}/cache</cachedir>
{aliases}
</fontconfig>
"""
ALIAS = '<match target="pattern"><test name="family"><string>{name}</string></test>\
<edit name="family" mode="prepend" binding="strong"><string>Noto Sans</string></edit></match>'
ORDINARY = ("system-ui", "sans-serif", "sans")


def install(folder: Path) -> dict[str, str]:
    """Put the letters of a phone into a new folder. Returns the environment in which Chromium finds them; where
    letters are not looked up by fontconfig (not Linux), that environment changes nothing."""
    for name in FILES:
        font = TTFont(FOUNDRY / name)
        font.flavor = None  # unpacked: not every build of fontconfig reads WOFF2
        font.save(folder / Path(name).with_suffix(".ttf").name)
    config = folder / "fonts.conf"
    config.write_text(CONFIG.format(folder=folder, aliases="\n".join(ALIAS.format(name=name) for name in ORDINARY)))
    return {"FONTCONFIG_FILE": str(config)}
