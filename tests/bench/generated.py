"""Plans that are generated to be measured.

`large`: 100,000 entries, the real plan with branches of 10,000 added, built as the product builds plans. `huge`:
1,000,000, the real file with entries added by SQL, one long branch, and the search index filled as the product fills
it: made of values it would take more memory than a developer has. `rubied`: the real plan with furigana over every
kanji. `python -m tests.bench.generated KIND FILE` writes one; that happens in a process of its own, because it takes
SQLAlchemy and some hundred MiB that the benchmark itself should not hold.
"""

import hashlib
import itertools
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from minato_viewer.domain.plan import Figure, Status
from minato_viewer.domain.plan_data import Entry, Link, PlanData, Term, Text
from minato_viewer.paths import ROOT, default_plan
from minato_viewer.planfile.reader import Plan
from tests.bench.processes import BUILD

ENTRIES = 100_000
HUGE = 1_000_000
BRANCH = 10_000
"""Most entries below one parent; the editions themselves are filled up to it, so the tree's first level is one."""
_LANGUAGES = ("zh-Hans", "ja")


def large_plan() -> Path:
    """Return the file of the plan of 100,000 entries."""
    return _made("large")


def huge_plan() -> Path:
    """Return the file of the plan of 1,000,000 entries."""
    return _made("huge")


def rubied_plan() -> Path:
    """Return the file of the plan with furigana over every kanji."""
    return _made("rubied")


def _made(kind: str) -> Path:
    """Return the file of a generated plan, building it where it is missing or made from something else."""
    parts = [Path(__file__), default_plan(), *sorted((ROOT / "minato_viewer" / "planfile").glob("*.py"))]
    parts += [ROOT / "minato_viewer" / "domain" / "plan.py", ROOT / "tests" / "rubies.py"]
    digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:12]
    path = BUILD / f"{kind}-{digest}.sqlite"
    if not path.exists():
        for old in BUILD.glob(f"{kind}-*.sqlite"):
            old.unlink()
        subprocess.run([sys.executable, "-m", "tests.bench.generated", kind, str(path)], cwd=ROOT, check=True)
    return path


def _real(plan: Plan) -> PlanData:
    """Read the real plan back into the values it was built from."""
    nodes = list(plan.nodes())
    codes = {node.id: node.code for node in nodes}
    entries: list[Entry] = []
    texts: list[Text] = []
    figures: list[Figure] = []
    links: list[Link] = []
    for node in nodes:
        parent = "" if node.parent_id is None else codes[node.parent_id]
        entries.append(
            Entry(node.code, node.edition, parent, node.kind, node.number, node.position, node.short, node.until)
        )
        texts += [
            Text(node.code, row.field, row.lang, row.text, row.status, row.source, row.stale)
            for row in plan.texts(node.id)
        ]
        figure = plan.figure(node)
        figures += [figure] if figure else []
        outgoing = [row for row in plan.links(node.id) if row.outgoing]
        links += [Link(node.code, codes[row.other_id], row.relation, row.origin) for row in outgoing]
    return PlanData(tuple(plan.editions.values()), tuple(entries), tuple(texts), tuple(figures), tuple(links), {})


def _added(real: PlanData) -> Iterator[Entry]:
    """Yield sections below the editions up to `BRANCH`, then branches of `BRANCH` below the first sections."""
    left = ENTRIES - len(real.entries)
    shorts = itertools.count(max(entry.short for entry in real.entries) + 1)
    parents = [(edition.code, edition.code) for edition in real.editions[::-1] if edition.is_plan]
    for parent, edition in parents:  # grows while it is walked
        present = sum(entry.parent == parent for entry in real.entries)
        for position in range(present + 1, BRANCH + 1):
            if not left:
                return
            kind = "section" if parent == edition else "measure"
            entry = Entry(f"{edition}/{kind}/added-{next(shorts)}", edition, parent, kind, "", position, 0)
            yield entry._replace(short=int(entry.code.rpartition("-")[2]))
            left -= 1
            if kind == "section" and position % 1000 == 0:
                parents.append((entry.code, edition))


