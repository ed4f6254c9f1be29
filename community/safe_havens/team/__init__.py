"""/safe-havens/team: the code behind the counter opens the course and the use log. No account, no names."""

from community.safe_havens.team import log, training
from community.safe_havens.team.views import bp

__all__ = ["bp", "log", "training"]
