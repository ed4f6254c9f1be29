"""The blueprint of the papers that anybody may open."""

from flask import Blueprint

bp = Blueprint("haven_papers", __name__, url_prefix="/safe-havens")
