"""Variant notations in their everyday spellings."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.notation import read_notations


def forms(text: str) -> list[str]:
    return [n.form for n in read_notations(text)]


def test_a_protein_change() -> None:
    (found,) = read_notations("EGFR T790M")
    assert (found.start, found.end, found.form, found.label, found.needs_gene) == (5, 10, "p.T790M", "T790M", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p.T790M", ["p.T790M"]),
        ("Thr790Met", ["p.T790M"]),
        ("p.(Thr790Met)", ["p.T790M"]),
        ("(R51Q)", ["p.R51Q"]),
        ("V600E/K", ["p.V600E", "p.V600K"]),
        ("BRAF V600-mutant", ["p.V600"]),
        ("R175fs*12", ["p.R175fs*12"]),
        ("p.Gln1756fs", ["p.Q1756fs"]),
        ("F508del", ["p.F508del"]),
        ("E746_A750del", ["p.E746_A750del"]),
        ("delE746-A750", ["p.E746_A750del"]),
        ("D770_N771insNPG", ["p.D770_N771insNPG"]),
        ("exon 19 deletions", ["exon19del"]),
        ("deletion in exon 19", ["exon19del"]),
        ("del19", ["exon19del"]),
        ("ex20ins", ["exon20ins"]),
        ("exon 20 insertion mutations", ["exon20ins"]),
        ("exon 14 skipping", ["exon14skipping"]),
        ("exon 11 mutations", ["exon11mutation"]),
        ("c.2369C>T", ["c.2369C>T"]),
        ("c.5266dupC", ["c.5266dupC"]),
        ("185delAG", ["c.185delAG"]),
        ("m.3243A>G", ["m.3243A>G"]),
        ("the C677T polymorphism", ["c.677C>T"]),
        ("G20210A", ["c.20210G>A"]),
        ("rs704 and rs 12345", ["rs704", "rs12345"]),
        ("HLA-B*57:01", ["HLA-B*57:01"]),
        ("HLA-B*1502", ["HLA-B*15:02"]),
        ("HLA-B27", ["HLA-B27"]),
        ("CYP2C19*2/*3", ["*2", "*3"]),
        ("FLT3-ITD", ["ITD"]),
        ("MSI-H", ["MSI-H"]),
        ("microsatellite instability-high", ["MSI-H"]),
        ("dMMR", ["dMMR"]),
        ("mismatch repair deficient", ["dMMR"]),
        ("TMB-high", ["TMB-H"]),
        ("high tumor mutational burden", ["TMB-H"]),
        ("homologous recombination deficiency", ["HRD"]),
    ],
)
def test_spellings(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "S100A protein",
        "T47D cells",
        "C57B mice",
        "type 2 diabetes (T2D)",
        "P450A",
        "the A549 line",
        "grade 3/4",
        "H2O",
        "p53",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert forms(text) == []


@given(st.text(alphabet=st.sampled_from(list("ACGTRVMpc.*>_0179/()- delinsxo")), max_size=40))
def test_notations_do_not_overlap(text: str) -> None:
    found = read_notations(text)
    spans = sorted({(n.start, n.end) for n in found})
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(0 <= s < e <= len(text) for s, e in spans)
