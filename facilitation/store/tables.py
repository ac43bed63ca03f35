"""The tables and the questions asked of them: one SQL for every engine.

Text and integers alone, keys made by the app, the log's name at the head of every key: no serial numbers, no triggers,
nothing that one engine has and another has not. So the same tables stand in SQLite, in PostgreSQL and in what speaks
its language, and can be spread over several machines by the log.
"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "create table if not exists logs (log text primary key, kind text not null, revision integer not null)",
        "create table if not exists entries (log text not null, revision integer not null, kind text not null,"
        " author text not null, body text not null, at text not null, key text not null, primary key (log, revision))",
        "create unique index if not exists entries_key on entries (log, key) where key <> ''",
    ),
    (
        "create table if not exists tries (name text not null, minute integer not null, n integer not null,"
        " primary key (name, minute))",
    ),
    ("create table if not exists forgotten (log text primary key, at text not null)",),
    (
        "create table if not exists summaries (log text primary key, revision integer not null,"
        " shape integer not null, body text not null)",
    ),
    (
        "create table if not exists figures (log text primary key, revision integer not null,"
        " shape integer not null, body text not null)",
        "create index if not exists entries_erasing on entries (log, revision) where kind = 'redacted'",
    ),
)
"""What leads from schema n to n + 1. A number once released keeps its statements for ever. Each does no harm twice: on
some engines a new table stays where the rest of its transaction is undone."""

SCHEMA = len(MIGRATIONS)

OURS = frozenset({"logs", "entries"})
"""The tables that every version of the app has: what has them not is no database of ours."""

FORGETS = 3
"""The schema from which on a store remembers the logs that were erased."""

REVISION = "select revision from logs where log = ?"
LOGS = "select log, revision from logs"
LOGS_OF_KIND = "select log, revision from logs where kind = ?"
ENTRIES = (
    "select log, revision, kind, author, body, at, key from entries where log = ? and revision > ? order by revision"
)
ENTRY = "select log, revision, kind, author, body, at, key from entries where log = ? and revision = ?"
BODY = "select body from entries where log = ? and revision = ?"
ERASE = "update entries set body = ? where log = ? and revision = ?"
FORGET = (
    "delete from summaries where log = ?",
    "delete from figures where log = ?",
    "delete from entries where log = ?",
    "delete from logs where log = ?",
    "insert into forgotten (log, at) values (?, ?) on conflict (log) do nothing",
)
IS_FORGOTTEN = "select 1 from forgotten where log = ?"
FORGOTTEN = "select log, at from forgotten"
SUMMARIES = (
    "select summaries.log, summaries.revision, summaries.body from summaries"
    " join logs on logs.log = summaries.log and logs.revision = summaries.revision"
    " where logs.kind = ? and summaries.shape = ?"
)
KEEP_SUMMARY = (
    "insert into summaries (log, revision, shape, body) select log, revision, ?, ? from logs"
    " where log = ? and revision = ? on conflict (log)"
    " do update set revision = excluded.revision, shape = excluded.shape, body = excluded.body"
)
KEEP_FIGURES = (
    "insert into figures (log, revision, shape, body) select log, revision, ?, ? from logs"
    " where log = ? and revision = ? on conflict (log)"
    " do update set revision = excluded.revision, shape = excluded.shape, body = excluded.body"
)
DROP_DERIVED = FORGET[:2]
ERASING = (
    "select log, revision, kind, author, body, at, key from entries where kind = 'redacted' order by log, revision"
)
"""The kind stands in the question itself, or its index would not be seen to answer it."""
COUNT = "select coalesce(sum(n), 0) from tries where name = ? and minute > ? and minute <= ?"
COUNT_ONE = (
    "insert into tries (name, minute, n) values (?, ?, 1) on conflict (name, minute) do update set n = tries.n + 1"
)
DROP_COUNTS = "delete from tries where minute < ? or minute > ?"


def revisions(logs: int) -> str:
    """The question for the counters of so many logs."""
    return f"select log, revision from logs where log in ({', '.join('?' * logs)})"


def figures(logs: int) -> str:
    """The question for the figures of so many logs."""
    return (
        "select figures.log, figures.revision, figures.body from figures"
        " join logs on logs.log = figures.log and logs.revision = figures.revision"
        f" where figures.shape = ? and figures.log in ({', '.join('?' * logs)})"
    )
