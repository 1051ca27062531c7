"""`nox -s build`: what it makes, and that nothing is made twice."""

import fnmatch
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tasks import build_wheels
from tasks.build_artifact import ROOT, digest
from tasks.build_sources import fingerprint
from tasks.build_wheels import DIST, Wheel

LANGUAGES = ("c", "python", "rust")
NATIVE = ("c", "rust")
EXPECTED = {
    "dist/componium-*.whl",
    "dist/componium_sdk-*.whl",
    *(f"build/plugins/{name}-{language}.wasm" for name in ("calc", "dir", "echo") for language in LANGUAGES),
    *(f"build/plugins-native/{name}-{language}.*" for name in ("calc", "dir", "echo") for language in NATIVE),
    *(f"build/benchmarks/workloads-{language}.wasm" for language in LANGUAGES),
    *(f"build/benchmarks/workloads-{language}.*-march-native.*" for language in NATIVE),
    *(f"build/guests-native/{name}.*" for name in ("resources-c", "resources-rust", "values-c", "values-rust")),
}


def wheels_are_installed() -> bool:
    """Whether this environment has the wheels in dist/; elsewhere a build would install them."""
    wheels = [*DIST.glob("componium-*.whl"), *DIST.glob("componium_sdk-*.whl")]
    return len(wheels) == 2 and all(build_wheels._installed(wheel) for wheel in wheels)


@pytest.mark.skipif(
    not wheels_are_installed(), reason="needs this repository's wheels installed, as `nox -s tests` does"
)
def test_second_build_makes_nothing() -> None:
    """After a build everything is there, and another one finds it fresh."""
    command = [sys.executable, "-m", "tasks.build", "--json"]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    artifacts = {artifact["path"]: artifact for artifact in json.loads(finished.stdout)["artifacts"]}

    for pattern in EXPECTED:
        assert fnmatch.filter(artifacts, pattern), f"{pattern} is missing"
    for path, artifact in artifacts.items():
        assert artifact["fresh"], f"{path} was built again"
        assert artifact["sha256"] == digest(ROOT / path)


def test_unknown_pattern_is_refused() -> None:
    """A pattern that matches no plugin is a mistake, not an empty build."""
    command = [sys.executable, "-m", "tasks.build_guests", "no-such-plugin-*"]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert finished.returncode == 1
    assert "no-such-plugin-*" in finished.stderr


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wheel:
    """A distribution whose build tool writes a file of one byte."""
    monkeypatch.setattr(build_wheels, "DIST", tmp_path / "dist")
    monkeypatch.setattr(build_wheels, "RECORDS", tmp_path / "records")

    def build(command: tuple[str, ...], _folder: Path) -> None:
        Path(command[-1], "some_tool-1.0-py3-none-any.whl").write_bytes(b"1")

    monkeypatch.setattr(build_wheels, "_run", build)
    return Wheel("some-tool", ("LICENSE-MIT",), {"tool": "1"}, ".", ("tool",))


def test_wheel_is_built_once(wheel: Wheel) -> None:
    """A wheel whose sources have not changed is kept."""
    assert not build_wheels._build(wheel).fresh
    assert build_wheels._build(wheel).fresh


def test_wheel_is_built_again(wheel: Wheel, tmp_path: Path) -> None:
    """A wheel that was changed, or stands beside another, is built again; stale ones go."""
    artifact = build_wheels._build(wheel)
    artifact.path.write_bytes(b"2")
    assert not build_wheels._build(wheel).fresh

    (tmp_path / "dist" / "some_tool-0.9-py3-none-any.whl").touch()
    assert not build_wheels._build(wheel).fresh
    assert [file.name for file in (tmp_path / "dist").iterdir()] == [artifact.path.name]


def test_failed_build_keeps_the_wheel(wheel: Wheel, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build tool that fails takes nothing away."""
    artifact = build_wheels._build(wheel)

    def fail(command: tuple[str, ...], _folder: Path) -> None:
        sys.exit(f"{command[0]} failed")

    monkeypatch.setattr(build_wheels, "_run", fail)
    with pytest.raises(SystemExit, match="tool failed"):
        build_wheels._build(replace(wheel, settings={"tool": "2"}))

    assert list(artifact.path.parent.iterdir()) == [artifact.path]


def test_fingerprint_covers_sources_and_tools() -> None:
    """Files, missing files and versions of tools count."""
    prints = [
        fingerprint(["LICENSE-MIT"], {}),
        fingerprint(["LICENSE-MIT", "no-such-file"], {}),
        fingerprint(["LICENSE-APACHE"], {}),
        fingerprint(["LICENSE-MIT"], {"maturin": "1"}),
    ]

    assert len(set(prints)) == len(prints)


def test_other_builds_of_a_version_are_not_installed(tmp_path: Path) -> None:
    """A wheel of an installed version but with other files is not taken for the installed one."""
    wheel = tmp_path / "rich-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("rich-1.dist-info/RECORD", "rich/__init__.py,sha256=other,1\n")

    assert not build_wheels._installed(wheel)
