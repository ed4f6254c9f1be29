"""The blueprint that the desk's views hang on."""

from flask import Blueprint

bp = Blueprint("poster_desk", __name__, url_prefix="/staff/posters")
