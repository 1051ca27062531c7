"""MkDocs calls this hook: it adds the pages that are made, not written."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from tasks.wit_page import contract_section

ROOT = Path(__file__).parent.parent
MEASURED = ROOT / "build" / "bench"
REPORT = MEASURED / "report.md"

CONTRACTS_INTRODUCTION = """\
# Contracts

What plugin and application have agreed on, from the WIT files in `wit/`. Componium loads components of any other
contract just as well: these are the ones that the reference plugins and the benchmarks keep.

"""

NOT_MEASURED = """\
# Benchmarks

Nothing has been measured where these pages were built. `nox -s bench` runs every workload on every backend, and
`nox -s docs` then shows the report here.
"""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reference of the contracts, and the benchmark's report with its plots, to what MkDocs found in docs/.

    Args:
        files: The site's files so far.
        config: The site's configuration.
    """
    files.append(File.generated(config, "reference/contracts.md", content=contracts_page()))
    report = REPORT.read_text(encoding="utf-8") if REPORT.exists() else NOT_MEASURED
    files.append(File.generated(config, "benchmarks.md", content=report))
    for plot in MEASURED.glob("*.svg"):
        files.append(File.generated(config, plot.name, abs_src_path=str(plot)))
    return files


def contracts_page() -> str:
    """Return the page of all contracts, in the order of their folders."""
    paths = sorted((ROOT / "wit").rglob("*.wit"))
    sections = [contract_section(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in paths]
    return CONTRACTS_INTRODUCTION + "\n".join(sections)
