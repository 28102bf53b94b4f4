"""Words of passages and of questions, and the keyword index over them: SQLite FTS5 or PostgreSQL full text.

A question is never syntax: it is reduced to words of letters and digits, and these alone make the engine's query. Both
engines compare words without case and accents; inflected forms meet through their French and English stems, so that
the index needs no language. Any word may match; more, rarer and heading words rank higher.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from typing import Any, Protocol

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.dialects import postgresql

from vectorstore.tables import passages

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_LONGEST_QUESTION = 32
_SHORTEST_MISTYPED = 5
_HEADING_WEIGHT = 3.0
_TOO_COMMON = 20_000
"""Passages from which on a word is left out of a search by others: it tells little, and to weigh it takes longest."""
_COUNTED = 10_000

Numbers = NDArray[np.int64]

_FRENCH = """
a ai ait au aucun aucune aussi autre autres aux avant avec avoir c ce cela celle celles celui ces cet cette ceux
chaque ci combien comme comment d dans de des dit doit doivent donc dont du elle elles en entre est et etc etre eux
fait faire faut ici il ils j je jusqu l la laquelle le lequel les leur leurs lors lorsqu lorsque lui m ma mais me
meme mes mon n ne ni nos notre nous on ont ou par pas peut peuvent plus pour pourquoi puis puisqu puisque qu quand
que quel quelle quelles quels qui quoi s sa sans se selon sera seront ses si soit son sont sous sur t ta te tel
telle tels tes toi ton tous tout toute toutes tres tu un une vers vos votre vous y
"""
_ENGLISH = """
an and are as at be been but by can could did do does for from had has have how i if in into is it its may might
must my no nor not of off or our shall should so some such than that the their them then there these they this those
to us was we were what when where which while who whom whose why will with would you your
"""
STOP_WORDS = frozenset((_FRENCH + _ENGLISH).split())
"""Articles, prepositions, pronouns, auxiliaries, question words and elided letters, folded."""


def fold(text: str) -> str:
    """Lower case, without accents and ligatures."""
    plain = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    return "".join(char for char in plain if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits, the apostrophe parts (`l'article`: `l`, `article`)."""
    return _WORD.findall(fold(text))


def terms(question: str) -> list[str]:
    """The words that a question searches for; those that every text has only count where there are no others."""
    found = dict.fromkeys(words(question))
    return ([word for word in found if word not in STOP_WORDS] or list(found))[:_LONGEST_QUESTION]


@lru_cache(maxsize=1 << 16)
def stems(word: str) -> frozenset[str]:
    """The French and the English stem of a folded word (Snowball); a number has none but itself."""
    if word.isdigit():
        return frozenset({word})
    return frozenset(stemmer.stemWord(word) for stemmer in _stemmers())


@cache
def _stemmers() -> tuple[Any, ...]:
    import snowballstemmer

    return snowballstemmer.stemmer("french"), snowballstemmer.stemmer("english")


class KeywordIndex(Protocol):
    """A full-text index beside the table `passages`, changed in the same transaction."""

    def create(self, connection: sa.Connection) -> None:
        """Makes the index where it does not exist."""

    def add(self, connection: sa.Connection, contract: str) -> None:
        """Indexes a contract's passages, which are in the table by now."""

    def remove(self, connection: sa.Connection, contract: str) -> None:
        """Forgets a contract's passages, which are still in the table."""

    def search(
        self, connection: sa.Connection, question: Sequence[str], where: Sequence[sa.ColumnElement[bool]], k: int
    ) -> list[str]:
        """The ids of the ``k`` best passages, best first."""

    def forms(self, connection: sa.Connection, word: str) -> list[str]:
        """The words of the index, as it writes them, that are a folded word or a form of it."""

    def places(self, connection: sa.Connection, form: str) -> tuple[Numbers, Numbers]:
        """The passages (their numbers) in which one of those words stands, once for each time that it does: in whose
        text, in whose headline."""

    def numbers(self, connection: sa.Connection, forms: Sequence[str], *, start: bool = False) -> Numbers:
        """The passages that hold any of these words (``start``: any word that begins with one), in headline or text."""

    def phrase(self, connection: sa.Connection, words: Sequence[str]) -> Numbers:
        """The passages whose text holds the words one after the other."""


