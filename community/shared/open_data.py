"""What every page of open data keeps to: any site may read it, and a wrong parameter is answered with what to do."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue


class BadParameter(ValueError):
    """A parameter has a value that it cannot have; the message says which it can."""


def open_to_everyone(bp: Blueprint, *, seconds: int) -> None:
    """Let any site read a blueprint's answers. seconds: how long a copy of a good one may be kept."""

    @bp.after_request
    def for_everyone(response: Response) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={seconds}"
        return response

    @bp.errorhandler(BadParameter)
    def refuse(fault: BadParameter) -> ResponseReturnValue:
        return jsonify(message=str(fault)), 400


def whole_number(name: str, least: int, most: int) -> int | None:
    """A parameter of the request at hand; None when it is not given. Raises BadParameter."""
    text = request.args.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise BadParameter(f"{name} must be a whole number from {least} to {most}.")
    return int(text)


def page_asked(*, usual: int, most: int) -> tuple[int, int]:
    """(number, size) of the page that ?page= and ?per_page= ask for. Raises BadParameter."""
    return whole_number("page", 1, 1_000_000) or 1, whole_number("per_page", 1, most) or usual
