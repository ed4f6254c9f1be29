"""The few words that steer a survey by text: skip, back, finish, who, another language, go on. Pure.

None is a word that networks answer themselves (STOP, END, HELP, START and the like); whole messages or nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from community.bot.answers_in_words import said


class Command(StrEnum):
    """who: who sees this. resume: the question once more. survey: the same, so clear that it also ends a wait."""

    skip = "skip"
    back = "back"
    finish = "finish"
    who = "who"
    survey = "survey"
    resume = "resume"


LANGUAGES: Final = {
    "en": "english|in english|engleza|انگریزی",
    "ro": "romana|in romana|romanian|in romanian|limba romana|romaneste",
    "ur": "urdu|in urdu|اردو|اردو میں",
}
"""Language tag -> words that ask for it."""
_SAID: Final = {
    Command.skip: "skip|pass|skip it|skip this|skip that|skip this one|next|next one|next question|sari|sari peste|"
    "treci peste|چھوڑیں|اگلا",
    Command.back: "back|go back|previous|previous question|last question|undo|change|change it|change answer|"
    "change my answer|change my last answer|oops|mistake|wrong one|inapoi|واپس|پیچھے",
    Command.finish: "finish|finished|done|thats all|thats it|that is all|"
    "finish survey|finish the survey|gata|terminat|ختم|بس",
    Command.who: "who|who sees this|who can see this|who reads this|who will see this|who sees my answers|"
    "who sees it|who gets this|is this private|is it private|is this anonymous|is it anonymous|cine vede|"
    "cine vede asta|کون دیکھتا ہے",
    Command.survey: "survey|the survey|back to survey|back to the survey|do the survey|go on with the survey|"
    "continue survey|continue the survey|carry on with the survey|finish off the survey|take part|sondaj|سروے",
    Command.resume: "resume|continue|carry on|go on|repeat|again|say again|say that again|question|the question|"
    "what was the question|what question|where was i|repeat question|repeat the question|eh|what|sorry",
}
_COMMAND: Final = {said(phrase): command for command, phrases in _SAID.items() for phrase in phrases.split("|")}
_LANGUAGE: Final = {said(phrase): tag for tag, phrases in LANGUAGES.items() for phrase in phrases.split("|")}


def command_in(text: str) -> Command | None:
    """The command that the whole message is.

    >>> command_in("Skip please"), command_in("go BACK!"), command_in("back off")
    (<Command.skip: 'skip'>, <Command.back: 'back'>, None)
    """
    return _COMMAND.get(_bare(text))


def language_in(text: str) -> str | None:
    """The language that the whole message asks for."""
    return _LANGUAGE.get(_bare(text))


def _bare(text: str) -> str:
    words = said(text[:80])
    return words.removesuffix(" please").removesuffix(" pls") or words
