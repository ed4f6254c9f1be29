"""Surveys: a questionnaire's versions and waves, the answers given to it, and how they are counted."""
