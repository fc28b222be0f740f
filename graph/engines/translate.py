"""Driver exceptions -> our own, with what to do next; addresses without secrets."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.engines import EngineInfo
from graph.engines.errors import (
    EngineDiskFull,
    EngineError,
    EngineStoreError,
    EngineUnavailable,
    StatementFailed,
    StatementRefused,
    StatementTimeout,
    WriteConflict,
)

_USERINFO = re.compile(r"(?<=://)[^/@\s]*@")
_FULL = re.compile(r"no space left|disk full|not enough space|disk quota|file too large", re.IGNORECASE)
_READ_ONLY = re.compile(r"read-only file system|permission denied", re.IGNORECASE)
_TIMED_OUT = re.compile(r"TransactionTimedOut|TransactionTimedOutClientConfiguration|Terminated$")
_REFUSED = ("Neo.ClientError.Security.Forbidden", "Neo.ClientError.Statement.AccessMode")
_BAD_AUTH = ("Neo.ClientError.Security.Unauthorized", "Neo.ClientError.Security.AuthenticationRateLimit")


def redacted(uri: str) -> str:
    """An address without user and password, also when it was written wrongly."""
    scheme, found, _ = uri.partition("://")
    return f"{scheme}://{uri.rpartition('@')[2]}" if found and "@" in uri else uri.rpartition("@")[2]


def _words(error: BaseException) -> str:
    """What the driver says, with addresses redacted."""
    return _USERINFO.sub("", str(getattr(error, "message", None) or error))


@contextmanager
def translated(info: EngineInfo, limit_s: float, *, writing: bool = False) -> Iterator[None]:
    """Turn what the driver raises inside into EngineError's children."""
    try:
        yield
    except (DriverError, Neo4jError, OSError) as error:
        raise translate(error, info, limit_s, writing=writing) from error
    except OverflowError as error:
        raise StatementFailed(f"a value is too large for the graph: {error}; integers have 64 bits") from error


def translate(error: Exception, info: EngineInfo, limit_s: float, *, writing: bool = False) -> EngineError:
    """Our exception for one of the driver's."""
    code = (error.code or "") if isinstance(error, Neo4jError) else ""
    message = _words(error)
    if isinstance(error, AuthError) or code in _BAD_AUTH:
        return EngineUnavailable(
            f"{info.name} at {info.uri} refused user name or password; check the settings "
            "neo4j.user and neo4j.password",
            where=info.uri,
        )
    if _FULL.search(message):
        return EngineDiskFull(
            f"the disk of the graph at {info.uri} is full ({message}); free some space and run the same command again",
            where=info.uri,
        )
    if isinstance(error, ServiceUnavailable | SessionExpired | ConfigurationError | OSError):
        return unreachable(info.name, info.uri, error)
    return _statement_error(error, code, message, info, limit_s, writing=writing)


def unreachable(name: str, uri: str, error: BaseException) -> EngineUnavailable:
    """Nothing answers at an address."""
    what = (_words(error) or type(error).__name__).splitlines()[0]
    advice = (
        "run the same command again; if it stays so, look into the log folder beside the graph"
        if name == "embedded"
        else "start it or correct the setting neo4j.uri, or use `--engine embedded`"
    )
    return EngineUnavailable(f"no graph answers at {redacted(uri)} ({what}); {advice}", where=redacted(uri))


def _statement_error(
    error: Exception, code: str, message: str, info: EngineInfo, limit_s: float, *, writing: bool
) -> EngineError:
    if _TIMED_OUT.search(code):
        return StatementTimeout(limit_s)
    if code in _REFUSED and not writing:
        return StatementRefused(f"the graph does not let it ({message})")
    if _READ_ONLY.search(message):
        return EngineStoreError(
            f"the graph at {info.uri} cannot be written ({message}); check the rights of its folder", where=info.uri
        )
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return EngineUnavailable(
            f"{message} at {info.uri}; check the setting neo4j.database (Neo4j Community has exactly one, neo4j)",
            where=info.uri,
        )
    if isinstance(error, Neo4jError) and error.is_retryable() and not isinstance(error, ClientError):
        return WriteConflict(f"the graph at {info.uri} was busy ({message}); nothing was written, try again")
    return StatementFailed(f"the graph could not run the statement: {message}", code=code)
