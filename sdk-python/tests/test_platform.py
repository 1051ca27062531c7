"""What differs between the systems that native plugins are built for."""

import platform
import sys
from pathlib import Path

import pytest
from componium_sdk import Kind, MissingToolError, load_project


@pytest.mark.parametrize(
    ("system", "machine", "native", "march_native"),
    [
        ("linux", "x86_64", "greeter-c.linux-x86_64.so", "greeter-c.linux-x86_64-march-native.so"),
        ("darwin", "arm64", "greeter-c.macos-aarch64.dylib", "greeter-c.macos-aarch64-march-native.dylib"),
        ("win32", "AMD64", "greeter-c.windows-x86_64.dll", "greeter-c.windows-x86_64-march-native.dll"),
    ],
    ids=["linux", "macos", "windows"],
)
def test_names_of_libraries(
    c_project: Path, monkeypatch: pytest.MonkeyPatch, system: str, machine: str, native: str, march_native: str
) -> None:
    """A library's name says where it runs, whatever the system calls its processor."""
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    project = load_project(c_project)

    assert [project.artifact(kind) for kind in Kind] == ["greeter-c.wasm", native, march_native]


@pytest.mark.parametrize(("system", "machine"), [("sunos5", "x86_64"), ("linux", "riscv128")], ids=["system", "cpu"])
def test_unknown_machine(c_project: Path, monkeypatch: pytest.MonkeyPatch, system: str, machine: str) -> None:
    """Where native plugins cannot be built, components still can."""
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    project = load_project(c_project)

    assert project.artifact() == "greeter-c.wasm"
    with pytest.raises(MissingToolError, match="without --native"):
        project.artifact(Kind.NATIVE)
