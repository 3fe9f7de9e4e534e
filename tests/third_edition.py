"""A third edition of the plan as an editor would add it: files alone. Its words are a sample and nobody's plan."""

import shutil
from pathlib import Path
from typing import NamedTuple

from minato_viewer.authoring.catalogues import Translated, update
from minato_viewer.authoring.check import findings
from minato_viewer.authoring.readings import Annotation, write
from minato_viewer.authoring.sources import Sources, load
from minato_viewer.language.tags import LANGUAGES
from minato_viewer.paths import CATALOGUES, SOURCES

EDITION = """[edition]
code = "2027"
language = "ja"
document = "2027.txt"
published = "2027-02"
published_source = "2027.txt:2"
period_start = "2027-04-01"
period_end = "2033-03-31"
period_source = "2027.txt:2"
"""


class Sample(NamedTuple):
    """One text of the sample: the line of the document that holds it, and its translations in the order of TAGS."""

    code: str
    field: str
    line: int
    text: str
    easy: str
    english: str
    chinese: str
    korean: str


TEXTS = (
    Sample("2027", "title", 1, "見本の計画", "見本の計画", "A sample plan", "样本计划", "견본 계획"),
    Sample(
        "2027", "body.1", 2, "令和9年度～令和14年度の計画です。", "令和9(2027)年度から令和14(2032)年度までの計画です。",
        "This is a plan for FY2027–FY2032.", "这是 2027 年度～2032 年度的计划。", "2027년도~2032년도의 계획입니다.",
    ),
    Sample("2027/section/issues", "title", 3, "重点課題", "重点課題", "Priority issues", "重点课题", "중점 과제"),
    Sample("2027/issue/1", "title", 4, "見本の課題", "見本の課題", "A sample issue", "样本课题", "견본 과제"),
    Sample(
        "2027/issue/1", "body.1", 5, "12の事業を進めます。", "12の事業を進めます。", "We advance 12 projects.",
        "推进 12 个项目。", "12개 사업을 추진합니다.",
    ),
    Sample("2027/figure/cost", "title", 6, "事業費", "事業のお金", "Project cost", "项目经费", "사업비"),
    Sample("2027/figure/cost", "value.1", 7, "900億円", "900億円", "¥90.0 billion", "900 亿日元", "900억 엔"),
)  # fmt: skip
READINGS = {
    "見本の計画": "{見本|みほん}の{計画|けいかく}",
    "令和9年度～令和14年度の計画です。":
        "{令和|れいわ}9{年度|ねんど}～{令和|れいわ}14{年度|ねんど}の{計画|けいかく}です。",
    "令和9(2027)年度から令和14(2032)年度までの計画です。":
        "{令和|れいわ}9(2027){年度|ねんど}から{令和|れいわ}14(2032){年度|ねんど}までの{計画|けいかく}です。",
    "重点課題": "{重点|じゅうてん}{課題|かだい}",
    "見本の課題": "{見本|みほん}の{課題|かだい}",
    "12の事業を進めます。": "12の{事業|じぎょう}を{進|すす}めます。",
    "事業費": "{事業費|じぎょうひ}",
    "事業のお金": "{事業|じぎょう}のお{金|かね}",
    "900億円": "900{億円|おくえん}",
}  # fmt: skip
"""How the Japanese of the sample is read."""
ENTRIES = (
    ("2027", "", "edition"),
    ("2027/section/issues", "2027", "section"),
    ("2027/issue/1", "2027/section/issues", "issue"),
    ("2027/figure/cost", "2027/section/issues", "figure"),
)
FIGURE = """[[figure]]
code = "2027/figure/cost"
value = "90000000000"
unit = "JPY"
basis = "plan"
as_of = "2027-04-01"
until = "2033-03-31"
lines = "7"
"""


def make(folder: Path) -> tuple[Path, Path]:
    """Write db/ and i18n/ of the checkout with the third edition into `folder`, and return the two."""
    db, i18n = folder / "db", folder / "i18n"
    shutil.copytree(SOURCES, db)
    shutil.copytree(CATALOGUES, i18n, ignore=shutil.ignore_patterns("viewer.*"))
    (db / "2027").mkdir()
    (db / "2027" / "edition.toml").write_text(EDITION, "utf-8")
    (db / "2027" / "10-plan.toml").write_text("\n".join(tables()), "utf-8")
    readings = [
        Annotation("2027", row.code, row.field, lang, READINGS[text], reviewed=True)
        for row in TEXTS
        for lang, text in (("ja", row.text), ("ja-x-easy", row.easy))
    ]
    write(db / "readings" / "2027.toml", readings)
    (db / "sources" / "2027.txt").write_text("".join(f"{row.text}\n" for row in TEXTS), "utf-8")
    old = db / "2024" / "edition.toml"
    old.write_text(f'{old.read_text("utf-8")}superseded_by = "2027"\n', "utf-8")
    translate(load(db, i18n), i18n)
    return db, i18n


def tables() -> list[str]:
    """Return the tables of the sample's entries, texts and figure."""
    found: list[str] = []
    for short, (code, parent, kind) in enumerate(ENTRIES, start=901):
        above = f'parent = "{parent}"\n' if parent else ""
        number = 'number = "1"\n' if kind == "issue" else ""
        found.append(f'[[entry]]\ncode = "{code}"\n{above}kind = "{kind}"\n{number}short = {short}\n')
        found += [
            f'[[text]]\ncode = "{code}"\nfield = "{row.field}"\ntext = "{row.text}"\nlines = "{row.line}"\n'
            for row in TEXTS
            if row.code == code
        ]
    return [*found, FIGURE]


def translate(sources: Sources, i18n: Path) -> None:
    """Make the catalogues of the third edition, as `minato-plan export` and a translator do."""
    (edition,) = [edition for edition in sources.data.editions if edition.code == "2027"]
    for place, spoken in enumerate(LANGUAGES):
        if spoken.tag != edition.language:
            words = {f"{row.code}#{row.field}": Translated(row[3 + place], stale=False) for row in TEXTS}
            update(i18n, edition, sources.data.texts, spoken, words)


def checked(folder: Path) -> Sources:
    """Return the sources with the third edition, in which nothing is wrong."""
    loaded = load(*make(folder))
    assert findings(loaded) == []
    return loaded
