"""The line of Python that makes the calls of a case again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from componium.parity._case import Case
    from componium.parity._subject import Subject


def source_line(subject: Subject, case: Case) -> str:
    """Write the line of Python that runs a case on a plugin and prints what it does."""
    calls = [(subject.exports[call.function].label, list(call.arguments)) for call in case.calls]
    answers = {
        subject.imports[name].label: list(given) for name, given in case.answers.items() if name in subject.imports
    }
    setting = subject.setting
    names = ["parity"]
    arguments = [repr(subject.source), repr(calls)]
    if setting.host is not None:
        arguments.append(f"host={setting.host_name!r}")
    elif answers:
        arguments.append(f"answers={answers!r}")
    if subject.component.kind != "wasm":
        arguments.append("trust=True")
    if setting.contract is not None and subject.component.kind == "python":
        names.insert(0, "Contract")
        arguments.append(f"contract={setting.contract._expression}")  # noqa: SLF001  # of this package
    if "grants" in setting.options:
        names.insert(-1, "Folder")
    arguments += [f"{name}={value!r}" for name, value in setting.options.items()]
    return f"from componium import {', '.join(names)}; print(*parity.run({', '.join(arguments)}), sep='\\n')"
