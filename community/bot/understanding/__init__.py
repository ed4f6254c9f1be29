"""What a message means, told on this machine alone: rules for danger first, then commands, then a trained model."""

from community.bot.understanding.deciding import understand

__all__ = ["understand"]
