"""Ages, languages and commands: what is told of a message without any model."""

from __future__ import annotations

import pytest

from community.bot.understanding.ages import Age, age_in
from community.bot.understanding.commands import command_in
from community.bot.understanding.languages import language_of
from community.bot.understanding.normalising import plain


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("im 14", Age(14, True)),
        ("dnt feed me nuffin on weekends im 14", Age(14, True)),
        ("they took my trainers. 14", Age(14, True)),
        ("I'm only thirteen", Age(13, True)),
        ("15f need help", Age(15, True)),
        ("10 yrs old and alone", Age(10, True)),
        ("I'm a fella of 45 and she hits me", Age(45)),
        ("I'm 31", Age(31)),
        ("My cousin, 13, cries and I'm only 14", Age(14, True)),
        ("I'm in year 9", Age(child=True)),
        ("im in sixth form", Age(child=True)),
        ("my son is 14", Age()),
        ("my nephew, 12, has bruises", Age()),
        ("he's 13", Age()),
        ("I was 12 when it happened", Age()),
        ("im 10 minutes away", Age()),
        ("im 6 months pregnant", Age()),
        ("year 8 girls are loud", Age()),
    ],
)
def test_an_age_is_the_writers_only_when_it_is_said_to_be(text: str, age: Age) -> None:
    assert age_in(plain(text)) == age


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("he hit me again", "en"), ("???", "en"), ("", "en"), ("ok", "en"), ("mama told me off", "en"),
        ("আমার স্বামী আমাকে মারে", "bn"), ("ਮੇਰਾ ਘਰਵਾਲਾ ਮੈਨੂੰ ਮਾਰਦਾ ਹੈ", "pa"), ("میرا شوہر مجھے مارتا ہے", "ur"),
        ("زوجي يضربني وأنا خائفة", "ar"), ("soțul meu mă bate", "ro"), ("sotul meu ma bate", "ro"),
        ("mąż mnie bije, boję się", "pl"), ("meu marido me bate", "pt"), ("mon mari me frappe", "fr"),
        ("kocam beni dövüyor", "tr"), ("burri im më rreh", "sq"), ("vyras mane muša", "lt"),
        ("ninkayga ayaa i garaacaya hadda", "so"), ("mera shohar mujhe marta hai", "ur-Latn"),
        ("amar shami amake mare", "bn-Latn"), ("mera gharwala mainu maarda hai", "pa-Latn"),
        ("mi marido me pega", "es"),
    ],
)  # fmt: skip
def test_a_language_is_told_by_script_or_by_its_small_words(text: str, language: str) -> None:
    assert language_of(plain(text)) == language


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("STOP", "stop"), ("Stop.", "stop"), ("stop all please", "stop"),
        ("stop thanks", "stop"), ("UNSUBSCRIBE", "stop"),
        ("no more texts thanks", "stop"), ("take me off your list", "stop"),
        ("please stop texting me", "stop"), ("ok", "smalltalk"),
        ("hello", "start"), ("Hiya", "start"), ("evening", "start"), ("afternoon all", "start"), ("START", "start"),
        ("menu", "menu"), ("show me the list of choices", "menu"), ("what can I ask you about", "menu"),
        ("survey", "survey"), ("who can see this", "privacy"), ("???", "menu"),
        ("stop him", None), ("leave me alone", None), ("please stop", None), ("stop it", None),
        ("stop please", None), ("Stop now", None), ("end please", None),
        ("a", "menu"), ("b.", "menu"), ("x?", "menu"),
        ("i dont want this", None), ("no more", None),
        ("stop him he is hitting her", None), ("he wont stop", None), ("make it stop", None),
        ("he promised he would stop but he hasnt stopped", None), ("leave me alone he says and hits me", None),
        ("hello my husband hits me", None), ("stop her she is going to hit him with the iron", None),
    ],
)  # fmt: skip
def test_a_command_is_a_whole_message(text: str, command: str | None) -> None:
    assert command_in(plain(text)) == command
