"""A phone whose texts go straight to the service, at hours that a test chooses."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from community.bot.here import here
from community.bot.service import answer_text
from community.bot.talk import Talk
from community.shared.clock import LONDON

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)
HELPLINES = ("116 123", "0800 1111", "0808 2000 247", "0808 168 9111", "0808 500 2222", "85258")


@dataclass
class Phone:
    """now: of its next text, aware, in London; each comes a minute after the last."""

    now: datetime = NOON
    number: str = field(default_factory=lambda: f"+4477009{secrets.randbelow(100_000):05}")
    channel: str = "sms"
    sid: str = ""

    def says(self, text: str, *, media: int = 0, sid: str | None = None) -> str:
        """The reply to a text; "" for silence."""
        self.sid = sid or f"SM{secrets.token_hex(16)}"
        reply = answer_text(self.channel, self.number, self.sid, text, media, now=self.now)
        self.passes(minutes=1)
        return reply

    def passes(self, **time: float) -> None:
        """Let time pass, as a clock counts it that never jumps."""
        seconds = timedelta(**time).total_seconds()
        self.now = datetime.fromtimestamp(self.now.timestamp() + seconds, LONDON)

    @property
    def remembered(self) -> Talk | None:
        """What is known of this phone's talk."""
        keys, today = here().keys, self.now.date()
        phone = keys.digest("phone", self.number.encode(), today, today=today)
        return here().store.talk([phone], self.now)
