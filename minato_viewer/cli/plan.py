"""The command line of `minato-plan`: makes and inspects plan files, without Qt."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from minato_viewer import VERSION
from minato_viewer.cli.arguments import Parser, guarded, interface_messages, translate_argparse
from minato_viewer.domain.faults import ExitCode, Fault, RequestFault
from minato_viewer.domain.messages import N_
from minato_viewer.language.catalogues import Messages, messages
from minato_viewer.language.tags import language
from minato_viewer.paths import CATALOGUES, SOURCES, default_plan

_NEED_SOURCES = ("build", "check", "export", "readings")
"""Commands that a bundle cannot carry out, because it holds plan files and no sources."""


def main(arguments: list[str]) -> int:
    """Run the plan tool and return its exit code."""
    said_in = interface_messages(arguments)
    return guarded(lambda: _run(arguments, said_in), said_in)


def _run(arguments: list[str], said_in: Messages) -> int:
    translate_argparse(said_in)
    options = _parser(said_in).parse_args(arguments)
    if options.command in _NEED_SOURCES and not SOURCES.is_dir():
        raise Fault(
            N_("There are no plan sources here ({folder} is missing): do this where the plan files are made."),
            folder=SOURCES,
        )
    match options.command:
        case "build":
            return _build(options.output or default_plan(), said_in)
        case "check":
            return _check(said_in, coverage=options.coverage, listed=options.numbers)
        case "show":
            return _show(options, said_in)
        case "search":
            return _search(options, said_in)
        case "export" | "import":
            from minato_viewer.cli.plan_exchange import run  # noqa: PLC0415 - Babel is slow to import

            return run(options, said_in)
        case "readings":
            return _readings(said_in)
        case "pack":
            from minato_viewer.cli.plan_pack import pack  # noqa: PLC0415 - only this command signs

            return pack(options, said_in)
        case _:
            return _stats(options.plan or default_plan(), as_json=options.json)


def _parser(said_in: Messages) -> Parser:
    say = said_in.gettext
    parser = Parser(prog="minato-plan", description=say(N_("Makes and inspects plan files.")))
    Parser.messages = said_in
    parser.add_argument("--version", action="version", version=f"minato-plan {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help=say(N_("make the plan file from the sources")))
    build.add_argument("-o", dest="output", type=Path, metavar="FILE", help=say(N_("where to write it")))
    check = commands.add_parser("check", help=say(N_("look for mistakes in the sources")))
    check.add_argument("--coverage", action="store_true", help=say(N_("list what of the documents no entry holds")))
    check.add_argument(
        "--numbers", action="store_true", help=say(N_("list every number of the plan and whether it is a figure"))
    )
    _exchange_parsers(commands.add_parser, said_in)
    commands.add_parser("readings", help=say(N_("propose readings for the Japanese texts that have none")))
    show = commands.add_parser("show", help=say(N_("print an entry")))
    show.add_argument("code", metavar="CODE")
    show.add_argument("--lang", metavar="TAG", default="", help=say(N_("the language to show it in")))
    packing = commands.add_parser("pack", help=say(N_("make a signed update of a plan file, or a key to sign with")))
    packing.add_argument("-o", dest="output", type=Path, metavar="FILE", help=say(N_("where to write it")))
    packing.add_argument(
        "--key", type=Path, action="append", default=[], metavar="KEYFILE", help=say(N_("a secret key to sign with"))
    )
    packing.add_argument("--plan", type=Path, metavar="FILE", help=say(N_("the plan file to pack")))
    packing.add_argument("--new-key", type=Path, metavar="FILE", help=say(N_("write a new secret key and end")))
    stats = commands.add_parser("stats", help=say(N_("count what is in a plan file")))
    search = commands.add_parser("search", help=say(N_("look for words in the plan")))
    # TRANSLATORS: The name of an argument in the help of a command line.
    search.add_argument("text", metavar="TEXT", nargs="+", help=say(N_("words, a number such as 政策4, or a code")))
    search.add_argument("--lang", metavar="TAG", default="", help=say(N_("the language to tell the results in")))
    search.add_argument("--edition", metavar="CODE", default="", help=say(N_("the edition to look in, such as 2024")))
    search.add_argument("--limit", type=_count, default=50, metavar="N", help=say(N_("how many results at most")))
    for command in (show, search, stats):
        command.add_argument("--json", action="store_true", help=say(N_("print JSON")))
        command.add_argument("--plan", type=Path, metavar="FILE", help=say(N_("the plan file to read")))
    return parser


def _exchange_parsers(command: Callable[..., Parser], said_in: Messages) -> None:
    say = said_in.gettext
    export = command("export", help=say(N_("bring the catalogues up to the sources, or write tables")))
    export.add_argument(
        "--format",
        choices=("po", "csv", "json"),
        default="po",
        help=say(N_("what to write; without it the catalogues")),
    )
    export.add_argument(
        "-o", dest="output", type=Path, metavar="FILE", help=say(N_("where to write it; for po a folder"))
    )
    export.add_argument(
        "--edition", action="append", metavar="CODE", help=say(N_("only this edition, such as 2024; may be repeated"))
    )
    export.add_argument("--lang", action="append", metavar="TAG", help=say(N_("only this language; may be repeated")))
    import_ = command("import", help=say(N_("take over changed texts and translations")))
    import_.add_argument("file", type=Path, metavar="FILE", help=say(N_("a .po, .csv or .json that export wrote")))
    import_.add_argument("--dry-run", action="store_true", help=say(N_("only tell what would change")))


def _build(output: Path, said_in: Messages) -> int:
    from minato_viewer.authoring.check import obstacles  # noqa: PLC0415 - SQLAlchemy and Babel are slow to import
    from minato_viewer.authoring.sources import load  # noqa: PLC0415 - the same
    from minato_viewer.planfile.build import build  # noqa: PLC0415 - the same

    sources = load(SOURCES, CATALOGUES)
    if found := obstacles(sources):
        return _tell(found, said_in)
    build(sources.data, output)
    return ExitCode.WELL


def _check(said_in: Messages, *, coverage: bool, listed: bool) -> int:
    from minato_viewer.authoring.check import findings  # noqa: PLC0415 - Babel is slow to import
    from minato_viewer.authoring.coverage import report  # noqa: PLC0415 - the same
    from minato_viewer.authoring.numbers import listing  # noqa: PLC0415 - the same
    from minato_viewer.authoring.sources import load  # noqa: PLC0415 - the same

    sources = load(SOURCES, CATALOGUES)
    if coverage:
        sys.stdout.write("\n".join(report(sources)) + "\n")
    if listed:
        sys.stdout.write("\n".join(listing(sources.data)) + "\n")
    found = findings(sources)
    if not found:
        count = len(sources.data.entries)
        sys.stdout.write(
            said_in.ngettext(
                "{count} entry checked: no mistake found.", "{count} entries checked: no mistake found.", count
            )
            + "\n"
        )
    return _tell(found, said_in)


def _tell(found: list[str], said_in: Messages) -> int:
    for line in found:
        sys.stdout.write(f"{line}\n")
    if found:
        sys.stdout.write(said_in.ngettext("{count} mistake found.", "{count} mistakes found.", len(found)) + "\n")
    return ExitCode.FINDINGS if found else ExitCode.WELL


def _readings(said_in: Messages) -> int:
    from minato_viewer.authoring.analyser import analyser  # noqa: PLC0415 - only this command needs the analyser
    from minato_viewer.authoring.readings import write  # noqa: PLC0415 - Babel is slow to import
    from minato_viewer.authoring.readings_propose import proposals  # noqa: PLC0415 - the same
    from minato_viewer.authoring.sources import load  # noqa: PLC0415 - the same

    proposed = proposals(load(SOURCES, CATALOGUES), analyser())
    for edition, annotations in proposed.items():
        write(SOURCES / "readings" / f"{edition}.toml", annotations)
    count = sum(not annotation.reviewed for annotations in proposed.values() for annotation in annotations)
    if not count:
        sys.stdout.write(said_in.gettext("Every reading has been looked at: there is nothing to do.") + "\n")
        return ExitCode.WELL
    # TRANSLATORS: a reading is how kanji are read (furigana); {line} is a line of a file and stays as it is.
    sentence = said_in.ngettext(
        "{count} reading in {folder} is proposed: correct it, then remove its line {line}.",
        "{count} readings in {folder} are proposed: correct each, then remove its line {line}.",
        count,
        folder=SOURCES / "readings",
        line="reviewed = false",
    )
    sys.stdout.write(f"{sentence}\n")
    return ExitCode.WELL


def _show(options: argparse.Namespace, said_in: Messages) -> int:
    from minato_viewer.pages.compose import Composer  # noqa: PLC0415 - only this command composes pages
    from minato_viewer.pages.plaintext import as_json, plain_text  # noqa: PLC0415 - the same
    from minato_viewer.planfile.reader import Plan  # noqa: PLC0415 - `build` need not open a plan file

    plan = Plan(options.plan or default_plan())
    reader = messages(language(options.lang).tag) if options.lang else said_in
    page = Composer(plan, date.today()).page(options.code, reader, furigana=options.json)
    if options.json:
        sys.stdout.write(json.dumps(as_json(page), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(plain_text(page))
    return ExitCode.WELL


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**6):
        raise argparse.ArgumentTypeError(f"--limit {text}: 1-999999")
    return int(text)


def _search(options: argparse.Namespace, said_in: Messages) -> int:
    from minato_viewer.planfile.reader import Plan  # noqa: PLC0415 - `build` need not open a plan file
    from minato_viewer.planfile.search import Scope, Search  # noqa: PLC0415 - the same

    reader = messages(language(options.lang).tag) if options.lang else said_in
    plan = Plan(options.plan or default_plan())
    if options.edition and options.edition not in plan.editions:
        raise RequestFault(
            N_("There is no edition {edition}: choose one of {known}."),
            edition=options.edition,
            known=", ".join(plan.editions),
        )
    text, scope = " ".join(options.text), Scope(edition=options.edition)
    search = Search(plan)
    found = search.find(text, reader.tag, scope, options.limit)
    if options.json:
        rows = [
            {"code": hit.code, "title": hit.title, "lang": hit.lang, "field": hit.field}
            | {"snippet": hit.snippet.text, "tier": hit.tier.value}
            for hit in found.hits
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    elif found.hits:
        from minato_viewer.pages.wording import missing_title, title_mark  # noqa: PLC0415 - not for JSON

        for hit in found.hits:
            title = hit.title or missing_title(hit.kind, hit.number, reader)
            mark = title_mark(hit, reader)
            shown = "" if hit.snippet.text == hit.title else f"\n    {hit.snippet.text}"
            sys.stdout.write(f"{hit.code}  {title}{f' [{mark}]' if mark else ''}{shown}\n")
        count = search.count(text, scope) if found.more else len(found.hits)
        sys.stdout.write(reader.ngettext("{count} result", "{count} results", count) + "\n")
    else:
        sys.stdout.write(reader.gettext("Nothing was found for “{words}”.", words=text) + "\n")
        if near := search.near_words(text):
            sys.stdout.write(reader.gettext("Perhaps: {words}", words=", ".join(near)) + "\n")
    return ExitCode.WELL if found.hits else ExitCode.FINDINGS


def _stats(path: Path, *, as_json: bool) -> int:
    from minato_viewer.planfile.reader import Plan  # noqa: PLC0415 - `build` need not open a plan file

    plan = Plan(path)
    counts = [
        {"edition": edition, "lang": lang, "status": status, "texts": texts}
        for edition, lang, status, texts in plan.counts()
    ]
    if as_json:
        sys.stdout.write(json.dumps({"meta": plan.properties, "texts": counts}, ensure_ascii=False, indent=2) + "\n")
        return ExitCode.WELL
    for key, value in sorted(plan.properties.items()):
        sys.stdout.write(f"{key}: {value}\n")
    for row in counts:
        sys.stdout.write("{edition:8} {lang:10} {status:10} {texts:6}\n".format(**row))
    return ExitCode.WELL
