"""What everybody may see of Safe Havens: the list and its map, a venue's page, whether a sticker is ours, open data."""

from community.safe_havens.public import stickers, venues, views
from community.safe_havens.public.api import bp as api
from community.safe_havens.public.blueprint import bp

__all__ = ["api", "bp", "stickers", "venues", "views"]
