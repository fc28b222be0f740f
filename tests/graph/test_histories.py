"""However a graph came about, it is the graph that a clean build of the same inputs gives."""

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.check import check_graph
from graph.digest import graph_digest
from graph.engines import GraphEngine
from graph.history import History
from tests.graph.histories import revise
from tests.graph.memory_engine import MemoryEngine
from tests.graph.worlds import Vocabulary, World


def rebuilt(world: World) -> str:
    """Digest of a clean build of these inputs."""
    with tempfile.TemporaryDirectory() as folder:
        return world.load(MemoryEngine(), Path(folder)).digest


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), loads=st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_incremental_loads_equal_a_clean_build(seed: int, loads: list[int]) -> None:
    chance, world, engine = random.Random(seed), World(), MemoryEngine()
    with tempfile.TemporaryDirectory() as folder:
        for steps in loads:
            for _ in range(steps):
                revise(world, chance)
            report = world.load(engine, Path(folder))
            assert report.digest == graph_digest(engine).value
        assert check_graph(engine, Path(folder) / "manifest.db").problems == ()
        with History(Path(folder) / "history.db") as past:
            assert set(past.states()) == {key[1] for key in engine.nodes if key[0] == "Claim"}
    assert report.digest == rebuilt(world)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32), survived=st.integers(0, 20), late=st.booleans())
def test_a_load_that_was_killed_anywhere_is_finished_by_the_next(seed: int, survived: int, late: bool) -> None:
    chance, world, engine = random.Random(seed), World(), MemoryEngine()
    engine.dies_late = late
    with tempfile.TemporaryDirectory() as folder:
        for round_ in range(3):
            for _ in range(5):
                revise(world, chance)
            engine.dies_after = survived // (round_ + 1) if round_ < 2 else None
            try:
                world.load(engine, Path(folder))
            except KeyboardInterrupt:
                revise(world, chance)
        assert graph_digest(engine).value == rebuilt(world)
        assert check_graph(engine, Path(folder) / "manifest.db").problems == ()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_new_vocabulary_is_taken_over_everywhere(seed: int) -> None:
    chance, world, engine = random.Random(seed), World(), MemoryEngine()
    for _ in range(12):
        revise(world, chance)
    with tempfile.TemporaryDirectory() as folder:
        world.load(engine, Path(folder))
        world.vocabulary = Vocabulary.renamed()
        report = world.load(engine, Path(folder))
        assert report.digest == graph_digest(engine).value
    assert report.digest == rebuilt(world)


def test_real_engines_hold_what_memory_holds(engine: GraphEngine, tmp_path: Path) -> None:
    chance, world = random.Random(1), World()
    for _ in range(3):
        for _ in range(10):
            revise(world, chance, studies=20)
        report = world.load(engine, tmp_path)
    checked = check_graph(engine, tmp_path / "manifest.db")
    assert (checked.problems, checked.digest) == ((), report.digest)
    assert report.digest == rebuilt(world)
    assert world.load(engine, tmp_path).rows == 0
    assert world.load(engine, tmp_path, rebuild=True).digest == graph_digest(engine).value == report.digest
