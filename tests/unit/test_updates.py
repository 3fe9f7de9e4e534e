"""Content updates: what is refused, and that whatever happens on the way the program opens the old or the new."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.faults import Fault
from minato_viewer.planfile import pack as packs
from minato_viewer.planfile.build import build
from minato_viewer.planfile.pack import Pack, PackFault, PackNotNewerFault, Trust, write_pack
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import updates
from minato_viewer.services.updates import LOCK, PlanStore

CITY, DEPUTY, STRANGER = (SigningKey(bytes([number]) * 32) for number in (1, 2, 3))
TRUST = Trust(frozenset({bytes(CITY.verify_key), bytes(DEPUTY.verify_key)}))


def seed(key: SigningKey) -> bytes:
    return bytes(key)


class Kit(NamedTuple):
    """Plan files with serials 1 (shipped) to 4, and an update of each."""

    plans: dict[int, Path]
    packs: dict[int, Path]


@pytest.fixture(scope="module")
def kit(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Kit:
    folder = tmp_path_factory.mktemp("kit")
    plans, made = {}, {}
    for serial in (1, 2, 3, 4):
        properties = {**sources.data.properties, "serial": str(serial), "as_of": f"2026-12-0{serial}"}
        plans[serial] = folder / f"{serial}.sqlite"
        build(sources.data._replace(properties=properties), plans[serial])
        made[serial] = folder / f"{serial}.pack"
        write_pack(plans[serial], [seed(CITY)], made[serial])
    return Kit(plans, made)


@pytest.fixture
def store(kit: Kit, tmp_path: Path) -> PlanStore:
    """Nothing but the shipped plan, which has serial 1."""
    shipped = tmp_path / "program" / "plan.sqlite"
    shipped.parent.mkdir()
    shutil.copyfile(kit.plans[1], shipped)
    return PlanStore(tmp_path / "plans", shipped)


def serial(store: PlanStore) -> int:
    plan = Plan(store.shown().path)
    found = int(plan.properties["serial"])
    assert plan.node("2021/policy/4") is not None
    plan.close()
    return found


def files(folder: Path) -> dict[str, str]:
    if not folder.exists():
        return {}
    paths = [path for path in folder.iterdir() if path.name != LOCK]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


# -- taking one in -------------------------------------------------------------------------------


def test_without_any_update_the_shipped_plan_is_shown(store: PlanStore, tmp_path: Path) -> None:
    assert store.shown() == (tmp_path / "program" / "plan.sqlite", ())
    assert not store.can_roll_back()
    assert files(tmp_path / "plans") == {}


def test_an_update_is_shown_from_then_on(store: PlanStore, kit: Kit, tmp_path: Path) -> None:
    manifest = store.install(kit.packs[2], TRUST)
    assert (manifest.serial, manifest.as_of) == (2, "2026-12-02")
    assert serial(store) == 2
    assert store.shown().path.read_bytes() == kit.plans[2].read_bytes()
    assert sorted(files(tmp_path / "plans")) == ["current.json", store.shown().path.name]


def test_the_last_two_are_kept(store: PlanStore, kit: Kit, tmp_path: Path) -> None:
    for number in (2, 3, 4):
        store.install(kit.packs[number], TRUST)
    assert serial(store) == 4
    kept = [name.split("-")[1] for name in sorted(files(tmp_path / "plans")) if name.startswith("plan-")]
    assert kept == ["00000003", "00000004"]


def test_the_way_back_and_forth(store: PlanStore, kit: Kit) -> None:
    store.install(kit.packs[2], TRUST)
    store.install(kit.packs[3], TRUST)
    assert store.can_roll_back()
    store.roll_back()
    assert serial(store) == 2
    store.roll_back()
    assert serial(store) == 1, "the plan file that came with the program"
    assert not store.can_roll_back()
    with pytest.raises(Fault, match="no older content"):
        store.roll_back()
    assert serial(store) == 1
    store.install(kit.packs[3], TRUST)
    assert serial(store) == 3


def test_what_staff_went_back_from_is_no_news(store: PlanStore, kit: Kit, tmp_path: Path) -> None:
    assert store.newest() == 1
    store.install(kit.packs[3], TRUST)
    store.roll_back()
    assert (serial(store), store.newest()) == (1, 3)
    (tmp_path / "plans" / "plan-99999999.sqlite").write_bytes(b"not ours")
    assert store.newest() == 3


def test_a_plan_file_that_is_kept_is_not_written_again(store: PlanStore, kit: Kit) -> None:
    store.install(kit.packs[2], TRUST)
    kept = store.shown().path
    written = kept.stat().st_mtime_ns
    store.roll_back()
    store.install(kit.packs[2], TRUST)
    assert store.shown().path == kept
    assert kept.stat().st_mtime_ns == written
    kept.write_bytes(b"damaged")
    store.install(kit.packs[2], TRUST)
    assert serial(store) == 2


def test_two_programs_that_take_in_the_same_do_it_one_after_the_other(
    store: PlanStore, kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "_PATIENCE", 0.05)
    other = PlanStore(tmp_path / "plans", tmp_path / "program" / "plan.sqlite")
    with other._alone(), pytest.raises(Fault, match="in use by another window"):
        store.install(kit.packs[2], TRUST)
    assert serial(store) == 1
    monkeypatch.undo()
    with ThreadPoolExecutor(4) as pool:
        ends = [pool.submit(PlanStore(tmp_path / "plans", kit.plans[1]).install, kit.packs[2], TRUST) for _ in range(4)]
    faults = [end.exception() for end in ends]
    assert faults.count(None) == 1
    assert all(fault is None or isinstance(fault, PackNotNewerFault) for fault in faults)
    assert serial(store) == 2


def test_an_older_one_only_where_staff_confirm(store: PlanStore, kit: Kit) -> None:
    store.install(kit.packs[3], TRUST)
    for number in (2, 3):
        with pytest.raises(PackFault, match="is shown already"):
            store.install(kit.packs[number], TRUST)
    assert serial(store) == 3
    store.install(kit.packs[2], TRUST, older=True)
    assert serial(store) == 2


def test_a_newer_program_brings_a_newer_plan(store: PlanStore, kit: Kit, tmp_path: Path) -> None:
    store.install(kit.packs[2], TRUST)
    shutil.copyfile(kit.plans[3], tmp_path / "program" / "plan.sqlite")
    assert serial(store) == 3
    store.install(kit.packs[4], TRUST)
    assert serial(store) == 4


# -- what is refused -----------------------------------------------------------------------------


@pytest.fixture
def refused(store: PlanStore, tmp_path: Path) -> Callable[..., str]:
    """Try an update that must be refused; return the sentence, after a look at what has changed."""

    def try_it(path: Path, trust: Trust = TRUST) -> str:
        before = files(tmp_path / "plans"), store.shown()
        with pytest.raises(PackFault) as caught:
            store.install(path, trust)
        assert (files(tmp_path / "plans"), store.shown()) == before
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return try_it


def test_strangers_revoked_keys_and_too_few_signatures(refused: Callable[..., str], kit: Kit, tmp_path: Path) -> None:
    both = tmp_path / "both.pack"
    write_pack(kit.plans[2], [seed(CITY), seed(DEPUTY)], both)
    stranger = tmp_path / "stranger.pack"
    write_pack(kit.plans[2], [seed(STRANGER)], stranger)
    unsigned = tmp_path / "unsigned.pack"
    write_pack(kit.plans[2], [], unsigned)
    twice = tmp_path / "twice.pack"
    write_pack(kit.plans[2], [seed(CITY), seed(CITY)], twice)
    demanding = TRUST._replace(needed=2)
    assert "not signed by a key that this program trusts" in refused(stranger)
    assert "not signed by a key" in refused(unsigned)
    assert "not signed by a key" in refused(kit.packs[2], TRUST._replace(revoked=frozenset({bytes(CITY.verify_key)})))
    assert "not signed by a key" in refused(kit.packs[2], Trust(frozenset()))
    assert "1 of the 2 signatures" in refused(kit.packs[2], demanding)
    assert "1 of the 2 signatures" in refused(twice, demanding)
    assert Pack(both, demanding).manifest.serial == 2


def forged(kit: Kit, target: Path, plan: bytes | None = None, **changes: object) -> Path:
    """Write an update with a changed manifest, rightly signed."""
    content = kit.plans[2].read_bytes() if plan is None else plan
    manifest = {
        "serial": 2,
        "as_of": "2026-12-02",
        "format": "1.0",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        **changes,
    }
    said = json.dumps(manifest).encode()
    head = packs.MAGIC + len(said).to_bytes(4, "big") + said
    signature = bytes(CITY.verify_key) + CITY.sign(head).signature
    target.write_bytes(head + b"\x01" + signature + content)
    return target


def test_what_is_rightly_signed_but_wrong(refused: Callable[..., str], kit: Kit, tmp_path: Path) -> None:
    path = tmp_path / "forged.pack"
    assert "newer program" in refused(forged(kit, path, format="2.0"))
    sizes = ({"size": size} for size in (-1, 5, 10 * 2**30))
    others = ({"format": "x"}, {"format": 1}, {"serial": "2"}, {"serial": True}, {"sha256": "0" * 64}, {"sha256": None})
    for changes in (*sizes, *others):
        assert refused(forged(kit, path, **changes)), changes
    assert "does not open" in refused(forged(kit, path, plan=b"no plan file"))
    assert "does not open" in refused(forged(kit, path, serial=3))  # the plan file inside says 2
    damaged = bytearray(kit.plans[2].read_bytes())
    damaged[5000:9000] = os.urandom(4000)
    assert "does not open" in refused(forged(kit, path, plan=bytes(damaged)))


def test_a_name_that_leads_elsewhere_leads_nowhere(store: PlanStore, kit: Kit, tmp_path: Path) -> None:
    path = forged(kit, tmp_path / "..%2f..%2fplan.pack", name="../../../etc/passwd", path="/etc/passwd")
    store.install(path, TRUST)
    assert store.shown().path.parent == tmp_path / "plans"


def test_an_enormous_file_is_refused_at_once(refused: Callable[..., str], tmp_path: Path, kit: Kit) -> None:
    path = tmp_path / "huge.pack"
    with path.open("wb") as file:
        file.truncate(10 * 2**30)  # sparse: it takes no room
    assert "no complete update" in refused(path)
    shutil.copyfile(kit.packs[2], path)
    with path.open("r+b") as file:
        file.truncate(10 * 2**30)
    assert "no complete update" in refused(path)


@pytest.mark.parametrize("name", ["missing.pack", "folder"])
def test_what_cannot_be_read(name: str, refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert "cannot be read" in refused(tmp_path / name)


def test_every_length_of_a_cut_file_is_refused(refused: Callable[..., str], kit: Kit, tmp_path: Path) -> None:
    whole = kit.packs[2].read_bytes()
    path = tmp_path / "cut.pack"
    head = len(whole) - kit.plans[2].stat().st_size
    for length in [*range(0, head + 2, 7), head, head + 1, len(whole) // 2, len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert refused(path), length
    path.write_bytes(whole + b"x")
    assert refused(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.floats(0, 1), flip=st.integers(1, 255))
def test_a_flipped_byte_anywhere_is_refused(
    at: float, flip: int, kit: Kit, refused: Callable[..., str], tmp_path: Path
) -> None:
    changed = bytearray(kit.packs[2].read_bytes())
    # Half of them in the head, which is a hundredth of the file.
    head = len(changed) - kit.plans[2].stat().st_size
    place = int(at * 2 * (head - 1)) if at < 0.5 else head + int((at - 0.5) * 2 * (len(changed) - head - 1))
    changed[place] ^= flip
    path = tmp_path / "flipped.pack"
    path.write_bytes(changed)
    assert refused(path)


def test_a_stick_that_is_pulled_out_while_it_is_read(
    refused: Callable[..., str], kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(self: Pack) -> Iterator[bytes]:
        yield kit.plans[2].read_bytes()[:1000]
        raise self._fault(packs._UNREADABLE, reason=os.strerror(errno.EIO))

    monkeypatch.setattr(Pack, "_pieces", pulled)
    assert "cannot be read" in refused(kit.packs[2])


# -- whatever happens on the way -----------------------------------------------------------------


class Killed(BaseException):
    """The process ends here: nothing after it runs, no `finally` of ours either."""


class Stumbling:
    """Lets the deed `failing` on the disk fail with an error, or end the process: then no later one is done either."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, failing: int, error: BaseException) -> None:
        self._left = failing
        self._error = error
        self.stumbled = False
        for owner, name in ((Path, "mkdir"), (Path, "open"), (os, "fsync"), (Path, "replace"), (Path, "unlink")):
            monkeypatch.setattr(owner, name, self._stumbling(getattr(owner, name), folder))

    def _stumbling(self, real: Callable[..., object], folder: Path) -> Callable[..., object]:
        def deed(first: object, *arguments: object, **named: object) -> object:
            reads = real.__name__ == "open" and "w" not in str(arguments[:1])
            if reads or (isinstance(first, Path) and not first.is_relative_to(folder)):
                return real(first, *arguments, **named)
            if self._left == 0 or (self.stumbled and isinstance(self._error, Killed)):
                self._left = -1
                self.stumbled = True
                raise self._error
            self._left -= 1
            return real(first, *arguments, **named)

        return deed


