"""The documentation: its examples run, print what the pages say they print, and every code block is such a file."""

import re
import subprocess
import sys
from pathlib import Path

import componium
import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"

# A code block of a language that the tests can run must be an included file.
BLOCK = re.compile(r"^ *```(?P<language>python|rust|c|toml)\b.*\n(?P<body>(?:.*\n)*?) *```$", re.MULTILINE)
INCLUDE = re.compile(r' *--8<-- "(?P<path>[^"]+)"\n')


def run_example(script: Path) -> str:
    """Run an example as a reader would, from the root, and return what it printed."""
    finished = subprocess.run(
        [sys.executable, script.relative_to(ROOT)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def plugins() -> None:
    """Build the pages' plugins with the commands that the pages show."""
    for script in EXAMPLES.glob("*/build.sh"):
        command = script.read_text(encoding="utf-8").split()
        assert command[0] == "python"
        subprocess.run([sys.executable, *command[1:]], cwd=ROOT, check=True)


@pytest.mark.usefixtures("plugins")
@pytest.mark.parametrize("script", sorted(EXAMPLES.glob("*.py")), ids=lambda script: script.stem)
def test_example_prints_what_the_page_shows(script: Path) -> None:
    """An example prints exactly what stands beside it."""
    assert run_example(script) == script.with_suffix(".out").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.stem)
def test_code_blocks_are_files(page: Path) -> None:
    """No page has code of its own, which nothing would run."""
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        include = INCLUDE.fullmatch(block["body"])
        assert include, f"{page.name} has code that no test runs:\n{block['body']}"
        assert ROOT.joinpath(include["path"]).is_file()


def test_reference_has_every_public_name() -> None:
    """The page of the Python API lists what `componium` exports, no more and no less."""
    page = DOCS.joinpath("reference", "python.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^::: componium\.(\w+)$", page, re.MULTILINE)) == sorted(componium.__all__)
