"""The file of results."""

from pathlib import Path

import pytest

from benchmarks.results import Results, ResultsError, load


def test_results_survive_the_file(results: Results, tmp_path: Path) -> None:
    """What is loaded equals what was saved."""
    path = tmp_path / "results.json"
    results.save(path)
    assert load(path) == results


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 0}'])
def test_other_files_are_refused(text: str, tmp_path: Path) -> None:
    """The error names the file and the remedy."""
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(ResultsError, match=r"other\.json.*run the benchmarks again"):
        load(path)
