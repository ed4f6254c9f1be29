"""How requests to the provider are made: in time, once, and without a word in any log."""

from __future__ import annotations

import logging
from typing import Any, Final

from requests import Session
from twilio.http import HttpClient
from twilio.http.response import Response
from urllib3.util import Timeout

_PUBLIC: Final = "https://api.twilio.com"

_silent = logging.getLogger("community.messaging.silent")
_silent.disabled = True


class ProviderHttp(HttpClient):  # type: ignore[misc]
    """base: the address that stands for the provider's public one. seconds: to connect and to wait for its answer,
    together. Nothing is tried twice, no redirect is followed, and neither request nor answer is kept, as the
    library's own client does: they hold numbers and words."""

    def __init__(self, base: str, seconds: float) -> None:
        super().__init__(_silent, is_async=False, timeout=seconds)
        self.base = base
        self.session = Session()

    def request(self, method: str, uri: str, **asked: Any) -> Response:
        """asked: params, data, headers and auth, as the library gives them. Raises OSError, as requests' exceptions
        are, when there is no answer."""
        answer = self.session.request(
            method.upper(),
            self.base + uri.removeprefix(_PUBLIC),
            timeout=Timeout(total=self.timeout),  # type: ignore[arg-type]  # which the stubs do not know of
            allow_redirects=False,
            **{name: asked.get(name) for name in ("params", "data", "headers", "auth")},
        )
        return Response(answer.status_code, answer.text, answer.headers)
