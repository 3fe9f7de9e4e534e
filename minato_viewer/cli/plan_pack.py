"""`minato-plan pack`: signs a plan file for the counters, and makes the keys for it.

A secret key is a text file with 64 hexadecimal digits, which its owner alone can read. The public key that belongs to
it is printed; it goes into resources/keys.toml before the bundle is made, or into the policy of the terminals.
"""

import argparse
import os
import re
import sys
from pathlib import Path

from minato_viewer.domain.faults import ExitCode, Fault, RequestFault
from minato_viewer.domain.messages import N_
from minato_viewer.language.catalogues import Messages
from minato_viewer.paths import default_plan
from minato_viewer.planfile.pack import write_pack

_LARGEST_KEY_FILE = 1024
_HEX_KEY = rb"[0-9a-fA-F]{64}"


def pack(options: argparse.Namespace, said_in: Messages) -> int:
    """Write a signed update, or with `--new-key` a key; return the exit code."""
    if options.new_key:
        sys.stdout.write(f"{_new_key(options.new_key)}\n")
        return ExitCode.WELL
    if not (options.output and options.key):
        raise RequestFault(
            N_("Say where to write the update (-o FILE) and which keys sign it (--key KEYFILE)."), ExitCode.USAGE
        )
    manifest = write_pack(options.plan or default_plan(), [_secret(path) for path in options.key], options.output)
    sentence = said_in.ngettext(
        "{path} holds content number {serial}, as of {day}, with {count} signature.",
        "{path} holds content number {serial}, as of {day}, with {count} signatures.",
        len(options.key),
        path=options.output,
        serial=manifest.serial,
        day=manifest.as_of,
    )
    sys.stdout.write(f"{sentence}\n")
    return ExitCode.WELL


def _new_key(path: Path) -> str:
    """Write a new secret key to `path`, where nothing may be yet, and return the public one."""
    from nacl.signing import SigningKey  # noqa: PLC0415 - 25 ms that no other command needs

    key = SigningKey.generate()
    try:
        # Nobody else can read it, not even for a moment, and no key that is in use is ever overwritten.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{bytes(key).hex()}\n")
    except OSError as error:
        raise Fault(
            N_("The key {path} cannot be written ({reason}): choose another place."),
            path=path,
            reason=error.strerror or error,
        ) from error
    return bytes(key.verify_key).hex()


def _secret(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_KEY_FILE).strip()
    except OSError as error:
        raise Fault(
            N_("The key {path} cannot be read ({reason})."), path=path, reason=error.strerror or error
        ) from error
    if not re.fullmatch(_HEX_KEY, content):
        raise Fault(N_("{path} is no secret key: make one with minato-plan pack --new-key FILE."), path=path)
    return bytes.fromhex(content.decode("ascii"))
