"""What a pattern proposes before it is finished: relation and roles, without certainty, ids or levels."""

from dataclasses import dataclass

from miner.findings import Certainty, FindingKind, Participant, Polarity, Subject


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed finding; certainty and subject are set only where the pattern itself knows them."""

    kind: FindingKind
    relation: str
    #: name of the pattern
    method: str
    polarity: Polarity = "supports"
    drugs: tuple[Participant, ...] = ()
    genes: tuple[Participant, ...] = ()
    variants: tuple[Participant, ...] = ()
    event: Participant | None = None
    comparators: tuple[Participant, ...] = ()
    prior: tuple[Participant, ...] = ()
    #: None: chosen from the sentence or the title
    disease: Participant | None = None
    #: the kind has no disease of its own (target)
    no_disease: bool = False
    certainty: Certainty | None = None
    subject: Subject | None = None
    #: the clause it was read in (masked text), None: the whole sentence
    scope: tuple[int, int] | None = None
    #: a disease that first stands behind this place belongs to something else; None: anywhere
    until: int | None = None
    #: diseases from this place on come first, where there are any
    since: int = 0
    #: why it is not believed; "" where it is
    gate: str = ""
