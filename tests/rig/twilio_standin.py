"""A provider of our own for tests: a real HTTP server that speaks Twilio's REST API as far as we use it, signs the
texts it hands over as Twilio does, and remembers what it was asked.

    provider.answers_with(429)                                     # or 500, "hang", "cut", 201
    heard = provider.text(site.url, "+447700900123", "hello")      # signed with Twilio's own code
    provider.receipt(site.url, sid, "delivered")
    provider.sent, provider.records                                # what it sent by REST; what it still keeps
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode

from twilio.request_validator import RequestValidator

ACCOUNT = "AC" + "0" * 32
TOKEN = "a-token-of-this-test"
OURS = "+447700900100"
MESSAGES, STATUS = "/webhooks/twilio/messages", "/webhooks/twilio/status"
TAKES = {
    "To", "From", "Body", "ValidityPeriod", "ContentRetention", "AddressRetention", "SmartEncoded", "StatusCallback",
}  # fmt: skip
"""The fields of the published API that we send, and no others."""


@dataclass(frozen=True)
class Heard:
    """What a webhook answered. words: what TwiML says, empty for silence. callback: where receipts are wanted."""

    status: int
    body: str
    headers: Mapping[str, str]
    words: str = ""
    callback: str | None = None


@dataclass
class Standin:
    """One account with one number. records: id -> what is kept of each message, as the provider's console shows it."""

    account: str = ACCOUNT
    token: str = TOKEN
    records: dict[str, dict[str, str]] = field(default_factory=dict)
    sent: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _mood: int | str = 201
    _waking: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Standin:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._waking.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def environ(self) -> dict[str, str]:
        """The settings of a service that belongs to this account."""
        return {
            "TWILIO_FROM": OURS, "TWILIO_ACCOUNT_SID": self.account, "TWILIO_AUTH_TOKEN": self.token,
            "TWILIO_API_BASE": self.url,
        }  # fmt: skip

    def answers_with(self, mood: int | str) -> None:
        """From now on every request to the API is answered with this status; "hang" never answers, "cut" hangs up."""
        self._mood = mood

    def text(
        self, site: str, sender: str, body: str, *, sid: str | None = None, public: str | None = None, **more: str
    ) -> Heard:
        """Hand a text over, signed. public: the address it is signed for, where that is not the one it is sent to."""
        sid = sid or new_sid()
        form = inbound_form(sender, body, sid, account=self.account) | more
        self.records[sid] = {"direction": "inbound", "status": "received", "body": body, "from": sender}
        heard = self.post(site, MESSAGES, form, public=public)
        if heard.words:
            self.records[new_sid()] = {
                "direction": "outbound-reply", "status": "queued", "body": heard.words, "to": sender,
            }  # fmt: skip
        return heard

    def receipt(self, site: str, sid: str, status: str, *, public: str | None = None) -> Heard:
        """Tell how a message fared."""
        if sid in self.records:
            self.records[sid]["status"] = status
        form = {"MessageSid": sid, "MessageStatus": status, "AccountSid": self.account}
        return self.post(site, STATUS, form, public=public)

    def post(self, site: str, path: str, form: Mapping[str, str], *, public: str | None = None) -> Heard:
        """A signed form to any address."""
        return post(site + path, form, {"X-Twilio-Signature": sign((public or site) + path, form, self.token)})

    def replies(self) -> list[str]:
        """Ids of the messages from us that it keeps."""
        return [sid for sid, record in self.records.items() if record["direction"] != "inbound"]

    def take(self, asked: BaseHTTPRequestHandler) -> tuple[int, dict[str, Any]]:
        """Answer one request to the API."""
        length = int(asked.headers.get("Content-Length") or 0)
        form = dict(parse_qsl(asked.rfile.read(length).decode(), keep_blank_values=True))
        if self._mood == "hang":
            self._waking.wait(30)
        if not isinstance(self._mood, int):
            raise ConnectionAbortedError
        if self._mood != 201:
            return self._mood, {"code": 20429 if self._mood == 429 else 20500, "message": "not now"}
        if asked.headers.get("Authorization") != _basic(self.account, self.token):
            return 401, {"code": 20003, "message": "Authenticate"}
        base = f"/2010-04-01/Accounts/{self.account}/Messages"
        if asked.command == "POST" and asked.path == f"{base}.json":
            return self._create(form)
        sid = asked.path.removeprefix(f"{base}/").removesuffix(".json")
        if sid not in self.records:
            return 404, {"code": 20404, "message": "not found"}
        return self._delete(sid) if asked.command == "DELETE" else self._empty(sid, form)

    def _create(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        wrong = [f"no {name}" for name in ("To", "From", "Body") if not form.get(name)]
        wrong += [f"unknown {name}" for name in form if name not in TAKES]
        if not 1 <= int(form.get("ValidityPeriod", 1)) <= 36_000:
            wrong.append("ValidityPeriod")
        if form.get("ContentRetention", "retain") not in ("retain", "discard"):
            wrong.append("ContentRetention")
        if form.get("AddressRetention", "retain") not in ("retain", "obfuscate"):
            wrong.append("AddressRetention")
        if wrong:
            self.faults += wrong
            return 400, {"code": 21600, "message": ", ".join(wrong)}
        sid = new_sid()
        self.sent.append(form)
        self.records[sid] = {"direction": "outbound-api", "status": "queued", "body": form["Body"], "to": form["To"]}
        return 201, {"sid": sid, "status": "queued", "account_sid": self.account}

    def _empty(self, sid: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if form != {"Body": ""}:
            return 400, {"code": 20001, "message": "only an empty body"}
        if self._is_under_way(sid):
            return 400, {"code": 30409, "message": "in progress"}
        self.records[sid]["body"] = ""
        return 200, {"sid": sid, "body": ""}

    def _delete(self, sid: str) -> tuple[int, dict[str, Any]]:
        if self._is_under_way(sid):
            return 409, {"code": 20009, "message": "in progress"}
        del self.records[sid]
        return 204, {}

    def _is_under_way(self, sid: str) -> bool:
        return self.records[sid]["status"] in ("queued", "sending")


def inbound_form(sender: str, body: str, sid: str, *, account: str = ACCOUNT) -> dict[str, str]:
    """The fields of an inbound text."""
    to = f"whatsapp:{OURS}" if sender.startswith("whatsapp:") else OURS
    return {
        "ToCountry": "GB", "SmsMessageSid": sid, "NumMedia": "0", "SmsSid": sid, "SmsStatus": "received",
        "Body": body, "To": to, "NumSegments": "1", "MessageSid": sid, "AccountSid": account, "From": sender,
        "ApiVersion": "2010-04-01",
    }  # fmt: skip


def new_sid() -> str:
    return f"SM{secrets.token_hex(16)}"


def sign(url: str, form: Mapping[str, str], token: str = TOKEN) -> str:
    """As Twilio signs."""
    signature: str = RequestValidator(token).compute_signature(url, form)
    return signature


def post(url: str, form: Mapping[str, str], headers: Mapping[str, str], *, seconds: float = 15) -> Heard:
    """Send a form, whatever the answer."""
    request = urllib.request.Request(url, urlencode(form).encode(), dict(headers), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return heard(answer.status, answer.read().decode(), dict(answer.headers))
    except urllib.error.HTTPError as refused:
        with refused:
            return heard(refused.code, refused.read().decode(errors="replace"), dict(refused.headers))


def heard(status: int, body: str, headers: Mapping[str, str]) -> Heard:
    """An answer with what its TwiML says."""
    if not headers.get("Content-Type", "").startswith("text/xml"):
        return Heard(status, body, headers)
    messages = list(ET.fromstring(body).iter("Message"))
    callback = messages[0].get("action") if messages else None
    return Heard(status, body, headers, "\n".join("".join(m.itertext()) for m in messages), callback)


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _handler(standin: Standin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.close_connection = True
            with suppress(ConnectionError):
                status, answer = standin.take(self)
                body = json.dumps(answer).encode() if answer else b""
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

        do_DELETE = do_POST

        def log_message(self, *_: object) -> None:
            pass

    return Handler
