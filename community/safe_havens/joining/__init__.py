"""/safe-havens/register: a venue applies, one thing a screen, in about five minutes."""

from community.safe_havens.joining.views import bp

__all__ = ["bp"]
