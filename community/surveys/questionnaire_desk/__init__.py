"""The questionnaires desk under /staff/questionnaires: versions, waves, bringing in, looking, publishing."""

from community.surveys.questionnaire_desk import bringing_in, fieldings, showing
from community.surveys.questionnaire_desk.blueprint import bp
from community.surveys.questionnaire_desk.home_card import LINKS, card

__all__ = ["LINKS", "bp", "bringing_in", "card", "fieldings", "showing"]
