from pathlib import Path

from corpus.rate import SharedPace


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.time += seconds


def pace(folder: Path, clock: Clock) -> SharedPace:
    return SharedPace(folder / "cache" / "pace", 0.5, clock.now, clock.sleep)


def test_turns_are_an_interval_apart_over_all_who_share_the_file(tmp_path: Path) -> None:
    clock = Clock()
    for _ in range(3):
        pace(tmp_path, clock).wait()
    assert clock.slept == [0.5, 0.5]


def test_an_idle_pace_gives_a_turn_at_once(tmp_path: Path) -> None:
    clock = Clock()
    pace(tmp_path, clock).wait()
    clock.time += 9
    pace(tmp_path, clock).wait()
    assert clock.slept == []


def test_hold_is_for_everybody(tmp_path: Path) -> None:
    clock = Clock()
    pace(tmp_path, clock).hold(7)
    pace(tmp_path, clock).wait()
    assert clock.slept == [7]


def test_a_clock_set_back_does_not_stop_the_work(tmp_path: Path) -> None:
    clock = Clock()
    pace(tmp_path, clock).wait()
    clock.time -= 9999
    pace(tmp_path, clock).wait()
    assert clock.slept == []


def test_a_damaged_file_is_started_anew(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "pace").write_text("?")
    clock = Clock()
    pace(tmp_path, clock).wait()
    assert clock.slept == []
