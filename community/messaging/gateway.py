"""The one place that asks the provider for anything: to send a reply, and to forget a message.

Its library is loaded when first needed (12 MB): a process that only answers in TwiML never does."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from community.config import Settings, Twilio

if TYPE_CHECKING:
    from twilio.rest import Client

LIFE_SECONDS: Final = 300
"""A text that comes later than this may be read by somebody else (design: late is worse than never)."""
SECONDS: Final = 3.0
_GONE: Final = 404


class NotSent(Exception):
    """The reply was refused, or nobody can say whether it was sent."""


class TooOld(NotSent):
    """The reply is past its life and was dropped."""


@dataclass
class Gateway:
    """One for each process. public_base_url: where the provider sends its delivery receipts."""

    account: Twilio
    public_base_url: str
    _made: Client | None = field(default=None, repr=False)
    _making: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Gateway:
        return cls(settings.twilio, settings.public_base_url)

    def send(self, to: str, body: str, *, sender: str, age_seconds: float = 0.0) -> str:
        """Send a reply and give back the provider's id of it.

        to, sender: addresses as the provider writes them. age_seconds: since the text that it answers came in. Raises
        TooOld; NotSent for a refusal, and for silence, after which the reply may yet arrive. The provider is asked to
        drop it when it cannot be handed on before its life is over, and to keep neither its words nor the whole
        number."""
        left = int(LIFE_SECONDS - age_seconds)
        if left <= 0:
            raise TooOld("too old")
        from twilio.base.exceptions import TwilioException

        try:
            sent = self._client().messages.create(
                to=to,
                from_=sender,
                body=body,
                validity_period=left,
                content_retention="discard",
                address_retention="obfuscate",
                smart_encoded=False,  # replies are counted in segments as they are written
                status_callback=f"{self.public_base_url}/webhooks/twilio/status",
            )
        except (TwilioException, OSError, ValueError) as error:
            raise NotSent(_kind(error)) from None  # the error itself quotes what was sent
        return str(sent.sid)

    def redact(self, sid: str) -> bool:
        """Ask the provider to empty a message and then to delete its record, number included. True when nothing of it
        is left there; False when it should be asked again later."""
        from twilio.base.exceptions import TwilioException, TwilioRestException

        message = self._client().messages(sid)
        try:
            message.update(body="")
            return bool(message.delete())
        except TwilioRestException as error:
            return bool(error.status == _GONE)
        except (TwilioException, OSError, ValueError):
            return False

    def _client(self) -> Client:
        from twilio.rest import Client

        from community.messaging.provider_http import ProviderHttp

        with self._making:
            if self._made is None:
                http = ProviderHttp(self.account.api_base, SECONDS)
                self._made = Client(self.account.account_sid, self.account.auth_token, http_client=http)
            return self._made


def _kind(error: Exception) -> str:
    status = getattr(error, "status", None)
    return f"{type(error).__name__} {status}" if status else type(error).__name__