class SqliteKeywords:
    """FTS5 over the table itself (external content), ranked by BM25. Mistyped words are replaced by their like."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        """In how many passages words stood when somebody asked for them."""

    def create(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE IF NOT EXISTS passages_fts USING fts5(headline, text, content='passages', "
            "content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
        )
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE IF NOT EXISTS passages_vocabulary USING fts5vocab('passages_fts', 'row')"
        )
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE IF NOT EXISTS passages_places USING fts5vocab('passages_fts', 'instance')"
        )

    def add(self, connection: sa.Connection, contract: str) -> None:
        connection.execute(
            sa.text(
                "INSERT INTO passages_fts(rowid, headline, text) "
                "SELECT number, headline, text FROM passages WHERE contract = :contract"
            ),
            {"contract": contract},
        )

    def remove(self, connection: sa.Connection, contract: str) -> None:
        connection.execute(
            sa.text(
                "INSERT INTO passages_fts(passages_fts, rowid, headline, text) "
                "SELECT 'delete', number, headline, text FROM passages WHERE contract = :contract"
            ),
            {"contract": contract},
        )

    def search(
        self, connection: sa.Connection, question: Sequence[str], where: Sequence[sa.ColumnElement[bool]], k: int
    ) -> list[str]:
        alternatives = dict.fromkeys(term for word in question for term in self._alternatives(connection, word))
        if not alternatives:
            return []
        wanted = self._telling(connection, list(alternatives))
        match = sa.text("passages_fts MATCH :match").bindparams(match=_any(wanted))
        worth = sa.text(f"bm25(passages_fts, {_HEADING_WEIGHT}, 1.0)")
        best = sa.select(_fts.c.rowid).where(match)
        if where:
            # their numbers first: looking each match up in the table takes longer than ranking them
            numbers = list(connection.scalars(sa.select(passages.c.number).where(*where).order_by(passages.c.number)))
            if not numbers:
                return []
            best = best.where(
                _fts.c.rowid.between(numbers[0], numbers[-1]),
                _fts.c.rowid.in_(sa.select(sa.func.json_each(json.dumps(numbers)).table_valued("value").c.value)),
            )
        found = list(connection.scalars(best.order_by(worth, _fts.c.rowid).limit(k)))
        rows = connection.execute(sa.select(passages.c.number, passages.c.id).where(passages.c.number.in_(found)))
        ids = dict(rows.tuples().all())
        return [ids[number] for number in found if number in ids]

    def forms(self, connection: sa.Connection, word: str) -> list[str]:
        wanted = stems(word)
        beginning = min((_common_beginning(word, stem) for stem in wanted), key=len)
        # FTS5 keeps the ligature that folding takes apart
        starts = dict.fromkeys((beginning, beginning.replace("oe", "œ")))
        near = [term for start in starts for term in self._vocabulary(connection, start, 0, len(word) + 8)]
        return [term for term in near if term == word or not wanted.isdisjoint(stems(fold(term)))]

    def places(self, connection: sa.Connection, form: str) -> tuple[Numbers, Numbers]:
        query = sa.text("SELECT group_concat(doc) FROM passages_places WHERE term = :form AND col = :column")
        text, headline = (
            _numbers(connection.scalar(query, {"form": form, "column": column})) for column in ("text", "headline")
        )
        return text, headline

    def numbers(self, connection: sa.Connection, forms: Sequence[str], *, start: bool = False) -> Numbers:
        return self._matching(connection, _any(forms, "*" if start else "")) if forms else _numbers(None)

    def phrase(self, connection: sa.Connection, words: Sequence[str]) -> Numbers:
        written = dict.fromkeys((" ".join(words), " ".join(words).replace("oe", "œ")))
        return self._matching(connection, f"text: ({_any(written)})") if words else _numbers(None)

    @staticmethod
    def _matching(connection: sa.Connection, match: str) -> Numbers:
        # a row at a time, a hundred thousand numbers take ten times as long
        query = sa.text("SELECT group_concat(rowid) FROM passages_fts WHERE passages_fts MATCH :match")
        return _numbers(connection.scalar(query, {"match": match}))

    def _telling(self, connection: sa.Connection, words: Sequence[str]) -> list[str]:
        """Those of some words of the index that do not stand everywhere; all where there is no other."""
        rare = [word for word in words if self._count(connection, word) <= _TOO_COMMON]
        return rare or list(words)

    def _count(self, connection: sa.Connection, word: str) -> int:
        if word not in self._counts:
            if len(self._counts) >= _COUNTED:
                self._counts.clear()
            query = sa.text("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH :match")
            self._counts[word] = connection.scalar(query, {"match": _any([word])}) or 0
        return self._counts[word]

    def _alternatives(self, connection: sa.Connection, word: str) -> list[str]:
        """The words of the index that are the word itself, a form of it, or else look like it."""
        return self.forms(connection, word) or self._like(connection, word)

    def _vocabulary(self, connection: sa.Connection, start: str, shortest: int, longest: int) -> list[str]:
        query = sa.text(
            "SELECT term FROM passages_vocabulary "
            "WHERE term >= :low AND term < :high AND length(term) BETWEEN :shortest AND :longest"
        )
        limits = {"low": start, "high": start + "\U0010ffff", "shortest": shortest, "longest": longest}
        return list(connection.scalars(query, limits))

    def _like(self, connection: sa.Connection, word: str) -> list[str]:
        if len(word) < _SHORTEST_MISTYPED or word.isdigit():
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        vocabulary = self._vocabulary(connection, word[0], len(word) - 2, len(word) + 2)
        near = process.extract(word, vocabulary, scorer=OSA.normalized_similarity, score_cutoff=0.75, limit=3)
        return [str(term) for term, _, _ in near]


_fts = sa.table("passages_fts", sa.column("rowid"))


def _numbers(written: str | None) -> Numbers:
    """Numbers with commas between."""
    return np.fromstring(written or "", np.int64, sep=",")


def _any(terms: Iterable[str], after: str = "") -> str:
    return " OR ".join(f'"{term}"{after}' for term in terms)


def _common_beginning(a: str, b: str) -> str:
    length = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[:length]


_CONFIGURATIONS = ("simple", "french", "english")
_vectors = sa.Table(
    "passages_keywords",
    sa.MetaData(),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("words", postgresql.TSVECTOR, nullable=False),
    sa.Index("passages_keywords_words", "words", postgresql_using="gin"),
)


class PostgresKeywords:
    """tsvector with a GIN index. Words are folded here, since `unaccent` is not on every server; mistyped ones find
    nothing by word."""

    def create(self, connection: sa.Connection) -> None:
        _vectors.metadata.create_all(connection)

    def add(self, connection: sa.Connection, contract: str) -> None:
        found = connection.execute(
            sa.select(passages.c.number, passages.c.headline, passages.c.text).where(passages.c.contract == contract)
        )
        rows = [
            {"row": row.number, "heading": " ".join(words(row.headline)), "body": " ".join(words(row.text))}
            for row in found
        ]
        vector = _weighted("heading", "A").op("||")(_weighted("body", "D"))
        if rows:
            connection.execute(sa.insert(_vectors).values(number=sa.bindparam("row"), words=vector), rows)

    def remove(self, connection: sa.Connection, contract: str) -> None:
        numbers = sa.select(passages.c.number).where(passages.c.contract == contract)
        connection.execute(sa.delete(_vectors).where(_vectors.c.number.in_(numbers)))

    def search(
        self, connection: sa.Connection, question: Sequence[str], where: Sequence[sa.ColumnElement[bool]], k: int
    ) -> list[str]:
        if not question:
            return []
        text = " | ".join(question)
        match = _meant(text)
        weights = sa.cast([0.1, 0.1, 0.1, 0.1 * _HEADING_WEIGHT], postgresql.ARRAY(sa.REAL))
        rank = sa.func.ts_rank(weights, _vectors.c.words, match, 1)
        query = (
            sa.select(passages.c.id)
            .join_from(_vectors, passages, passages.c.number == _vectors.c.number)
            .where(_vectors.c.words.bool_op("@@")(match), *where)
            .order_by(rank.desc(), passages.c.number)
            .limit(k)
        )
        return list(connection.scalars(query))

    def forms(self, connection: sa.Connection, word: str) -> list[str]:
        return [word]

    def places(self, connection: sa.Connection, form: str) -> tuple[Numbers, Numbers]:
        return self.numbers(connection, [form]), self._matching(connection, _meant(f"{form}:A"))

    def numbers(self, connection: sa.Connection, forms: Sequence[str], *, start: bool = False) -> Numbers:
        if not forms:
            return _numbers(None)
        text = " | ".join(f"{form}:*" if start else form for form in forms)
        return self._matching(connection, sa.func.to_tsquery("simple", text) if start else _meant(text))

    def phrase(self, connection: sa.Connection, words: Sequence[str]) -> Numbers:
        if not words:
            return _numbers(None)
        return self._matching(connection, sa.func.phraseto_tsquery("simple", " ".join(words)))

    @staticmethod
    def _matching(connection: sa.Connection, match: sa.ColumnElement[Any]) -> Numbers:
        found = connection.scalars(sa.select(_vectors.c.number).where(_vectors.c.words.bool_op("@@")(match)))
        return np.array(found.all(), np.int64)


def _meant(text: str) -> sa.ColumnElement[Any]:
    return _joined(sa.func.to_tsquery(config, text) for config in _CONFIGURATIONS)


def _weighted(column: str, weight: str) -> sa.ColumnElement[Any]:
    words = sa.bindparam(column, type_=sa.Text)
    literal: sa.ColumnElement[Any] = sa.literal_column(f"'{weight}'")
    return sa.func.setweight(_joined(sa.func.to_tsvector(config, words) for config in _CONFIGURATIONS), literal)


def _joined(parts: Iterable[sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    return reduce(lambda one, other: one.op("||")(other), parts).self_group()


def keyword_index(dialect: str) -> KeywordIndex:
    """The index of a database's own kind."""
    return PostgresKeywords() if dialect == "postgresql" else SqliteKeywords()
