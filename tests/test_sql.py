"""All SQL of the stores, read from their source: what every engine of PostgreSQL's language has, and nothing more."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

STORE = Path(__file__).resolve().parents[1] / "facilitation" / "store"
VERBS = r"(select|insert|update|delete|create|alter|drop|with|vacuum|pragma|show|set|lock|listen|notify|truncate|do)\b"

ON_A_FILE_ALONE = frozenset({"copies.py", "copying.py", "erased.py", "file.py", "restoring.py", "sqlite.py", "sums.py"})
"""What works on SQLite's file, and never on a server."""

NOT_EVERYWHERE = (
    r"\b(small|big)?serial[248]?\b",
    r"\b(generated|identity|autoincrement)\b",
    r"\b(sequence|nextval|currval|lastval)\b",
    r"\b(trigger|listen|notify|unlisten|function|procedure|language)\b",
    r"\b(pg_\w+|advisory\w*|ctid|xmin|xid|oid|rowid)\b",
    r"\b(lock table|skip locked|temp(orary)? table|references|inherits|tablespace|extension)\b",
    r"\b(jsonb?|bytea|uuid|timestamp\w*|interval|array|enum|real|numeric|boolean)\b",
    r"\b(current_timestamp|now\(|random\()",
)
"""Numbers and signals that distributed engines lack or hand out of order, types that engines store in their own way,
and what a statement that is repeated would answer differently."""

BY_LOG = frozenset({"logs", "entries", "forgotten", "summaries", "figures"})
"""Tables that can be spread over machines by the log; the others are small, and stay in one place."""

ACROSS = frozenset(
    {
        "select log, revision from logs",
        "select log, revision from logs where kind = ?",
        "select log, at from forgotten",
        "select log, revision, kind, author, body, at, key from entries where kind = 'redacted' order by log, revision",
        "select summaries.log, summaries.revision, summaries.body from summaries join logs on logs.log = summaries.log"
        " and logs.revision = summaries.revision where logs.kind = ? and summaries.shape = ?",
    }
)
"""The lists, which look at every machine: asked at the start and for what moved, never for a card."""


def texts(source: str) -> Iterator[str]:
    """Every text of a module in one piece, with `…` where something is put in; its docstrings left out."""
    tree = ast.parse(source)
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner | documented:
            yield node.value


def sql(source: str) -> list[str]:
    """The statements among them, spaces evened out."""
    even = (" ".join(text.split()).lower() for text in texts(source))
    return [text for text in even if re.match(VERBS, text) and " " in text]


def on_a_server() -> dict[str, list[str]]:
    found = {file.name: sql(file.read_text("utf-8")) for file in sorted(STORE.glob("*.py"))}
    return {name: asked for name, asked in found.items() if asked and name not in ON_A_FILE_ALONE}


def strange(statement: str) -> list[str]:
    """What of a statement some engine lacks."""
    return [found[0] for pattern in NOT_EVERYWHERE if (found := re.search(pattern, statement))]


def keys(statement: str) -> list[tuple[str, list[str]]]:
    """Table and columns of each key that a statement makes."""
    made = re.match(r"create table if not exists (\w+) \((.*)\)$", statement)
    if made:
        own = re.findall(r"(\w+) \w+ primary key", made[2])
        together = re.findall(r"primary key \(([^)]*)\)", made[2])
        return [(made[1], columns.split(", ")) for columns in [*own, *together]]
    index = re.match(r"create unique index if not exists \w+ on (\w+) \(([^)]*)\)", statement)
    return [(index[1], index[2].split(", "))] if index else []


def scattered(statement: str) -> bool:
    """Whether a statement on a spread table names no log, so that every machine has to be asked."""
    tables = set(re.findall(r"\b(?:from|into|update|join) (\w+)", statement)) & BY_LOG
    named = re.search(r"\blog (= \?|in \()|\(log, |select \?, \?", statement)
    return bool(tables) and not named


def test_all_sql_for_a_server_is_found():
    found = on_a_server()
    assert set(found) == {"tables.py", "postgres.py"}
    assert sum(map(len, found.values())) >= 25


def test_a_server_needs_nothing_that_an_engine_lacks():
    assert {text: bad for asked in on_a_server().values() for text in asked if (bad := strange(text))} == {}


def test_the_log_leads_every_key_of_the_tables_that_are_spread():
    made = [key for asked in on_a_server().values() for text in asked for key in keys(text)]
    assert {table for table, _ in made} == BY_LOG | {"tries", "schema_number"}
    assert [(table, columns) for table, columns in made if table in BY_LOG and columns[0] != "log"] == []


def test_what_a_card_asks_names_its_log():
    asked = {text for statements in on_a_server().values() for text in statements if not text.startswith("create")}
    vacuums = {f"vacuum {table}" for table in ("entries", "summaries", "figures")}
    assert {text for text in asked if scattered(text)} - vacuums == ACROSS


def test_columns_are_text_and_whole_numbers():
    made = [text for asked in on_a_server().values() for text in asked if text.startswith("create table")]
    columns = [column.split() for text in made for column in re.split(r", (?![^(]*\))", text.split("(", 1)[1][:-1])]
    assert {column[1] for column in columns if column[0] != "primary"} == {"text", "integer"}
    assert len(made) == 7


@pytest.mark.parametrize(
    "planted",
    [
        "create table if not exists a (log text primary key, n bigserial)",
        "create table a (n integer generated always as identity)",
        "notify moved, 'a'",
        "create trigger t after insert on entries execute function f()",
        "select nextval('n') from logs where log = ?",
        "select pg_advisory_lock(1)",
        "insert into entries (log, at) values (?, current_timestamp)",
    ],
)
def test_what_an_engine_lacks_is_caught(planted):
    assert [strange(text) for text in sql(f"ASKED = {planted!r}")] != [[]]
    assert sql(f"ASKED = {planted!r}")


def test_a_key_or_a_question_without_its_log_is_caught():
    (planted,) = sql('A = "create table if not exists entries (log text, n integer, primary key (n, log))"')
    assert keys(planted) == [("entries", ["n", "log"])]
    (planted,) = sql('A = f"select body from entries where key {X} ?"')
    assert scattered(planted)