@pytest.mark.parametrize("error", [Killed(), OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken")], ids=repr)
def test_after_a_failure_at_any_step_the_old_or_the_new_is_shown(
    error: BaseException, store: PlanStore, kit: Kit, tmp_path: Path
) -> None:
    seen: list[int] = []
    for step in range(100):
        shutil.rmtree(tmp_path / "plans", ignore_errors=True)
        store.install(kit.packs[2], TRUST)
        with pytest.MonkeyPatch.context() as patched:
            stumbling = Stumbling(patched, tmp_path / "plans", step, error)
            with contextlib.suppress(Killed, Fault):
                store.install(kit.packs[3], TRUST)
        # As the next start finds it.
        fresh = PlanStore(tmp_path / "plans", tmp_path / "program" / "plan.sqlite")
        seen.append(serial(fresh))
        assert seen[-1] in (2, 3)
        assert fresh.shown().passed_over == ()
        if not stumbling.stumbled:
            break
    assert len(seen) > 6
    assert set(seen) == {2, 3}
    # And it goes on from there.
    store.install(kit.packs[4], TRUST)
    assert serial(store) == 4
    assert not list((tmp_path / "plans").glob("*.part"))


def test_a_full_disk_is_one_sentence(store: PlanStore, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9, 1000))
    with pytest.raises(Fault, match="disk is full"):
        store.install(kit.packs[2], TRUST)
    assert serial(store) == 1


@pytest.mark.parametrize("spoil", ["empty", "cut", "garbage", "folder", "gone"])
def test_a_plan_file_that_no_longer_opens_is_passed_over(
    spoil: str, store: PlanStore, kit: Kit, tmp_path: Path
) -> None:
    store.install(kit.packs[2], TRUST)
    store.install(kit.packs[3], TRUST)
    newest = store.shown().path
    match spoil:
        case "empty":
            newest.write_bytes(b"")
        case "cut":
            newest.write_bytes(newest.read_bytes()[:5000])
        case "garbage":
            newest.write_bytes(os.urandom(8192))
        case "folder":
            newest.unlink()
            newest.mkdir()
        case _:
            newest.unlink()
    assert serial(store) == 2
    assert store.shown().passed_over == (() if spoil == "gone" else (newest,))
    older = store.shown().path
    older.write_bytes(b"")
    assert serial(store) == 1
    assert older in store.shown().passed_over


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"plan": 5}', b'{"plan": "../../etc/passwd"}', b"\xff\xfe"])
def test_a_broken_pointer_leaves_the_newest(content: bytes, store: PlanStore, kit: Kit, tmp_path: Path) -> None:
    store.install(kit.packs[2], TRUST)
    store.install(kit.packs[3], TRUST)
    (tmp_path / "plans" / "current.json").write_bytes(content)
    assert serial(store) == 3


def test_files_of_others_in_the_folder_disturb_nothing(store: PlanStore, kit: Kit, tmp_path: Path) -> None:
    store.install(kit.packs[2], TRUST)
    for name in ("plan-.sqlite", "plan-x.sqlite", "plan-99999999.sqlite", "notes.txt", "plan-²-a.sqlite"):
        (tmp_path / "plans" / name).write_bytes(b"not ours")
    assert serial(store) == 2
