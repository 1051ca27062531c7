"""The workloads and their answers."""

import pytest

from benchmarks.workloads import BYTES, TEXT, WORKLOADS, Workload


def test_sizes_are_what_the_titles_say() -> None:
    """64 KiB are 65,536 bytes, of text in UTF-8 as well."""
    assert len(BYTES) == len(TEXT.encode()) == 65_536


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_wrong_answer_stops_the_benchmark(workload: Workload) -> None:
    """The error names backend and workload, and is short however long the answer is."""
    with pytest.raises(AssertionError, match=f"^luajit answers {workload.name} with ") as caught:
        workload.check([0] * 1000 if workload.function == "rows" else -1, "luajit")
    assert len(str(caught.value)) < 300
