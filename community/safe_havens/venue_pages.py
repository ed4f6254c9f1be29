"""What the pages for venues have in common: English only, as the staff pages; no cookie; nothing of them kept."""

from __future__ import annotations

from flask import Response, request

from community.safe_havens.forms.fields import Filled
from community.shared import languages
from community.shared.same_site import only_from_our_own_pages


def before_each() -> None:
    """Before a request to any of them."""
    only_from_our_own_pages()
    languages.use(languages.DEFAULT)


def keep_nothing(response: Response) -> Response:
    """A page that a private link or a code opened leaves no copy in the browser's cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def filled_in() -> Filled:
    """The form of the request at hand."""
    return Filled({name: request.form.getlist(name) for name in request.form})
