"""Case files, traps, and hosts of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import parity
from componium.parity import Call, Case, Raised, Returned
from hypothesis import strategies as st

from host.tests.conftest import ROOT, guest

if TYPE_CHECKING:
    from pathlib import Path

CORRECT = guest("parity-correct-c")
ECHO, FAULTY = ROOT / "build" / "plugins" / "echo-c.wasm", guest("faulty-c")
HANDLE = "componium:launcher/runner@0.1.0#handle"


def write(tmp_path: Path, text: str) -> Path:
    """Write a case file."""
    path = tmp_path / "cases.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_cases_are_run(tmp_path: Path) -> None:
    """Each case runs on new instances, with its answers; each that differs is reported by its name."""
    path = write(
        tmp_path,
        """
        case = [
          { name = "empty", function = "greatest", arguments = [[]] },
          { name = "four", function = "work.greatest", arguments = [[1, 2, 3, 4]] },
          { function = "join", arguments = [["a", "b"]], answers = { "journal.separator" = ["-"] } },
          { name = "row", calls = [{ function = "Tally", arguments = [1] }, { function = "add", arguments = [0, 1] }] },
        ]
        """,
    )
    report = parity.compare(CORRECT, guest("parity-off-by-one-c"), cases=[path], examples=0)
    assert report.cases == 4
    assert [difference.case.name for difference in report.differences] == ["case 'four'"]


def test_rules_of_a_file_hold(tmp_path: Path) -> None:
    """What a file allows to differ is no difference."""
    path = write(tmp_path, '[function."work.parse"]\nnondeterministic = true\n')
    report = parity.compare(CORRECT, guest("parity-other-error-c"), cases=[path], functions=["parse"])
    assert report.equal


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("case = [", "cases.toml: "),
        ("cases = []", "the file has 'cases', which is none of case, function"),
        ("[[case]]\nfunction = 'grates'", "case 1: there is no function 'grates'; did you mean"),
        ("[[case]]\nname = 'x'", "case 'x': needs either `function` and `arguments`, or `calls`"),
        ("[[case]]\nfunction = 'parse'\nargs = []", "case 1 has 'args', which is none of answers, arguments"),
        ("[function.parse]\ntolerance = { f16 = 1 }", "there is f32 and f64, not 'f16'"),
    ],
)
def test_wrong_files_are_explained(tmp_path: Path, text: str, message: str) -> None:
    """The error names the file, the case and the problem."""
    with pytest.raises(ValueError, match=r"cases\.toml: ") as raised:
        parity.compare(CORRECT, CORRECT, cases=[write(tmp_path, text)], examples=0)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((["1"],), r"work.greatest: argument 1\[0\]: expected u32, got '1'"),
        ((), "work.greatest takes 1 arguments, got 0"),
    ],
)
def test_wrong_arguments_are_explained(arguments: tuple[Any, ...], message: str) -> None:
    """The error names the function, the argument and the place in it."""
    with pytest.raises(ValueError, match=message):
        parity.run(CORRECT, [("greatest", arguments)])


def test_a_trap_is_a_difference() -> None:
    """A trap on one side is different; the next case has new instances."""
    cases = [Case((Call(HANDLE, (text,)),), name=text) for text in ("!trap", "?", "!trap")]
    report = parity.compare(ECHO, FAULTY, cases=cases, examples=0)
    assert [difference.case.name for difference in report.differences] == ["!trap", "!trap"]
    assert isinstance(report.differences[0].b.outcome, Raised)
    assert report.differences[0].b.outcome.kind == "Trap"
    assert parity.compare(FAULTY, FAULTY, cases=cases, examples=0).equal


def test_limits_are_outcomes() -> None:
    """A call that takes too long ends as it would in an application."""
    [trace] = parity.run(FAULTY, [("handle", ["!loop"]), ("handle", ["?"])], deadline=0.05)
    assert isinstance(trace.outcome, Raised)
    assert trace.outcome.kind == "DeadlineExceeded"


class Host:
    """A host for the launcher contract that knows a setting."""

    def log(self, level: str, message: str) -> None:
        """Ignore a line."""

    def get_user_config(self, key: str) -> str | None:
        """Give the setting."""
        return f"{key}: "


def test_a_host_of_the_application_answers() -> None:
    """Both sides import what the application gives, or what it makes for each instance."""
    for host in ({"host": Host()}, lambda: {"host": Host()}):
        [trace] = parity.run(ECHO, [("handle", [">a"])], host=host)
        assert isinstance(trace.outcome, Returned)
        assert trace.outcome.value[0]["name"] == "prefix: a"
    with pytest.raises(ValueError, match="is not MODULE:OBJECT"):
        parity.run(ECHO, [], host="fakes")
    with pytest.raises(ValueError, match=r"no_such_module:host: No module named"):
        parity.run(ECHO, [], host="no_such_module:host")
    with pytest.raises(componium.ImportsError):
        parity.run(ECHO, [("handle", [">a"])], host={})


def test_inputs_of_the_application_are_used() -> None:
    """A strategy of the application makes the arguments, and shrinks as its own do."""
    inputs = {"handle": st.tuples(st.sampled_from(["!open /", "!time"]))}
    report = parity.compare(ECHO, FAULTY, inputs=inputs, functions=["handle"], steps=1)
    [difference] = report.differences
    assert [call.arguments for call in difference.case.calls] == [("!open /",)]


class Moody(Host):
    """A host that gives each setting of a list once, and then always the last."""

    def __init__(self, *settings: str) -> None:
        """Give these."""
        self._left = [*reversed(settings)]

    def get_user_config(self, key: str) -> str | None:
        """Give the next one."""
        del key
        return self._left.pop() if len(self._left) > 1 else self._left[0]


def test_what_differs_once_only_is_said_to() -> None:
    """A difference that is not there again is reported with a warning."""
    host = {"host": Moody("", "", "", "", "a", "")}
    report = parity.compare(ECHO, ECHO, inputs={"handle": _queries()}, functions=["handle"], host=host, steps=1)
    [difference] = report.differences
    assert difference.unstable
    assert "did not differ each time" in parity.to_text(report)
    assert "did not differ each time" in parity.to_html(report)


def _queries() -> st.SearchStrategy[tuple[str]]:
    return st.tuples(st.text("abc").map(lambda text: f">{text}"))


def test_wrong_answers_and_inputs_are_explained(tmp_path: Path) -> None:
    """What the application answers and asks must be of the types too."""
    text = "[[case]]\nfunction = 'join'\narguments = [['a', 'b']]\nanswers = { separator = [1] }"
    with pytest.raises(ValueError, match=r"the answer of journal\.separator: expected string, got 1"):
        parity.compare(CORRECT, CORRECT, cases=[write(tmp_path, text)], examples=0)
    with pytest.raises(ValueError, match=r"parse cannot be called with \(1, 2\), which a strategy made"):
        parity.compare(CORRECT, CORRECT, inputs={"parse": st.just((1, 2))}, functions=["parse"])


def test_names_of_cases_are_resolved() -> None:
    """A case may name functions as in Python; a wrong name is explained."""
    assert parity.compare(CORRECT, CORRECT, cases=[Case((Call("parse", ("1",)),))], examples=0).equal
    with pytest.raises(ValueError, match="there is no function 'prase'; did you mean 'parse'"):
        parity.compare(CORRECT, CORRECT, cases=[Case((Call("prase", ("1",)),))], examples=0)


def test_equal_names_are_told_apart(tmp_path: Path) -> None:
    """Two files of one name are shown with their folders."""
    copy = tmp_path / CORRECT.name
    copy.write_bytes(CORRECT.read_bytes())
    report = parity.compare(CORRECT, copy, examples=0, cases=[])
    assert (report.a, report.b) == (str(CORRECT), str(copy))
