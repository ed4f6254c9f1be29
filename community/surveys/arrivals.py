"""What is known of a submission besides its answers, as a form on a page brings it in."""

from __future__ import annotations

from datetime import datetime

from community.shared.clock import daypart_of, now_ms
from community.surveys import burst
from community.surveys.service.answering import Arrival
from community.surveys.tickets import Ticket
from community.surveys.visits import Visit


def arrival_of(visit: Visit, ticket: Ticket, id: bytes, now: datetime) -> Arrival:
    """A first tap is counted towards its poster's limit for the hour: who stores nothing takes that back. now: aware,
    in London."""
    return Arrival(
        id=id,
        poster_id=visit.poster_id,
        place_id=visit.place_id,
        channel="web",
        language=ticket.language,
        on=now.date(),
        daypart=daypart_of(now.hour),
        burst=burst.is_beyond(visit, ticket.screen, now),
        elapsed_ms=now_ms() - ticket.issued_ms,
    )
