"""Papers of the scheme, for print and as pages: window sticker, staff card, ICE cards to cut out, advice pack."""

from community.safe_havens.papers import views
from community.safe_havens.papers.blueprint import bp

__all__ = ["bp", "views"]
