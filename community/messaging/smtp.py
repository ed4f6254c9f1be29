"""A letter in plain text, and how a mail server is given it."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

from community.config import Mail

TIMEOUT_SECONDS: Final = 20


@dataclass(frozen=True)
class Letter:
    """to: an email address. subject: one line."""

    to: str
    subject: str
    words: str

    def message(self, mail: Mail, id: str) -> EmailMessage:
        """As it is sent. id: the same whenever this letter is, so that a reader's program knows it again. Raises
        ValueError for an address or a subject that is more than a line."""
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = mail.sender, self.to, self.subject
        made["Message-ID"] = f"<letter-{id}@{mail.sender.rpartition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"  # so that nobody's holiday note answers it
        made.set_content(self.words)
        return made


class NotTaken(Exception):
    """The server did not take a letter; says of what kind the fault was, never the address or the words. is_away: it
    would not take another one now either."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(type(fault).__name__)
        self.is_away = not isinstance(fault, (ValueError, smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError))


def deliver(mail: Mail, message: EmailMessage) -> None:
    """Give a letter to the server. Raises NotTaken."""
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
            server.send_message(message)
    except (OSError, ValueError, smtplib.SMTPException) as fault:
        raise NotTaken(fault) from fault
