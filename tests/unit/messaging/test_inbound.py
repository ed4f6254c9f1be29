"""What a webhook's form is read as."""

from __future__ import annotations

import pytest

from community.messaging.inbound import MOST_CHARACTERS, NotAText, read, receipt
from tests.rig.twilio_standin import inbound_form, new_sid

SID = "SM" + "0a" * 16
PHONE = "+447700900123"


def test_a_text_is_read_as_it_came() -> None:
    text = read(inbound_form(PHONE, "help 🙏", SID))
    assert (text.channel, text.sender, text.sid, text.text, text.media) == ("sms", PHONE, SID, "help 🙏", 0)


def test_whatsapp_comes_by_the_same_door_and_is_answered_where_it_came_from() -> None:
    text = read(inbound_form(f"whatsapp:{PHONE}", "hi", SID))
    assert (text.channel, text.sender) == ("whatsapp", PHONE)
    assert (text.came_from, text.went_to) == (f"whatsapp:{PHONE}", "whatsapp:+447700900100")


@pytest.mark.parametrize("sender", ["", "Tesco", "60777", "+0123456789", "whatsapp:", "rcs:+447700900123", "+44 7700"])
def test_a_sender_that_could_not_be_answered_is_no_text(sender: str) -> None:
    with pytest.raises(NotAText):
        read(inbound_form(sender, "hello", SID))


@pytest.mark.parametrize("sid", ["", "SM", "SM" + "z" * 32, "SM" + "0" * 33, "../../x"])
def test_a_text_without_a_sound_id_is_none(sid: str) -> None:
    with pytest.raises(NotAText):
        read(inbound_form(PHONE, "hello", sid))


def test_our_own_words_coming_back_are_not_answered() -> None:
    form = inbound_form(PHONE, "hello", SID)
    with pytest.raises(NotAText):
        read(form | {"From": form["To"]})


@pytest.mark.parametrize(("said", "media"), [("2", 2), ("99", 10), ("", 0), ("-1", 0), ("many", 0), ("²", 0)])
def test_pictures_are_counted_whatever_is_said(said: str, media: int) -> None:
    assert read(inbound_form(PHONE, "", SID) | {"NumMedia": said}).media == media


def test_a_text_longer_than_any_channel_carries_is_cut() -> None:
    assert len(read(inbound_form(PHONE, "a" * 9_000, SID)).text) == MOST_CHARACTERS


def test_neither_number_nor_words_show_when_a_text_is_printed() -> None:
    shown = repr(read(inbound_form(PHONE, "he hit me", SID)))
    assert "7700" not in shown and "hit" not in shown


@pytest.mark.parametrize(
    ("status", "after"), [("delivered", 0), ("undelivered", 0), ("failed", 0), ("read", 0), ("sent", 600)]
)
def test_a_receipt_says_when_a_message_is_done_with(status: str, after: int) -> None:
    sid = new_sid()
    assert receipt({"MessageSid": sid, "MessageStatus": status}) == (sid, after)
    assert receipt({"SmsSid": sid, "SmsStatus": status}) == (sid, after)


@pytest.mark.parametrize(
    "form", [{}, {"MessageSid": "x", "MessageStatus": "delivered"}, {"MessageStatus": "delivered"}]
)
def test_a_receipt_for_nothing_is_none(form: dict[str, str]) -> None:
    assert receipt(form) is None
    assert receipt({"MessageSid": new_sid(), "MessageStatus": "sending"}) is None
