"""The index table of each kind of database, with the same answers from both.

SQLite: a table of tokens under an integer (FTS5 knows no other key, and 3.40 can't delete from a
contentless index), indexed by FTS5. PostgreSQL: a tsvector of the tokens as they are, with GIN.
Both take tokens from our own analyser and split nothing themselves.
"""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from amends.expertise.language.words import Alternatives

Statement = tuple[str, list[Any]]


class Engine(Protocol):
    """What the index asks of a database: statements, which it runs itself."""

    @property
    def made_by(self) -> Sequence[str]:
        """Statements that make the table."""

    @property
    def undone_by(self) -> Sequence[str]:
        """Statements that drop it."""

    def writing(self, key: UUID, tokens: list[str]) -> list[Statement]:
        """Put a key's tokens in place of those it had."""

    def removing(self, key: UUID) -> list[Statement]:
        """Take a key out."""

    @property
    def emptied_by(self) -> Sequence[str]:
        """Statements that take all keys out."""

    def keys_meeting(self, terms: Sequence[Alternatives]) -> Statement:
        """Select the keys that meet every term."""


class Fts5:
    """SQLite."""

    # The ascii tokenizer takes every other letter for one, so nothing depends on the version of
    # Unicode that SQLite was built with. The listed marks stand inside references.
    made_by = (
        """CREATE TABLE search_words (
            number INTEGER PRIMARY KEY, key CHAR(32) NOT NULL UNIQUE, tokens TEXT NOT NULL)""",
        """CREATE VIRTUAL TABLE search_index USING fts5 (
            tokens, content='search_words', content_rowid='number', columnsize=0, detail=none,
            tokenize="ascii tokenchars '-._/@+'")""",
    )
    undone_by = ("DROP TABLE search_index", "DROP TABLE search_words")
    emptied_by = (
        "INSERT INTO search_index (search_index) VALUES ('delete-all')",
        "DELETE FROM search_words",
    )

    def writing(self, key: UUID, tokens: list[str]) -> list[Statement]:
        joined = " ".join(tokens)
        return [
            *self.removing(key),
            ("INSERT INTO search_words (key, tokens) VALUES (%s, %s)", [key.hex, joined]),
            (
                """INSERT INTO search_index (rowid, tokens)
                SELECT number, tokens FROM search_words WHERE key = %s""",
                [key.hex],
            ),
        ]

    def removing(self, key: UUID) -> list[Statement]:
        return [
            (
                """INSERT INTO search_index (search_index, rowid, tokens)
                SELECT 'delete', number, tokens FROM search_words WHERE key = %s""",
                [key.hex],
            ),
            ("DELETE FROM search_words WHERE key = %s", [key.hex]),
        ]

    def keys_meeting(self, terms: Sequence[Alternatives]) -> Statement:
        return (
            """SELECT search_words.key FROM search_index
            JOIN search_words ON search_words.number = search_index.rowid
            WHERE search_index MATCH %s""",
            [" AND ".join(self._term(term) for term in terms)],
        )

    def _term(self, term: Alternatives) -> str:
        wanted = [f'"{lemma}"' for lemma in term.lemmas]
        if term.prefix is not None:
            wanted.append(f'"{term.prefix}" *')
        return f"({' OR '.join(wanted)})"


class Tsvector:
    """PostgreSQL."""

    made_by = (
        "CREATE TABLE search_words (key uuid PRIMARY KEY, tokens tsvector NOT NULL)",
        "CREATE INDEX search_words_tokens ON search_words USING gin (tokens)",
    )
    undone_by = ("DROP TABLE search_words",)
    emptied_by = ("DELETE FROM search_words",)

    def writing(self, key: UUID, tokens: list[str]) -> list[Statement]:
        return [
            (
                """INSERT INTO search_words (key, tokens)
                VALUES (%s, array_to_tsvector(%s::text[]))
                ON CONFLICT (key) DO UPDATE SET tokens = excluded.tokens""",
                [key, tokens],
            )
        ]

    def removing(self, key: UUID) -> list[Statement]:
        return [("DELETE FROM search_words WHERE key = %s", [key])]

    def keys_meeting(self, terms: Sequence[Alternatives]) -> Statement:
        # Materialized, because PostgreSQL takes any beginning for a common one: it would walk
        # through all cases from the newest on, 121 ms for a rare word in 110,000 and not 2.
        return (
            """WITH found AS MATERIALIZED (
                SELECT key FROM search_words WHERE tokens @@ %s::tsquery)
            SELECT found.key FROM found""",
            [" & ".join(self._term(term) for term in terms)],
        )

    def _term(self, term: Alternatives) -> str:
        wanted = [f"'{lemma}'" for lemma in term.lemmas]
        if term.prefix is not None:
            wanted.append(f"'{term.prefix}':*")
        return f"({' | '.join(wanted)})"


_ENGINES: dict[str, Engine] = {"sqlite": Fts5(), "postgresql": Tsvector()}


def engine_of(connection: BaseDatabaseWrapper) -> Engine:
    """The engine of a connection's database."""
    return _ENGINES[connection.vendor]
