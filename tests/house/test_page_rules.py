"""The rules that every fetched page is held to do find what breaks them."""

from __future__ import annotations

import pytest

from tests.rig.forms import press
from tests.rig.pages import Page, header_faults

SOUND = """<!doctype html>
<html lang="en" dir="ltr"><head><title>Safe here? · Us</title><meta name="viewport" content="width=device-width"></head>
<body><main><h1>Safe here?</h1>
<form method="post" action="/q/A"><input type="hidden" name="ticket" value="t1">
<label for="age">Age</label>
<select id="age" name="age"><option value="">-</option><option value="16-17">16 to 17</option></select>
<fieldset><legend>Why</legend>
<input type="checkbox" id="dark" name="why" value="dark"><label for="dark">It is dark</label>
<label><input type="checkbox" name="why" value="people" checked> People</label></fieldset>
<textarea id="more" name="more" aria-label="More">
</textarea>
<button name="here" value="no">Not safe</button><button name="here" value="very_no">Not safe at all</button>
</form><p>Then <a href="/help">get help</a>.</p></main></body></html>"""
POLICY = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'",
    "X-Content-Type-Options": "nosniff",
}
BREAKAGES = [
    ("<!doctype html>", "", "doctype"),
    (' lang="en"', "", "lang"),
    (' dir="ltr"', "", "dir"),
    ("<title>Safe here?", "<title>Survey", "does not begin"),
    ("<h1>Safe here?</h1>", "<h1>Safe here?</h1><h1>Twice</h1>", "2 <h1>"),
    ('<label for="dark">It is dark</label>', "", "has no label"),
    ("<label for=\"age\">Age</label>", "<label for=\"ages\">Age</label>", "not on the page"),
    ('id="dark"', 'id="age"', "stands 2 times"),
    ("<p>Then", '<p style="color: red">Then', "carries style"),
    ("<p>Then", '<p onclick="x()">Then', "carries onclick"),
    ("<p>Then", "<p><script>x()</script>Then", "a script written into the page"),
    ("<p>Then", '<p><img src="https://elsewhere.example/a.png" alt="">Then', "reaches another site"),
    ("<p>Then", '<p><img src="/a.png">Then', "has no alt"),
    ("</p>", "", "closes"),
    ("<p>Then", "<p><div>Then</div>", "<div> inside <p>"),
    ("get help</a>", "</a>", "has no words"),
    ('href="/help"', 'href="javascript:x()"', "runs a script"),
    ("<fieldset><legend>Why</legend>", "<fieldset>", "without a legend"),
    ('action="/q/A"', 'action="//elsewhere.example"', "reaches another site"),
    ("<p>Then", '<p class="a" class="b">Then', "twice"),
]  # fmt: skip


def test_a_sound_page_has_no_faults() -> None:
    assert Page(SOUND).faults() == []
    assert header_faults(Page(SOUND), "/q/A", POLICY) == []


@pytest.mark.parametrize(("whole", "broken", "fault"), BREAKAGES, ids=[case[2] for case in BREAKAGES])
def test_a_broken_page_is_found_out(whole: str, broken: str, fault: str) -> None:
    assert whole in SOUND
    assert [said for said in Page(SOUND.replace(whole, broken, 1)).faults() if fault in said]


@pytest.mark.parametrize(
    ("header", "value", "fault"),
    [
        ("Content-Security-Policy", "", "default-src"),
        ("Content-Security-Policy", POLICY["Content-Security-Policy"] + " 'unsafe-inline'", "unsafe-inline"),
        ("Content-Security-Policy", POLICY["Content-Security-Policy"] + " https://elsewhere.example", "elsewhere"),
        ("X-Content-Type-Options", "", "nosniff"),
        ("Set-Cookie", "a=b", "cookie"),
    ],
)
def test_wrong_headers_are_found_out(header: str, value: str, fault: str) -> None:
    assert [said for said in header_faults(Page(SOUND), "/q/A", POLICY | {header: value}) if fault in said]


def test_an_inline_style_sheet_needs_its_hash_in_the_policy() -> None:
    styled = Page(SOUND.replace("</head>", "<style>p{color:red}</style></head>"))
    assert header_faults(styled, "/q/A", POLICY) == ["a <style> whose hash the Content-Security-Policy does not allow"]


def test_pressing_a_button_sends_what_the_page_holds_and_what_was_filled_in() -> None:
    sent = press(Page(SOUND), "Not safe", {"age": "16 to 17", "why": ["dark"], "more": "No lamps"})
    assert (sent.method, sent.action) == ("post", "/q/A")
    assert sent.data == [("ticket", "t1"), ("age", "16-17"), ("why", "dark"), ("more", "No lamps"), ("here", "no")]


def test_pressing_a_button_keeps_what_was_ticked_already() -> None:
    assert press(Page(SOUND), "Not safe at all").grouped()["why"] == ["people"]


@pytest.mark.parametrize("values", [{"age": "17"}, {"why": ["light"]}, {"phone": "07700 900123"}, {"ticket": "forged"}])
def test_nothing_can_be_sent_that_the_page_does_not_offer(values: dict[str, str]) -> None:
    with pytest.raises(LookupError, match="the form takes no"):
        press(Page(SOUND), "Not safe", values)


def test_a_button_that_is_not_there_cannot_be_pressed() -> None:
    with pytest.raises(LookupError, match="0 buttons say 'Safe'"):
        press(Page(SOUND), "Safe")
