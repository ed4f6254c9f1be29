"""The posters desk under /staff/posters: which hang where, what comes of them, printing, marking, and doubts."""

from community.surveys.poster_desk import changing, doubts, reading_off, showing
from community.surveys.poster_desk.blueprint import bp
from community.surveys.poster_desk.home_card import LINKS, card

__all__ = ["LINKS", "bp", "card", "changing", "doubts", "reading_off", "showing"]
