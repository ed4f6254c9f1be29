"""What the provider is told to say: TwiML, and the file it serves itself when it cannot reach us."""

from __future__ import annotations

import re
from typing import Final

from twilio.twiml.messaging_response import MessagingResponse

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def twiml(words: str, *, status_callback: str | None = None) -> str:
    """A whole TwiML document that says these words; an empty one, which says nothing, for none. status_callback: where
    to send delivery receipts, if they are wanted."""
    response = MessagingResponse()
    if words:
        more = {"action": status_callback, "method": "POST"} if status_callback else {}
        response.message(_NOT_IN_XML.sub("", words), **more)
    document: str = response.to_xml()
    return document


def as_file(words: str) -> str:
    """The fallback file: served by the provider or from any plain web space, so it holds nothing that changes."""
    return twiml(words) + "\n"
