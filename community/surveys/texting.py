"""A survey answered by text: the ticket, the id and the code are those of the page, the answers go the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.shared.clock import daypart_of
from community.shared.runtime import runtime
from community.surveys import burst, queries, visits
from community.surveys.routing import Answers
from community.surveys.service import answering
from community.surveys.service.answering import AnswersDeleted, NothingToGoOn, Saved, WaveClosed
from community.surveys.service.waves import NoSuchWave
from community.surveys.service.withdrawing import withdraw
from community.surveys.tickets import BadTicket, Ticket, TicketExpired, response_id, seal, unseal, withdrawal_code
from community.surveys.visits import Visit

__all__ = [
    "AnswersDeleted", "BadTicket", "NoSuchWave", "NothingToGoOn", "Saved", "TicketExpired", "WaveClosed", "Writer",
]  # fmt: skip

NEVER_TOO_FAST_MS: Final = 3_600_000
"""A text tells nothing of how long somebody read: none is flagged as too fast."""
_WEB: Final = "web"


@dataclass(frozen=True)
class Writer:
    """One respondent who writes. channel: "sms", "whatsapp", or "web" for the chat. now: aware, in London."""

    visit: Visit
    ticket: Ticket
    channel: str
    now: datetime

    @classmethod
    def begin(cls, visit: Visit, language: str, *, channel: str, now: datetime) -> Writer:
        """Somebody at the start of a new response."""
        ticket = visits.ticket_for(visit, language, today=now.date(), issued_ms=_ms(now))
        return cls(visit, ticket, channel, now)

    @classmethod
    def resume(cls, sealed: str, *, channel: str, now: datetime) -> Writer:
        """Somebody under way. Raises BadTicket; TicketExpired when the day's key is gone; NoSuchWave."""
        ticket = unseal(sealed, runtime().keys, today=now.date())
        return cls(visits.of_ticket(ticket), ticket, channel, now)

    @property
    def sealed(self) -> str:
        return seal(self.ticket, runtime().keys, today=self.now.date())

    @property
    def withdrawal_code(self) -> str:
        return withdrawal_code(self.ticket, runtime().keys, today=self.now.date())

    @property
    def id(self) -> bytes:
        return response_id(self.withdrawal_code, runtime().settings.secret_key)

    def answers(self) -> Answers | None:
        """What is stored of the response; None while nothing is. Raises AnswersDeleted when it was taken away."""
        stored = queries.snapshot(self.id)
        if stored is None and queries.is_deleted(self.id):
            raise AnswersDeleted
        return stored.answers if stored else None

    def save(self, question: str, values: Sequence[str]) -> Saved:
        """Store the answer to one question; no values: a skip. Other questions of its screen stay as they are. Flushed,
        or committed as `answering.save` says. Raises as that does."""
        screen = self.visit.fielding.questionnaire.screen_of(question).key
        submitted: Mapping[str, Sequence[str]] = {question: values}
        arrival = self._arrival(screen)
        try:
            saved = answering.save(self.visit.fielding, arrival, screen, submitted, shown=(question,))
        except Exception:
            burst.take_back(self.visit, screen, self.now)  # nobody was counted
            raise
        if saved.deleted:
            burst.take_back(self.visit, self.visit.fielding.questionnaire.screens[0].key, self.now)
        elif not saved.is_new:
            burst.take_back(self.visit, screen, self.now)
        return saved

    def forget(self) -> None:
        """Take the whole response away, so that no retry brings it back: the writer is under 13. Flushed."""
        if queries.snapshot(self.id) is None:
            return
        withdraw(self.id, today=self.now.date())
        burst.take_back(self.visit, self.visit.fielding.questionnaire.screens[0].key, self.now)

    def _arrival(self, screen: str) -> answering.Arrival:
        return answering.Arrival(
            id=self.id,
            poster_id=self.visit.poster_id,
            place_id=self.visit.place_id,
            channel=self.channel,
            language=self.ticket.language,
            on=self.now.date(),
            daypart=daypart_of(self.now.hour),
            burst=burst.is_beyond(self.visit, screen, self.now),
            elapsed_ms=_ms(self.now) - self.ticket.issued_ms if self.channel == _WEB else NEVER_TOO_FAST_MS,
        )


def _ms(now: datetime) -> int:
    return int(now.timestamp() * 1000)
