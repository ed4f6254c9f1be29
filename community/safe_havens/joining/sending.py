"""The form is sent: told of a venue that looks the same, paced, stored once, and given its reference."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.safe_havens.joining import summing_up
from community.safe_havens.joining.filling import Filling
from community.safe_havens.joining.pages import page
from community.safe_havens.service import applying, drafts, pacing, post
from community.safe_havens.venue_pages import keep_nothing
from community.shared.clock import london_now
from community.shared.database import commit

ALL_THE_SAME = "all_the_same"
"""Sent by somebody who was told that the venue looks like one we know."""


def send(filling: Filling) -> ResponseReturnValue:
    """All was asked and is right: store it, or say why not now. Whatever is said, the answers stay on the page."""
    said = summing_up.application(filling)
    alike = applying.look_alikes(said.name, said.address, said.lat, said.lon)
    ours = applying.reference_of(filling.nonce)
    others = [haven for haven in alike if haven.reference != ours]
    is_new, anyway = len(others) == len(alike), request.form["_send"] == ALL_THE_SAME
    if others and is_new and not anyway:
        return page("twice.html", filling=filling)
    now = london_now()
    if is_new and not pacing.may_apply(said.contact.email, now):
        return page("wait.html", 429, filling=filling, send=request.form["_send"])
    write = is_new and pacing.may_write(said.contact.email, now)
    try:
        sent = applying.submit(said, nonce=filling.nonce, on=now.date(), anyway=anyway, write=write)
    except applying.AppliedAlready:  # by somebody else, at the same moment
        db.session.rollback()
        return page("twice.html", filling=filling)
    drafts.drop(filling.draft)
    reference, name, emails = sent.haven.reference, sent.haven.name, post.can_send()
    is_told = write and sent.is_new
    commit()
    return keep_nothing(page("sent.html", reference=reference, name=name, emails=emails, is_told=is_told))
