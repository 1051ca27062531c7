"""Debian's packages."""

import os
from pathlib import Path

import pytest
from componium_sdk import MissingToolError
from componium_sdk._process import Finished
from componium_sdk._rust import _packages

POLICY = """\
{package}:
  Installed: (none)
  Candidate: {version}
  Version table:
"""


class System:
    """A system with some packages, which notes what is run."""

    def __init__(self, versions: dict[str, str], code: int = 0) -> None:
        self.versions = versions
        self.code = code
        self.commands: list[tuple[str, ...]] = []

    def run(self, command: tuple[str, ...], **_options: object) -> Finished:
        """Answer as apt would."""
        if command[:2] == ("apt-cache", "policy"):
            version = self.versions.get(command[2])
            return Finished(0, POLICY.format(package=command[2], version=version) if version else "", "")
        self.commands.append(command)
        return Finished(self.code, "", "E: no network" if self.code else "")


def pretend(monkeypatch: pytest.MonkeyPatch, system: System, user: int = 0) -> None:
    """Let the module see this system, as this user."""
    monkeypatch.setattr(_packages, "run", system.run)
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)


@pytest.mark.parametrize(
    ("versions", "package"),
    [
        ({"rustc": "1.63.0+dfsg1-2", "rustc-web": "1.96.0+dfsg1-1~deb12u2"}, "rustc-web"),
        ({"rustc": "1:1.95.0", "rustc-web": "1.90.0"}, "rustc"),
        ({"rustc": "1.100.0", "rustc-web": "(none)"}, "rustc"),
    ],
    ids=["stable", "newer", "only one"],
)
def test_root_installs_the_newest(monkeypatch: pytest.MonkeyPatch, versions: dict[str, str], package: str) -> None:
    """The package lists are fetched, then the newest family is installed."""
    system = System(versions)
    pretend(monkeypatch, system)

    _packages.install_compiler(lambda _line: None)

    assert system.commands[0] == ("apt-get", "update")
    assert system.commands[1][:2] == ("apt-get", "install")
    assert package in system.commands[1]


def test_others_are_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user who may not install gets the exact line to run, and nothing is run."""
    system = System({"rustc-web": "1.96.0"})
    pretend(monkeypatch, system, user=1000)

    with pytest.raises(MissingToolError) as caught:
        _packages.install_compiler(lambda _line: None)

    assert caught.value.remedy == (
        "Run: sudo apt-get update && sudo apt-get install --no-install-recommends rustc-web cargo-web rust-web-src"
    )
    assert system.commands == []


def test_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all are too old the error names rustup."""
    pretend(monkeypatch, System({"rustc": "1.63.0"}))

    with pytest.raises(MissingToolError, match="rustup target add"):
        _packages.install_compiler(lambda _line: None)


def test_apt_s_own_error_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What apt-get said is in the error."""
    pretend(monkeypatch, System({}, code=100))

    with pytest.raises(MissingToolError, match="E: no network"):
        _packages.install_compiler(lambda _line: None)


def test_other_systems_have_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without apt-get on PATH there are no packages."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not _packages.available()
