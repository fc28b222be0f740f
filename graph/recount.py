"""Rows of claims and variants as the manifest's contributions and uses have them now."""

from collections.abc import Callable, Iterable, Sequence

from graph.claims import ClaimKey, aggregate, claim_rows, claim_statement, opposed
from graph.history import ClaimState
from graph.manifest import Manifest
from graph.rows import Row
from graph.vocabulary import Names, variant_rows


def claims_owned(touched: set[str], manifest: Manifest, names: Names) -> dict[str, Sequence[Row]]:
    """Owner -> rows of these claims and of those they oppose; notes in the manifest what each says.

    A claim to which nothing contributes any more has no rows.
    """
    keys = manifest.claim_keys(touched)
    keys |= manifest.claim_keys(_rivals(keys.values()))
    contributions = manifest.contributions({**_rivals(keys.values()), **keys})
    name = _namer(manifest, names)
    owned: dict[str, Sequence[Row]] = {f"claim:{claim_id}": [] for claim_id in sorted(touched - keys.keys())}
    states: dict[str, str | None] = {}
    for claim_id, key in sorted(keys.items()):
        own = contributions.get(claim_id)
        if not own:
            owned[f"claim:{claim_id}"] = []
            states[claim_id] = None
            continue
        rivals = [rival for rival in opposed(key) if rival.id in contributions]
        numbers = aggregate(own, [item for rival in rivals for item in contributions[rival.id]])
        words = claim_statement(key, name)
        owned[f"claim:{claim_id}"] = claim_rows(key, numbers, words, rivals)
        states[claim_id] = ClaimState(words, numbers).to_text()
    manifest.keep_claim_states(states)
    return owned


def variants_owned(variants: set[str], manifest: Manifest) -> dict[str, Sequence[Row]]:
    """Owner -> rows of these variants; none for one that no study names any more."""
    owned: dict[str, Sequence[Row]] = {}
    for variant in sorted(variants):
        uses = manifest.uses_of(variant)
        owned[f"variant:{variant}"] = variant_rows(variant, uses) if uses else []
    return owned


def _rivals(keys: Iterable[ClaimKey]) -> dict[str, ClaimKey]:
    return {rival.id: rival for key in keys for rival in opposed(key)}


def _namer(manifest: Manifest, names: Names) -> Callable[[str], str]:
    variants: dict[str, str] = {}

    def name(concept_id: str) -> str:
        if not names.is_variant(concept_id):
            concept = names.concept(concept_id)
            return (concept.symbol or concept.name) if concept else concept_id
        if concept_id not in variants:
            variants[concept_id] = manifest.variant_name(concept_id) or concept_id
        return variants[concept_id]

    return name
