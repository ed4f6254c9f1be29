"""Demonstration answers, labelled by their channel, never released; made-up Safe Havens. One command clears both."""

from community.operations.demo.havens import clear_havens, load_havens
from community.operations.demo.service import START_RESPONSES, clear, is_empty, load

__all__ = ["START_RESPONSES", "clear", "clear_havens", "is_empty", "load", "load_havens"]
