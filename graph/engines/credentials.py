"""A fresh password for each start of the embedded server, and the files that tell the server its two users."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

#: the user that may do everything; writes and schema
ROOT = "root"
#: the user for statements that we did not write: it may read records and nothing else
READER = "reader"

#: as the server checks passwords (ArcadeDB's default algorithm and count)
_ALGORITHM = "PBKDF2WithHmacSHA256"
_ITERATIONS = 65_536


@dataclass(frozen=True, slots=True)
class Credentials:
    """The two users' passwords of one start; they live in the state file only, which nobody else may read."""

    root: str
    reader: str

    def __repr__(self) -> str:
        """Without the passwords: records end up in logs."""
        return "Credentials(***)"


def new_credentials() -> Credentials:
    """Two random passwords."""
    return Credentials(secrets.token_urlsafe(24), secrets.token_urlsafe(24))


def write_users(config: Path, credentials: Credentials) -> None:
    """Write the server's user and group files, readable by this user only; the server must not be running.

    The files hold salted hashes. A running server reloads them every few seconds, hence the rule.
    """
    users = [
        {"name": ROOT, "databases": {"*": ["admin"]}, "password": _hashed(credentials.root)},
        {"name": READER, "databases": {"*": [READER]}, "password": _hashed(credentials.reader)},
    ]
    write_private(config / "server-users.jsonl", "".join(json.dumps(user) + "\n" for user in users))
    write_private(config / "server-groups.json", json.dumps(_groups(), indent=1))


def write_private(path: Path, text: str) -> None:
    """Replace a file by one that only this user may read, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600, exist_ok=False)
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _hashed(password: str) -> str:
    salt = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode("ascii"), _ITERATIONS, dklen=32)
    return f"{_ALGORITHM}${_ITERATIONS}${salt}${base64.b64encode(key).decode('ascii')}"


def _groups() -> dict[str, object]:
    limits = {"resultSetLimit": -1, "readTimeout": -1}
    every = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    groups = {
        "*": {**limits, "access": [], "types": {"*": {"access": []}}},
        READER: {**limits, "access": [], "types": {"*": {"access": ["readRecord"]}}},
        "admin": {
            **limits,
            "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
            "types": {"*": {"access": every}},
        },
    }
    return {"version": 2, "databases": {"*": {"groups": groups}}}
