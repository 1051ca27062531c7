"""MkDocs calls this hook: it adds the pages that are made, not written."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from benchmarks.page import render
from benchmarks.results import ResultsError, load
from tasks.wit_page import contract_section

ROOT = Path(__file__).parent.parent
MEASURED = ROOT / "build" / "bench"
RESULTS = MEASURED / "results.json"
PLOT = MEASURED / "benchmark.svg"

CONTRACTS_INTRODUCTION = """\
# Contracts

What plugin and application have agreed on, from the WIT files in `wit/`. Componium loads components of any other
contract just as well: these are the ones that the reference plugins and the benchmarks keep.

"""

# The plot takes the width that a column of links would have, had the page any beside it.
WIDE = "---\nhide: [navigation]\n---\n\n"

NOT_MEASURED = """\
# Benchmarks

Nothing has been measured with this version where these pages were built. `nox -s bench` runs every workload on every
backend, and `nox -s docs` then shows the report here.
"""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reference of the contracts, and the benchmark's report with its plots, to what MkDocs found in docs/.

    Args:
        files: The site's files so far.
        config: The site's configuration.
    """
    files.append(File.generated(config, "reference/contracts.md", content=contracts_page()))
    files.append(File.generated(config, "benchmarks.md", content=WIDE + benchmarks_page()))
    if PLOT.exists():
        files.append(File.generated(config, PLOT.name, abs_src_path=str(PLOT)))
    return files


def contracts_page() -> str:
    """Return the page of all contracts: those of applications in the order of their folders, the benchmark's last."""
    paths = sorted((ROOT / "wit").rglob("*.wit"), key=lambda path: ("bench" in path.parts, path))
    sections = [contract_section(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in paths]
    return CONTRACTS_INTRODUCTION + "\n".join(sections)


def benchmarks_page() -> str:
    """Return the report on the results in build/bench, or how to get some where there are none of this version."""
    try:
        return render(load(RESULTS), PLOT.name if PLOT.exists() else None)
    except (FileNotFoundError, ResultsError):
        return NOT_MEASURED
