"""`componium parity` and `componium replay`, in processes of their own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import componium
import pytest

from host.tests.conftest import ROOT, guest

if TYPE_CHECKING:
    from pathlib import Path

CORRECT, FAULTY = str(guest("parity-correct-c")), str(guest("parity-missing-call-c"))


def run(*arguments: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "componium", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_equal() -> None:
    """Equal plugins end with 0, nothing on standard error, and nothing new in the working folder."""
    before = sorted(ROOT.iterdir())
    finished = run("parity", CORRECT, CORRECT, "--examples", "20")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert re.search(r"work\.join +20 cases  equal\n", finished.stdout)
    assert re.search(r"equal: no difference found \(100 cases, .* s, seed 0\)\n$", finished.stdout)
    assert sorted(ROOT.iterdir()) == before


def test_different(tmp_path: Path) -> None:
    """Different plugins end with 1; the smallest case is shown, and the reports say the same."""
    reports = tmp_path / "report.json", tmp_path / "report.html"
    finished = run("parity", CORRECT, FAULTY, "--function", "join", "--json", reports[0], "--html", reports[1])
    assert (finished.returncode, finished.stderr) == (1, "")
    assert (
        '  work.join([""])\n  A  returned ""\n     host call 1: journal.note("")\n  B  returned ""\n' in finished.stdout
    )
    document = json.loads(reports[0].read_text(encoding="utf-8"))
    assert document["componium-parity"] == 1
    assert document["equal"] is False
    [difference] = [each for comparison in document["comparisons"] for each in comparison["differences"]]
    assert difference["calls"] == [{"function": "test:parity/work@0.1.0#join", "arguments": [[""]]}]
    assert difference["b"]["host"] == []
    assert difference["reproduce"]["a"].startswith("from componium import parity; ")
    page = _Page(reports[1].read_text(encoding="utf-8"))
    assert "Different" in page.text
    assert 'work.join([""])' in page.text
    assert not page.others


class _Page(HTMLParser):
    """A page's text, and what it needs beside itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.others: list[str] = re.findall(r"url\(|@import|https?://", text)
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Find what is loaded from elsewhere."""
        self.others += [tag] if tag in {"script", "link", "img", "iframe"} else []
        self.others += [name for name, _ in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((CORRECT,), 2, "Missing argument 'B'"),
        ((CORRECT, CORRECT, "--function", "joyn"), 2, "did you mean 'join'?"),
        ((CORRECT, CORRECT, "--tolerance", "f64"), 2, "'f64' is not TYPE=NUMBER, such as f64=1e-9"),
        ((CORRECT, CORRECT, "--tolerance", "f16=1"), 2, "there is f32 and f64, not 'f16'"),
        ((CORRECT, CORRECT, "--world", "plugin"), 2, "--world chooses among the worlds of --contract"),
        ((CORRECT, CORRECT, "--inputs", "join"), 2, "is not MODULE:OBJECT"),
        ((CORRECT, "absent.wasm"), 3, "absent.wasm: No such file or directory"),
        ((CORRECT, str(guest("faulty-c"))), 3, "export nothing in common that can be called"),
        ((CORRECT, CORRECT, "--contract", "wit/launcher/0.1.0", "--world", "plugin"), 3, "does not implement"),
        ((CORRECT, "pyproject.toml"), 3, "pyproject.toml"),
    ],
    ids=["argument", "function", "tolerance", "type", "world", "inputs", "file", "common", "contract", "plugin"],
)
def test_what_is_wrong_is_explained(arguments: tuple[str, ...], code: int, message: str) -> None:
    """A wrong command line ends with 2, and what cannot run with 3; nothing goes to standard output."""
    finished = run("parity", *arguments)
    assert (finished.returncode, finished.stdout) == (code, "")
    assert message in " ".join(finished.stderr.split())


def test_inputs_and_host_come_from_modules(tmp_path: Path) -> None:
    """Strategies and imports are found in modules of the working folder."""
    (tmp_path / "fakes.py").write_text(
        "from hypothesis import strategies as st\n"
        "WORDS = st.tuples(st.lists(st.just(''), min_size=2, max_size=2))\n"
        "HOST = {'journal': {'note': lambda line: None, 'separator': lambda: '+'}}\n"
    )
    options = ("--function", "join", "--inputs", "join=fakes:WORDS", "--host", "fakes:HOST")
    finished = run("parity", CORRECT, FAULTY, *options, folder=tmp_path)
    assert finished.returncode == 1
    assert '  work.join(["", ""])\n  A  returned "+"\n' in finished.stdout
    assert "host='fakes:HOST'" in finished.stdout


def test_replay(tmp_path: Path) -> None:
    """Replaying ends with the same codes and reports."""
    path = tmp_path / "calls.jsonl"
    with componium.record(componium.load(CORRECT), path) as recorder:
        imports = {"journal": {"note": print, "separator": str}}
        recorder.instantiate(imports).work.join([""])
    assert run("replay", path, CORRECT).returncode == 0
    different = run("replay", path, FAULTY, "--html", tmp_path / "report.html")
    assert different.returncode == 1
    assert "work.join: different host calls (instance 0 of parity-correct-c.wasm)" in different.stdout
    assert (tmp_path / "report.html").is_file()
    assert run("replay", path, FAULTY, "--function", "x").returncode == 2
    assert run("replay", ROOT / "README.md", FAULTY).returncode == 2
    assert run("replay", path, guest("faulty-c")).returncode == 3


LOUD = """
class Runner:
    def get_trigger(self):
        return ">"

    def handle(self, query):
        raise LookupError(query)
"""


def test_lines_of_python_have_what_their_plugin_needs(tmp_path: Path) -> None:
    """The line for a plugin in Python trusts it and names its contract and folders; it runs as it is."""
    (tmp_path / "loud.py").write_text(LOUD)
    options = (
        "--contract",
        ROOT / "wit" / "launcher" / "0.1.0",
        "--world",
        "plugin",
        "--trust",
        "--function",
        "handle",
    )
    finished = run("parity", ROOT / "build" / "plugins" / "echo-c.wasm", "loud.py", *options, folder=tmp_path)
    assert finished.returncode == 1, finished.stderr
    line = finished.stdout.partition("  reproduce B: ")[2].splitlines()[0]
    assert line.startswith("from componium import Contract, parity; ")
    again = subprocess.run([sys.executable, "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Raised(kind='Trap'" in again.stdout