def _texts(entry: Entry, number: int, titles: list[str], bodies: list[str]) -> Iterator[Text]:
    for lang in _LANGUAGES:
        status = Status.REFERENCE if lang == "ja" else Status.ORIGINAL
        title = f"{titles[number % len(titles)]} {number}"
        yield Text(entry.code, "title", lang, title, status, "generated:1")
        yield Text(entry.code, "body.1", lang, bodies[number % len(bodies)], status, "generated:1")


def plan_data(real: PlanData) -> PlanData:
    """Return the real plan with generated entries up to `ENTRIES`, whose words are taken from it in turn."""
    titles = [row.text for row in real.texts if row.field == "title"]
    bodies = [row.text for row in real.texts if row.field.startswith("body.")]
    added = tuple(_added(real))
    texts = (row for number, entry in enumerate(added) for row in _texts(entry, number, titles, bodies))
    return real._replace(entries=(*real.entries, *added), texts=(*real.texts, *texts))


def _terms() -> tuple[Term, ...]:
    from minato_viewer.authoring.sources import load
    from minato_viewer.paths import CATALOGUES, SOURCES

    return load(SOURCES, CATALOGUES).data.terms


def write_huge(path: Path, entries: int) -> None:
    """Write the real plan with entries added below its last edition but the viewer's own pages."""
    from sqlalchemy import NullPool, create_engine, text

    from minato_viewer.planfile import schema, search_index

    part = path.with_suffix(".part")
    shutil.copy(default_plan(), part)
    with sqlite3.connect(part) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        for table in ("search_text", "search_sound"):
            connection.execute(f"DROP TABLE {table}")
        for table in ("search_editions", "search_numbers", "search_terms", "search_choices"):
            connection.execute(f"DELETE FROM {table}")
        _add_entries(connection, entries)
    connection.close()
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(part), poolclass=NullPool)
    with engine.connect() as filling:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
            filling.execute(text(f"PRAGMA {pragma}"))
        filling.commit()
        schema.METADATA.create_all(filling)
        search_index.fill(filling, _terms())
        filling.commit()
    engine.dispose()
    part.replace(path)


def _add_entries(connection: sqlite3.Connection, entries: int) -> None:
    """Add entries behind the last one of the file, as an edition of their own, so that all others keep their ids."""
    (last, short) = connection.execute("SELECT max(id), max(short) FROM nodes").fetchone()
    sources = [row[0] for row in connection.execute("SELECT DISTINCT node_id FROM texts WHERE ordinal = 0")]
    texts: dict[int, list[tuple[object, ...]]] = {
        source: connection.execute("SELECT * FROM texts WHERE node_id = ? AND ordinal < 2", (source,)).fetchall()
        for source in sources
    }
    root, edition = last + 1, "2030"
    copied = connection.execute("SELECT key, value FROM properties WHERE key LIKE 'edition/2024/%'").fetchall()
    new = [(key.replace("/2024/", f"/{edition}/"), value) for key, value in copied]
    connection.executemany("INSERT INTO properties VALUES (?, ?)", new)
    connection.execute("UPDATE properties SET value = value || ' 2030' WHERE key = 'editions'")
    count = entries - last

    def nodes() -> Iterator[tuple[object, ...]]:
        yield root, edition, edition, None, "edition", "", 1, short + 1, "", count - 1, root + count - 1
        for number in range(1, count):
            code = f"{edition}/measure/added-{number}"
            yield root + number, code, edition, root, "measure", "", number, short + 1 + number, "", 0, root + number

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(count):
            for node_id, ordinal, lang, field, content, *rest in texts[sources[number % len(sources)]]:
                del node_id
                # Titles differ from one another, as those of a real plan do, but not each by a number of its own.
                title = f"{content} {number % 997}" if ordinal == 0 else content
                yield root + number, ordinal, lang, field, title, *rest

    connection.executemany(f"INSERT INTO nodes VALUES ({', '.join('?' * 11)})", nodes())
    connection.executemany(f"INSERT INTO texts VALUES ({', '.join('?' * 10)})", rows())


if __name__ == "__main__":
    from minato_viewer.planfile.build import build
    from tests.rubies import build_with_rubies

    kind, target = sys.argv[1], Path(sys.argv[2])
    real = _real(Plan(default_plan()))
    if kind == "large":
        build(plan_data(real)._replace(terms=_terms()), target)
    elif kind == "huge":
        write_huge(target, HUGE)
    else:
        build_with_rubies(real, target)
