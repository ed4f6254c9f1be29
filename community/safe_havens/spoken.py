"""Languages a venue may tick, by their English names; others are typed."""

from typing import Final

LANGUAGES: Final = (
    "English", "Albanian", "Arabic", "Bengali", "British Sign Language", "Bulgarian", "French", "Gujarati", "Hindi",
    "Igbo", "Italian", "Lithuanian", "Polish", "Portuguese", "Punjabi", "Romanian", "Russian", "Somali", "Spanish",
    "Tamil", "Turkish", "Twi", "Urdu", "Yoruba",
)  # fmt: skip
