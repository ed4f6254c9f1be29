"""Email to staff: through a server when one is set, onto the terminal in development, and not at all otherwise.

A letter leaves in a thread of its own: how long the server takes tells nobody whether there was one to send.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
import sys
import threading
from email.message import EmailMessage

from community.config import Mail, Settings

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20


def can_send(settings: Settings) -> bool:
    """Whether a letter would reach anybody. A terminal in production is a log, where no link that opens an account may
    stand."""
    return bool(settings.mail.server) or not settings.is_production


def send(settings: Settings, to: str, subject: str, words: str) -> None:
    """Send a letter in plain text, later. What goes wrong is logged without address or words."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.mail.sender, to, subject
    letter.set_content(words)
    if settings.mail.server:
        threading.Thread(target=_deliver, args=(settings.mail, letter), daemon=True).start()
    elif can_send(settings):
        print(f"--- email to {to}: {subject}\n{words}\n---", file=sys.stderr, flush=True)


def _deliver(mail: Mail, letter: EmailMessage) -> None:
    try:
        context = ssl.create_default_context()
        if mail.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.server or "", mail.port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(mail.server or "", mail.port, timeout=TIMEOUT_SECONDS)
        with server:
            if mail.tls == "starttls":
                server.starttls(context=context)
            if mail.username:
                server.login(mail.username, mail.password or "")
            server.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        log.error("an email could not be sent: %s", type(error).__name__)
