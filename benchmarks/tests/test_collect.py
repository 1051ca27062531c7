"""Results out of pytest-benchmark's JSON."""

import pytest

from benchmarks.collect import Entry, calls, crowds, quartiles, starts


def turn(number: int, *timings: float) -> Entry:
    """Return an entry as pytest-benchmark writes it for one turn."""
    extra = {"turn": number, "workload": "add", "backend": "wasm-c", "iterations": 100}
    return {"extra_info": extra, "stats": {"data": list(timings)}}


def test_turns_of_a_backend_are_merged_in_order() -> None:
    """Timings become times of one call, and turns keep the order in which they were taken."""
    (call,) = calls([turn(1, 5e-5, 7e-5), turn(0, 1e-5, 3e-5)])
    assert (call.workload, call.backend, call.timings, call.iterations) == ("add", "wasm-c", 4, 100)
    assert (call.minimum, call.median) == pytest.approx((1e-7, 4e-7))
    assert call.turns == pytest.approx((2e-7, 6e-7))


def test_starts_are_medians_of_each_phase_after_the_first() -> None:
    """The first start is told apart, and entries of calls do not disturb."""
    entries: list[Entry] = [
        {"extra_info": {"start": number, "backend": "python", "phases": {"import": seconds, "load": seconds / 2}}}
        for number, seconds in enumerate((8.0, 0.2, 0.6, 0.4))
    ]
    (start,) = starts([*entries, turn(0, 1e-5)])
    assert (start.backend, start.first_load, start.starts) == ("python", 4.0, 3)
    assert start.phases == {"import": 0.4, "load": 0.2}


def test_quartiles_of_a_single_value() -> None:
    """A single timing is all its quartiles."""
    assert quartiles([3.0]) == (3.0, 3.0, 3.0)


def crowd(number: int, threads: int, *timings: float) -> Entry:
    """Return an entry as pytest-benchmark writes it for one turn of threads."""
    extra = {"number": number, "backend": "wasm-c", "lasting": 1e-3, "threads": threads, "calls": 100 * threads}
    return {"extra_info": extra, "stats": {"data": list(timings)}}


def test_threads_stand_beside_one_thread() -> None:
    """As calls in a second, turn by turn, however the turns were taken."""
    (pair,) = crowds([crowd(0, 2, 0.1), crowd(0, 1, 0.1), crowd(1, 1, 0.2), crowd(1, 2, 0.25), turn(0, 1e-5)])
    assert (pair.backend, pair.lasting) == ("wasm-c", 1e-3)
    assert (pair.one, pair.two) == ((1000.0, 500.0), (2000.0, 800.0))
    assert pair.gain == pytest.approx(1.8)
