"""/safe-havens/yours: a venue's own page, opened by a private link from an email."""

from community.safe_havens.yours import changing, views
from community.safe_havens.yours.blueprint import bp

__all__ = ["bp", "changing", "views"]
