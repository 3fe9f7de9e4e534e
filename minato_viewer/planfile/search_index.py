"""Fills the tables a search goes by, from the other tables of a plan file that is being built.

`search_text` holds two documents an entry: its titles, and all its texts with the titles again, in every language.
Row numbers are in order of importance, the titles of all entries before all whole entries, so that the first rows
that match are the best ones and no match need be scored. `search_sound` holds how titles are read.
Both hold words alone (`language.runs`), and no copy of the texts.

Tokens are compared byte by byte: FTS5's `ascii` tokenizer, because texts are folded and cut up here, by the same
functions as queries are; `unicode61` would fold once more in its own way.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from sqlalchemy import Connection, text

from minato_viewer.domain.plan import TITLE
from minato_viewer.domain.plan_data import Term
from minato_viewer.language import kana, pinyin
from minato_viewer.language.folding import fold
from minato_viewer.language.runs import Run, runs, tokens
from minato_viewer.language.sorting import sort_key
from minato_viewer.planfile import schema
from minato_viewer.planfile.index_words import TEXT_END, first_words, phrase, scope_word, short_words
from minato_viewer.planfile.query import arabic
from minato_viewer.planfile.search_terms import terms_of_texts, typed

SOUND_COLUMNS = ("sound", "pinyin", "initials")
NEAR_KINDS = ("district", "topic")
"""Kinds of entries that others can be looked for near of: those below them or linked with them."""
_NEAR_SQL = ", ".join(f"'{kind}'" for kind in NEAR_KINDS)
_OPTIONS = "content='', columnsize=0, tokenize='ascii'"

_MANY = 1000
"""Rows that are written at a time."""

Row = tuple[int, str, str, str]
"""Id of an entry, language, field, text."""


def fill(connection: Connection, terms: Iterable[Term]) -> None:
    """Make the index of the texts, readings and links that the connected file already holds."""
    connection.execute(text(f"CREATE VIRTUAL TABLE search_text USING fts5(words, {_OPTIONS})"))
    connection.execute(text(f"CREATE VIRTUAL TABLE search_sound USING fts5({', '.join(SOUND_COLUMNS)}, {_OPTIONS})"))
    _Filling(connection, _fill_editions(connection)).fill()
    _fill_choices(connection)
    _fill_terms(connection, terms)
    for table in ("search_text", "search_sound"):
        connection.execute(text(f"INSERT INTO {table}({table}) VALUES ('optimize')"))


def _fill_editions(connection: Connection) -> dict[str, int]:
    """Give each edition its ranks: the plan's that none supersedes first, the viewer's own pages last."""
    rows = connection.execute(
        text("SELECT edition, min(id), max(id) FROM nodes GROUP BY edition ORDER BY min(id)")
    ).all()
    properties = dict(connection.execute(text("SELECT key, value FROM properties WHERE key LIKE 'edition/%'")).all())  # fmt: skip  # noqa: E501 - SQL
    known = {row[0] for row in rows}

    def place(edition: str) -> int:
        if not properties.get(f"edition/{edition}/document"):
            return 2
        return int(properties.get(f"edition/{edition}/superseded_by", "") in known)

    after = 0
    found: list[dict[str, object]] = []
    for edition, first, last in sorted(rows, key=lambda row: place(row[0])):
        found.append(
            {"edition": edition, "first": after + 1, "last": after + last - first + 1, "shift": after + 1 - first}
        )
        after += last - first + 1
    if found:
        connection.execute(schema.SEARCH_EDITIONS.insert(), found)
    return {str(row["edition"]): int(str(row["shift"])) for row in found}


def _fill_choices(connection: Connection) -> None:
    kinds = connection.execute(text("SELECT kind FROM nodes WHERE kind != 'edition' GROUP BY kind ORDER BY min(id)"))
    found = [("kind", "", number, str(kind)) for number, kind in enumerate(kinds.scalars(), start=1)]
    named = connection.execute(
        text(
            "SELECT node.kind, node.code, text.lang, text.text, coalesce(reading.text, '') FROM nodes AS node"
            " JOIN texts AS text ON text.node_id = node.id AND text.ordinal = 0"
            " LEFT JOIN readings AS reading ON reading.node_id = node.id AND reading.field = 'title'"
            f" AND reading.lang = text.lang WHERE node.kind IN ({_NEAR_SQL})"
        )
    )
    ordered = sorted((kind, lang, sort_key(title, lang, reading), code) for kind, code, lang, title, reading in named)
    found += [(kind, lang, number, code) for number, (kind, lang, _, code) in enumerate(ordered, start=1)]
    if found:
        columns = ("name", "lang", "place", "value")
        connection.execute(schema.SEARCH_CHOICES.insert(), [dict(zip(columns, row, strict=True)) for row in found])


class _Filling:
    """Streams the texts of the file into the index, so that no plan is too large for it."""

    def __init__(self, connection: Connection, shifts: dict[str, int]) -> None:
        self._connection = connection
        self._shifts = shifts
        self._near = _near(connection)
        self._entries: int = connection.execute(text("SELECT count(*) FROM nodes")).scalar_one()

    def fill(self) -> None:
        for edition in self._shifts:
            self._titles(edition)
        for edition in self._shifts:
            self._wholes(edition)
        numbers = self._connection.execute(text("SELECT id, edition, kind, number FROM nodes WHERE number != ''"))
        rows = [
            {"number": arabic(number), "rank": node_id + self._shifts[edition], "kind": kind}
            for node_id, edition, kind, number in numbers
        ]
        if rows:
            self._connection.execute(schema.SEARCH_NUMBERS.insert(), rows)

    def _titles(self, edition: str) -> None:
        readings = defaultdict[int, list[str]](list)
        for node_id, reading in self._connection.execute(
            text(f"SELECT node_id, text FROM readings WHERE field = '{TITLE}' AND lang LIKE 'ja%' ORDER BY 1, lang")
        ):
            readings[node_id].append(reading)
        documents: list[tuple[object, ...]] = []
        sounds: list[tuple[object, ...]] = []
        for node_id, kind, rows in self._grouped(edition, "AND text.ordinal = 0"):
            rank = node_id + self._shifts[edition]
            documents.append((rank, self._document(node_id, kind, rows, titles=True)))
            sounds.append((rank, *_sounds(rows, readings.pop(node_id, []))))
            self._insert(documents, sounds, at_least=_MANY)
        self._insert(documents, sounds)

    def _wholes(self, edition: str) -> None:
        documents: list[tuple[object, ...]] = []
        for node_id, kind, rows in self._grouped(edition, ""):
            rank = node_id + self._shifts[edition]
            documents.append((self._entries + rank, self._document(node_id, kind, rows, titles=False)))
            self._insert(documents, [], at_least=_MANY)
        self._insert(documents, [])

    def _grouped(self, edition: str, where: str) -> Iterator[tuple[int, str, list[Row]]]:
        """Yield each entry of an edition with its texts, in the order of their ids."""
        found = self._connection.execute(
            text(
                "SELECT node.id, text.lang, text.field, text.text, node.kind FROM nodes AS node"
                f" JOIN texts AS text ON text.node_id = node.id {where}"
                " WHERE node.edition = :edition ORDER BY node.id, text.ordinal, text.lang"
            ),
            {"edition": edition},
        )
        for node_id, rows in groupby(found, key=lambda row: row[0]):
            texts = list(rows)
            yield node_id, texts[0][4], [row[:4] for row in texts]

    def _document(self, node_id: int, kind: str, rows: Iterable[Row], *, titles: bool) -> str:
        """Return the words of some texts, and before them what the entry can be narrowed down by."""
        short: set[str] = set()
        words: list[str] = []
        # What two languages write alike is the same words.
        for folded in dict.fromkeys(fold(row[3]) for row in rows):
            begun, some, all_words = _cut(folded)
            if titles:
                words += begun
            short.update(some)
            words += all_words
        scopes = map(scope_word, (kind, *self._near.get(node_id, ())))
        return " ".join([*scopes, *sorted(short), *words])

    def _insert(
        self, documents: list[tuple[object, ...]], sounds: list[tuple[object, ...]], *, at_least: int = 1
    ) -> None:
        if len(documents) < at_least:
            return
        insert = self._connection.exec_driver_sql
        insert("INSERT INTO search_text(rowid, words) VALUES (?, ?)", documents)
        if sounds:
            names, marks = ", ".join(SOUND_COLUMNS), ", ".join("?" * len(SOUND_COLUMNS))
            insert(f"INSERT INTO search_sound(rowid, {names}) VALUES (?, {marks})", sounds)
        documents.clear()
        sounds.clear()


@lru_cache(maxsize=4096)
def _cut(folded: str) -> tuple[list[str], frozenset[str], list[str]]:
    """Return the first, the short and all words of a text. Kept, because many a text stands in several entries."""
    found = list(runs(folded))
    words = [token for run in found for token in tokens(run)]
    short = frozenset(word for run in found for word in short_words(run))
    return first_words(found[0]) if found else [], short, [*words, TEXT_END]


def _near(connection: Connection) -> dict[int, list[str]]:
    """Return by id the codes of the districts and topics an entry belongs to: it is below one, or linked with it."""
    found = defaultdict[int, list[str]](list)
    for node_id, code, last in connection.execute(
        text(f"SELECT id, code, last FROM nodes WHERE kind IN ({_NEAR_SQL}) ORDER BY id")
    ).all():
        others = connection.execute(
            text("SELECT from_id FROM links WHERE to_id = :id UNION SELECT to_id FROM links WHERE from_id = :id"),
            {"id": node_id},
        ).scalars()
        for other in sorted({*range(node_id, last + 1), *others}):
            found[other].append(code)
    return found


def _sounds(rows: Iterable[Row], readings: list[str]) -> list[str]:
    """Return how the titles of an entry are read, a column a way of typing."""
    by_language = {lang: content for _, lang, _, content in rows}
    # What is written in kana is its own reading.
    heard = [fold(reading) for reading in readings] or [
        run for lang in ("ja", "ja-x-easy") if lang in by_language for run in kana.kana_runs(fold(by_language[lang]))
    ]
    chinese = pinyin.syllables(by_language.get("zh-Hans", ""))
    spoken = [kana.sound(part) for reading in heard for part in kana.kana_runs(reading)]
    return [
        _words(dict.fromkeys(spoken)),
        f" {TEXT_END} ".join(" ".join(run) for run in chinese),
        # In pairs, as if they were characters.
        f" {TEXT_END} ".join(
            " ".join(tokens(Run("".join(syllable[0] for syllable in run), True, 0, 0))) for run in chinese
        ),
    ]


def _words(texts: Iterable[str]) -> str:
    return f" {TEXT_END} ".join(" ".join(token for run in runs(content) for token in tokens(run)) for content in texts)


def _fill_terms(connection: Connection, terms: Iterable[Term]) -> None:
    """Keep the terms that stand in some text, by all that may be typed for them."""
    texts = connection.execute(text("SELECT lang, field, text FROM texts"))
    weights = Counter[str]()
    rows: dict[tuple[str, str, str], int] = {}
    for script, words, form in (*typed(terms), *terms_of_texts(texts)):
        folded = fold(form)
        if folded not in weights:
            weights[folded] = _weight(connection, folded)
        if weights[folded]:
            rows[script, words, "" if form == words else form] = weights[folded]
    if rows:
        connection.execute(
            schema.SEARCH_TERMS.insert(),
            [
                {"script": script, "key": words, "form": form, "weight": weight}
                for (script, words, form), weight in sorted(rows.items())
            ],
        )


def _weight(connection: Connection, folded: str) -> int:
    """Return in how many documents a folded form stands; titles count twice."""
    words = list(runs(folded))
    return connection.execute(
        text("SELECT count(*) FROM search_text WHERE search_text MATCH :phrase"), {"phrase": phrase(words, whole=True)}
    ).scalar_one()
