"""Sets that the bot is measured with, and the script and services they are judged by."""

from pathlib import Path

FOLDER = Path(__file__).parent
