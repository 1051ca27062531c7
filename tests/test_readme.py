"""README.md: its example runs, and its table of commands is complete. `.ci/run` runs its test command itself."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT.joinpath("README.md").read_text(encoding="utf-8")


def session_names() -> set[str]:
    """Return the names of the sessions in noxfile.py: the functions decorated with `nox.session`."""
    module = ast.parse(ROOT.joinpath("noxfile.py").read_text(encoding="utf-8"))
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    return {
        function.name
        for function in functions
        if any(ast.unparse(decorator).startswith("nox.session") for decorator in function.decorator_list)
    }


def test_example_prints_what_its_comment_says(tmp_path: Path) -> None:
    """The first thing a reader tries works as shown."""
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code
    script = tmp_path / "example.py"
    script.write_text(code[1], encoding="utf-8")
    finished = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert finished.stdout.splitlines()[-1] == code[1].rpartition("#")[2].strip()


def test_every_session_is_in_the_table() -> None:
    """The table of commands lists each session of noxfile.py, and no other."""
    table = README.partition("| session |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == session_names()
