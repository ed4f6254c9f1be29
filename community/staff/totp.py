"""Codes from an app (RFC 6238): six digits that change each half minute, each good once."""

from __future__ import annotations

import base64
import io
from typing import Any, Final

import qrcode
from flask_security.totp import Totp
from qrcode.image.svg import SvgPathImage

CLOCKS_MAY_DIFFER_SECONDS: Final = 30


class OneUseTotp(Totp):
    """Flask-Security's, with a memory: the half minute of the last code stands with the account, so that a code seen
    over a shoulder is good for nobody else."""

    def get_last_counter(self, user: Any) -> int | None:
        counter: int | None = user.totp_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.totp_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        """An address for <img>: one path, no style, nothing that our own policy would block."""
        image = qrcode.make(
            self.get_totp_uri(username, totp),
            image_factory=SvgPathImage,
            error_correction=qrcode.constants.ERROR_CORRECT_M,
        )
        written = io.BytesIO()
        image.save(written)
        return "data:image/svg+xml;base64," + base64.b64encode(written.getvalue()).decode("ascii")
