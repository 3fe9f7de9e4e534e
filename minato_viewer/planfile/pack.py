"""A plan file on its way to the counters: one signed file, and the checks before anything in it is believed.

    MNTPPACK 1 | length of the manifest | manifest | number of signatures | (key, signature) ... | the plan file

The manifest is JSON: `serial`, `as_of`, `format`, `size` and `sha256` of the plan file. Each signature is Ed25519 over
everything before their number. FORMAT.md has the bytes. There is no archive in it, so no name in it can lead anywhere.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.planfile.format import FORMAT_MAJOR
from minato_viewer.planfile.reader import Plan

MAGIC = b"MNTPPACK\x01"
LARGEST_PLAN = 256 * 1024 * 1024
"""Bytes; a thousand times the plan of today."""
_LARGEST_MANIFEST = 64 * 1024
_MOST_SIGNATURES = 16
_KEY, _SIGNATURE = 32, 64
_CHUNK = 1 << 20

_BROKEN = N_("{path} is no complete update: copy it anew from where it came from.")
_STRANGER = N_("{path} is not signed by a key that this program trusts: ask who made it.")
_TOO_FEW = N_("{path} has {found} of the {needed} signatures that are needed: ask who made it.")
_NEWER = N_("{path} is for a newer program: install the newer program first.")
_UNREADABLE = N_("{path} cannot be read ({reason}): check the stick or the shared folder.")


class Manifest(NamedTuple):
    """What an update says of its plan file."""

    serial: int
    """Counts the updates; a later one has a larger number."""
    as_of: str
    """The day (ISO) for which the content holds."""
    format: str
    size: int
    """Bytes of the plan file."""
    sha256: str


class Trust(NamedTuple):
    """Whose signatures count: public keys (32 bytes each), those taken back, and how many are needed."""

    keys: frozenset[bytes]
    revoked: frozenset[bytes] = frozenset()
    needed: int = 1


class PackFault(Fault):
    """An update that is refused; the sentence says why, and nothing was changed."""


class PackNotNewerFault(PackFault):
    """An update that is as old as what is shown or older, which staff may take in all the same."""


def write_pack(plan: Path, secret_keys: list[bytes], target: Path) -> Manifest:
    """Sign `plan` with each of `secret_keys` (seeds of 32 bytes) and write the update to `target`.

    Raises PlanFault where `plan` is no plan file, Fault where it has no serial or `target` cannot be written.
    """
    from nacl.signing import SigningKey  # noqa: PLC0415 - only here and where an update is checked

    opened = Plan(plan)
    opened.close()
    if not (opened.serial and opened.as_of):
        raise Fault(N_("{path} does not say which update it is: build it anew, then pack it."), path=plan)
    content = plan.read_bytes()
    import hashlib  # noqa: PLC0415 - OpenSSL, 3 MB that most sittings never need

    digest = hashlib.sha256(content).hexdigest()
    manifest = Manifest(opened.serial, opened.as_of, opened.properties.get("format", ""), len(content), digest)
    said = json.dumps(manifest._asdict(), sort_keys=True).encode("ascii")
    head = MAGIC + len(said).to_bytes(4, "big") + said
    keys = [SigningKey(seed) for seed in secret_keys]
    signed = b"".join(bytes(key.verify_key) + key.sign(head).signature for key in keys)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(head + bytes([len(keys)]) + signed + content)
        part.replace(target)
    except OSError as error:
        raise Fault(
            N_("{path} cannot be written ({reason}): choose another place with -o."), path=target, reason=error
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


class Pack:
    """An update whose signatures have been checked; its plan file is checked as it is copied."""

    def __init__(self, path: Path, trust: Trust) -> None:
        """Read the head of `path`; PackFault where it is broken, strange or for a newer program."""
        self.path = path
        try:
            with path.open("rb") as file:
                self.manifest, self._start = self._head(file, trust)
                size = file.seek(0, 2)
        except OSError as error:
            raise self._fault(_UNREADABLE, reason=error.strerror or error) from error
        if size != self._start + self.manifest.size:
            raise self._fault(_BROKEN)

    def _fault(self, message: str, **values: Any) -> PackFault:
        return PackFault(message, path=self.path, **values)

    def _head(self, file: BinaryIO, trust: Trust) -> tuple[Manifest, int]:
        def take(count: int) -> bytes:
            taken = file.read(count)
            if len(taken) != count:
                raise self._fault(_BROKEN)
            return taken

        if take(len(MAGIC)) != MAGIC:
            raise self._fault(_BROKEN)
        length = take(4)
        if int.from_bytes(length, "big") > _LARGEST_MANIFEST:
            raise self._fault(_BROKEN)
        said = take(int.from_bytes(length, "big"))
        count = take(1)[0]
        if count > _MOST_SIGNATURES:
            raise self._fault(_BROKEN)
        signatures = [(take(_KEY), take(_SIGNATURE)) for _ in range(count)]
        # Nothing of the manifest is looked at before someone we trust has signed it.
        self._check(MAGIC + length + said, signatures, trust)
        return self._manifest(said), file.tell()

    def _check(self, head: bytes, signatures: list[tuple[bytes, bytes]], trust: Trust) -> None:
        from nacl.exceptions import BadSignatureError  # noqa: PLC0415 - only where an update is checked
        from nacl.signing import VerifyKey  # noqa: PLC0415 - the same

        trusted = trust.keys - trust.revoked
        valid: set[bytes] = set()
        for key, signature in signatures:
            if key in trusted:
                try:
                    VerifyKey(key).verify(head, signature)
                except BadSignatureError as error:
                    raise self._fault(_BROKEN) from error
                valid.add(key)
        if not valid:
            raise self._fault(_STRANGER)
        if len(valid) < trust.needed:
            raise self._fault(_TOO_FEW, found=len(valid), needed=trust.needed)

    def _manifest(self, said: bytes) -> Manifest:
        try:
            values = cast("dict[str, Any]", json.loads(said))
            manifest = Manifest(*(values[name] for name in Manifest._fields))
        except (ValueError, KeyError, TypeError) as error:
            raise self._fault(_BROKEN) from error
        types = [type(value) for value in manifest]
        if types != [int, str, str, int, str] or not 0 <= manifest.size <= LARGEST_PLAN:
            raise self._fault(_BROKEN)
        major = manifest.format.partition(".")[0]
        if not major.isdigit() or int(major) > FORMAT_MAJOR:
            raise self._fault(_NEWER)
        return manifest

    def copy_plan(self, write: Callable[[bytes], object]) -> None:
        """Hand the plan file to `write` piece by piece; PackFault, at the end, where it was not the one signed for."""
        import hashlib  # noqa: PLC0415 - OpenSSL, 3 MB that most sittings never need

        digest = hashlib.sha256()
        try:
            for piece in self._pieces():
                digest.update(piece)
                write(piece)
        except EOFError as error:
            raise self._fault(_BROKEN) from error
        if digest.hexdigest() != self.manifest.sha256:
            raise self._fault(_BROKEN)

    def _pieces(self) -> Iterator[bytes]:
        left = self.manifest.size
        try:
            with self.path.open("rb") as file:
                file.seek(self._start)
                while left:
                    piece = file.read(min(left, _CHUNK))
                    if not piece:
                        raise EOFError
                    left -= len(piece)
                    yield piece
        except OSError as error:
            raise self._fault(_UNREADABLE, reason=error.strerror or error) from error
