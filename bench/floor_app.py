"""Bare Flask, as the machine's own limit: no validation, no template, no tally; a page, and one row for each answer.

GET /form/<where>   a constant page of about 5.5 kB with a form
POST /<where>       one row inserted and committed, then a constant page; where: sqlite or postgresql
Environment: FLOOR_SQLITE, a file (FULL, as ours); FLOOR_POSTGRESQL, an address (fsync and synchronous_commit on)."""

from __future__ import annotations

import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, request

COLUMNS = ("loc", "q1", "q2", "q3", "q5", "text")
OPTIONS = "".join(
    f'<div class="opt"><input type="radio" name="q{n % 5}" id="o{n}" value="{n}">'
    f'<label for="o{n}">An option of this question</label></div>\n'
    for n in range(40)
)
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Station safety survey</title></head><body>'
    '<form id="survey" method="post" action="/%s"><input type="hidden" name="csrf" value="0123456789abcdef">'
    f'<h1>Do you feel safe here?</h1>{OPTIONS}<textarea name="text"></textarea><button>Send</button></form>'
    "</body></html>"
)
THANKS = '<!doctype html><html lang="en"><title>Thanks</title><h1>Thank you for your answers</h1></html>'
TABLE = "create table if not exists floor_response(id {}, loc text, at {}, q1 text, q2 text, q3 text, q5 text, q4 text)"

app = Flask(__name__)
mine = threading.local()


@app.get("/form/<where>")
def form(where: str) -> str:
    return PAGE % where


@app.post("/sqlite")
def into_sqlite() -> str:
    if not hasattr(mine, "sqlite"):
        mine.sqlite = sqlite3.connect(os.environ["FLOOR_SQLITE"], timeout=30, isolation_level=None)
        mine.sqlite.execute("pragma journal_mode=wal")
        mine.sqlite.execute("pragma synchronous=full")
        mine.sqlite.execute(TABLE.format("integer primary key", "text default current_timestamp"))
    mine.sqlite.execute("insert into floor_response(loc,q1,q2,q3,q5,q4) values(?,?,?,?,?,?)", values())
    return THANKS


@app.post("/postgresql")
def into_postgresql() -> str:
    if not hasattr(mine, "postgresql"):
        mine.postgresql = psycopg.connect(os.environ["FLOOR_POSTGRESQL"], autocommit=True).cursor()
        mine.postgresql.execute("select pg_advisory_lock(7)")
        identity, now = "bigint generated always as identity primary key", "timestamptz default now()"
        mine.postgresql.execute(TABLE.format(identity, now))
        mine.postgresql.execute("select pg_advisory_unlock(7)")
    sql = "insert into floor_response(loc,q1,q2,q3,q5,q4) values(%s,%s,%s,%s,%s,%s)"
    mine.postgresql.execute(sql, values(), prepare=True)
    return THANKS


def values() -> list[Any]:
    return [request.form.get(column, "") for column in COLUMNS]
