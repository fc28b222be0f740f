"""What can go wrong while the graph is assembled, loaded or checked.

GraphError
├── GraphRetryable            the same command may succeed later
│   └── LeaseHeld             another loader is writing to this graph
└── GraphFinal                needs a change before it can succeed
    ├── RowRefused            a row does not fit graph/schema.py
    ├── IncompleteWrite       the engine matched fewer rows than were sent
    ├── ForeignGraph          the graph was loaded from another home, or its manifest is gone
    ├── UnusableManifest      the manifest file is damaged or made by a newer version
    └── UnknownRelease        no release of that name or number in the history

Errors of the engines themselves stand in graph/engines/errors.py.
"""


class GraphError(Exception):
    """Root of the graph package's own errors."""


class GraphRetryable(GraphError):
    """The same command may succeed later."""


class GraphFinal(GraphError):
    """Something has to change before the command can succeed."""


class LeaseHeld(GraphRetryable):
    """Another loader is writing to this graph; carries until, the ISO time its lease ends."""

    def __init__(self, until: str) -> None:
        super().__init__(
            f"another load is writing to this graph (its lease ends {until}); wait for it, then run load again"
        )
        self.until = until


class RowRefused(GraphFinal):
    """A row does not fit graph/schema.py; carries kind, key and reason."""

    def __init__(self, kind: str, key: str, reason: str) -> None:
        super().__init__(
            f"{kind} {key!r} was not written: {reason}; this is a bug of ours, please report it with this line"
        )
        self.kind = kind
        self.key = key
        self.reason = reason


class IncompleteWrite(GraphFinal):
    """The engine matched fewer rows than were sent; carries kind, sent and matched."""

    def __init__(self, kind: str, sent: int, matched: int) -> None:
        super().__init__(
            f"{sent} {kind} rows were sent and {matched} matched: the graph lacks nodes that its manifest lists; "
            "run load --rebuild"
        )
        self.kind = kind
        self.sent = sent
        self.matched = matched


class ForeignGraph(GraphFinal):
    """The graph at the other end is not what this home's manifest describes; carries uri and reason."""

    def __init__(self, uri: str, reason: str) -> None:
        super().__init__(
            f"the graph at {uri} {reason}; nothing was changed. To replace it with this home's data, run load --rebuild"
        )
        self.uri = uri
        self.reason = reason


class UnusableManifest(GraphFinal):
    """The manifest file cannot be used; carries path and reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"the load manifest {path} {reason}; delete the file and run load --rebuild")
        self.path = path
        self.reason = reason


class UnknownRelease(GraphFinal):
    """No release of that name or number; carries name and the known names."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no release {name!r} in the history; known releases: {', '.join(known) or 'none yet'}")
        self.name = name
        self.known = known
