"""Which update of the content a plan file is, and how updates and the keys for them are made."""

import os
import re
import stat
from pathlib import Path

import pytest

from minato_viewer.authoring.content import content
from minato_viewer.domain.faults import Fault, PlanFault, SourceFault
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.imprint import content_line
from minato_viewer.paths import RESOURCES
from minato_viewer.planfile.pack import Pack, Trust
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.settings import Settings
from minato_viewer.services.trust import trust
from tests.unit.running import one_sentence, python, run
from tests.unit.setting import written
from tests.unit.test_damaged_files import changed

KEY, OTHER = "0123456789abcdef" * 4, "fedcba9876543210" * 4

# -- serial and day ------------------------------------------------------------------------------


def test_a_plan_file_says_which_update_it_is(plan: Plan) -> None:
    assert plan.serial >= 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", plan.as_of)
    for tag in TAGS:
        line = content_line(plan, messages(tag))
        assert str(plan.serial) in line
        assert plan.as_of in line


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "has no table"),
        ("content = 3", "has no table"),
        ("[content]\nas_of = '2026-11-27'", "the key serial is missing"),
        ("[content]\nserial = '1'\nas_of = '2026-11-27'", "the key serial is missing"),
        ("[content]\nserial = 0\nas_of = '2026-11-27'", "must be 1 or larger"),
        ("[content]\nserial = 1", "the key as_of is missing"),
        ("[content]\nserial = 1\nas_of = 'soon'", "must be a day"),
        ("[content]\nserial = 1\nas_of = '2026-11-27'\nby = 'me'", "the key by is not known"),
        ("[other]", "the key other is not known"),
    ],
)
def test_what_the_sources_must_say_of_it(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=sentence):
        content(written(tmp_path / "content.toml", text))


def test_a_plan_file_that_does_not_say_it_is_shown_but_not_packed(bare_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.sqlite"
    changed(bare_path.read_bytes(), path, "DELETE FROM properties WHERE key IN ('serial', 'as_of')")
    plan = Plan(path)
    assert (plan.serial, plan.as_of, content_line(plan, messages("en"))) == (0, "", "")
    plan.close()
    run("plan", "pack", "--new-key", "a.key", home=tmp_path)
    packed = run("plan", "pack", "-o", "a.pack", "--key", "a.key", "--plan", path, home=tmp_path)
    assert packed.returncode == 1
    assert "does not say which update it is" in one_sentence(packed.stderr)


@pytest.mark.parametrize("value", ["one", "-1", "1.5", "²", "9999999999"])
def test_a_serial_that_is_no_number_is_damage(value: str, bare_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.sqlite"
    changed(bare_path.read_bytes(), path, f"UPDATE properties SET value = '{value}' WHERE key = 'serial'")
    with pytest.raises(PlanFault, match="is damaged"):
        Plan(path)


# -- minato-plan pack ----------------------------------------------------------------------------


def test_a_key_is_its_owners_alone_and_an_update_is_signed_by_each(plan_path: Path, tmp_path: Path) -> None:
    public = [run("plan", "pack", "--new-key", f"{name}.key", home=tmp_path).stdout.strip() for name in "ab"]
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in public)
    assert len(set(public)) == 2
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600
    assert public[0] not in (tmp_path / "a.key").read_text()
    keys = ["--key", "a.key", "--key", "b.key"]
    packed = run("plan", "pack", "-o", "a.pack", *keys, "--plan", plan_path, home=tmp_path)
    assert (packed.returncode, packed.stderr) == (0, "")
    trusted = Trust(frozenset(map(bytes.fromhex, public)), needed=2)
    manifest = Pack(tmp_path / "a.pack", trusted).manifest
    assert f"content number {manifest.serial}, as of {manifest.as_of}, with 2 signatures." in packed.stdout


def test_a_key_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    run("plan", "pack", "--new-key", "a.key", home=tmp_path)
    before = (tmp_path / "a.key").read_bytes()
    again = run("plan", "pack", "--new-key", "a.key", home=tmp_path)
    assert (again.returncode, again.stdout) == (1, "")
    assert "a.key cannot be written" in one_sentence(again.stderr)
    assert (tmp_path / "a.key").read_bytes() == before


@pytest.mark.parametrize("key", ["missing", "text", "short"])
def test_what_is_no_key_signs_nothing(key: str, plan_path: Path, tmp_path: Path) -> None:
    written(tmp_path / "text", "not a key")
    written(tmp_path / "short", "0123")
    packed = run("plan", "pack", "-o", "a.pack", "--key", key, "--plan", plan_path, home=tmp_path)
    assert packed.returncode == 1
    assert key in one_sentence(packed.stderr)
    assert not (tmp_path / "a.pack").exists()


@pytest.mark.parametrize("arguments", [[], ["-o", "a.pack"], ["--key", "a.key"]])
def test_what_pack_must_be_told(arguments: list[str], tmp_path: Path) -> None:
    packed = run("plan", "pack", *arguments, home=tmp_path)
    assert packed.returncode == 2
    assert "-o FILE" in one_sentence(packed.stderr)


@pytest.mark.parametrize("command", ["build", "check", "export", "readings"])
def test_where_there_are_no_sources_a_command_says_so(command: str, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom minato_viewer.cli import plan\nplan.SOURCES = Path('nowhere')\n"
        "for name in ('minato_viewer.authoring', 'sqlalchemy'): sys.modules[name] = None\n"
        "sys.exit(plan.main(sys.argv[1:]))"
    )
    done = python(["-c", code, command], tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no plan sources here" in one_sentence(done.stderr)
    assert list(tmp_path.iterdir()) == []


# -- whom this program believes ------------------------------------------------------------------


def test_the_keys_of_the_program_and_those_of_the_policy_count_together(tmp_path: Path) -> None:
    shipped = written(tmp_path / "keys.toml", f"keys = ['{KEY}']")
    settings = Settings(update_keys=(OTHER,), update_revoked=(KEY,), update_signatures=2)
    both = frozenset({bytes.fromhex(KEY), bytes.fromhex(OTHER)})
    assert trust(settings, shipped) == Trust(both, frozenset({bytes.fromhex(KEY)}), 2)
    assert trust(Settings(), shipped) == Trust(frozenset({bytes.fromhex(KEY)}))
    assert trust(Settings(), tmp_path / "none") == Trust(frozenset())


def test_the_program_comes_without_any_key() -> None:
    assert trust(Settings()) == Trust(frozenset())
    assert (RESOURCES / "keys.toml").exists()


@pytest.mark.parametrize("text", ["keys = 'x'", f"keys = ['{KEY}', 'x']", "keys = [5]", "keys = [", "\xff"])
def test_a_broken_file_of_keys_is_not_guessed_at(text: str, tmp_path: Path) -> None:
    with pytest.raises(Fault):
        trust(Settings(), written(tmp_path / "keys.toml", text.encode("latin-1")))
