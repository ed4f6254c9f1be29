"""Questionnaires that were brought in and not published yet: kept here, so that what is published is what was seen."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select

from community.extensions import db
from community.shared.clock import days_before
from community.shared.errors import UserError
from community.shared.masking import clean
from community.staff import audit
from community.surveys import queries
from community.surveys.loading import digest, from_definition, to_definition
from community.surveys.models import QuestionnaireDraft, Version
from community.surveys.problems import Problem
from community.surveys.questionnaire import Questionnaire
from community.surveys.service import waves

KEPT_DAYS: Final = 30
LONGEST_NAME: Final = 100


class NoSuchDraft(UserError):
    """No draft of this address: published, thrown away, or past its time."""


class ChangedMeanwhile(UserError):
    """Somebody published another version since the draft was looked at."""


@dataclass(frozen=True)
class Draft:
    """before: the survey's newest version, None for a new survey. same_as: the number of a version that says the same
    word for word."""

    id: str
    file_name: str
    questionnaire: Questionnaire
    remarks: tuple[Problem, ...]
    made_by: int
    made_on: date
    before: Version | None
    same_as: int | None

    @property
    def number(self) -> int:
        """The number it would be published under."""
        return self.before.number + 1 if self.before else 1


def keep(questionnaire: Questionnaire, remarks: Sequence[Problem], *, file_name: str, by: int, on: date) -> str:
    """Store a draft; its id. Flushed."""
    said = [[remark.sheet, remark.line, remark.column, remark.message] for remark in remarks]
    draft = QuestionnaireDraft(
        id=secrets.token_urlsafe(16),
        file_name=clean(file_name, LONGEST_NAME) or "questionnaire",
        definition=json.dumps(to_definition(questionnaire), ensure_ascii=False),
        remarks=json.dumps(said, ensure_ascii=False),
        made_by=by,
        made_on=on,
    )
    db.session.add(draft)
    audit.record("questionnaire.bring-in", questionnaire.slug, {"file": draft.file_name})
    db.session.flush()
    return draft.id


def find(id: str, *, today: date) -> Draft:
    """Raises NoSuchDraft; QuestionnaireError where the rules have grown stricter since."""
    return _draft(_row(id, today))


def kept(today: date) -> list[Draft]:
    """All drafts that can still be published, the latest first."""
    rows = db.session.scalars(
        select(QuestionnaireDraft)
        .where(QuestionnaireDraft.made_on >= days_before(today, KEPT_DAYS))
        .order_by(QuestionnaireDraft.made_on.desc(), QuestionnaireDraft.id)
    )
    return [_draft(row) for row in rows]


def publish(id: str, *, seen_number: int, today: date) -> Version:
    """Make a draft the survey's next version and forget the draft. Flushed. seen_number: the number that was promised
    on the page. Raises NoSuchDraft, FrozenWording, ChangedMeanwhile."""
    row = _row(id, today)
    draft = _draft(row)
    if draft.number != seen_number:
        raise ChangedMeanwhile(
            f"Version {draft.number - 1} was published while you looked at this. See below what changes now."
        )
    version = waves.publish(draft.questionnaire, on=today)
    db.session.delete(row)
    db.session.flush()
    return version


def throw_away(id: str, *, today: date) -> str:
    """Delete a draft; the name of its file. Flushed. Raises NoSuchDraft."""
    row = _row(id, today)
    name = row.file_name
    audit.record("questionnaire.throw-away", json.loads(row.definition)["slug"], {"file": name})
    db.session.delete(row)
    db.session.flush()
    return name


def forget(today: date) -> int:
    """Delete drafts past their time; how many. Flushed."""
    result: Any = db.session.execute(
        delete(QuestionnaireDraft).where(QuestionnaireDraft.made_on < days_before(today, KEPT_DAYS))
    )
    return int(result.rowcount)


def _row(id: str, today: date) -> QuestionnaireDraft:
    row = db.session.get(QuestionnaireDraft, id[:22])
    if row is None or row.made_on < days_before(today, KEPT_DAYS):
        raise NoSuchDraft("This draft is no longer here: it was published, thrown away, or is older than 30 days.")
    return row


def _draft(row: QuestionnaireDraft) -> Draft:
    questionnaire = from_definition(json.loads(row.definition))
    remarks = (Problem(line, words, "", sheet, column) for sheet, line, column, words in json.loads(row.remarks))
    return Draft(
        id=row.id,
        file_name=row.file_name,
        questionnaire=questionnaire,
        remarks=tuple(remarks),
        made_by=row.made_by,
        made_on=row.made_on,
        before=queries.latest_version(questionnaire.slug),
        same_as=queries.version_with(questionnaire.slug, digest(questionnaire)),
    )
