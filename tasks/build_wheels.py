"""Builds the wheels of both distributions into dist/ and installs them into the running environment."""

import importlib.metadata
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tasks.build_artifact import ROOT, Artifact, digest
from tasks.build_sources import fingerprint

DIST = ROOT / "dist"
RECORDS = ROOT / "build" / ".fingerprints"


@dataclass(frozen=True, slots=True)
class Wheel:
    """A distribution of this repository.

    Attributes:
        name: Its name.
        sources: What it is made from, relative to the root.
        settings: Tool to the version of it that counts.
        folder: Where the command runs, relative to the root.
        command: A Python module and its arguments, up to the option that takes the output folder.
    """

    name: str
    sources: tuple[str, ...]
    settings: Mapping[str, str]
    folder: str
    command: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """What its files in dist/ are called."""
        return f"{self.name.replace('-', '_')}-*.whl"

    @property
    def record(self) -> Path:
        """The file that remembers the last build."""
        return RECORDS / f"{self.name}.json"


def build_wheels() -> list[Artifact]:
    """Build the wheels whose sources have changed, and install those that the environment does not have.

    Raises:
        SystemExit: A build tool failed; it has said why.
    """
    artifacts = [_build(wheel) for wheel in (_host(), _sdk())]
    if missing := [artifact.path for artifact in artifacts if not _installed(artifact.path)]:
        _install(missing)
    return artifacts


def _host() -> Wheel:
    sources = ("Cargo.toml", "Cargo.lock", "host/Cargo.toml", "host/pyproject.toml", "host/README.md")
    return Wheel(
        "componium",
        (*sources, "host/src", "host/python"),
        {"maturin": importlib.metadata.version("maturin"), "rustc": _rustc()},
        ".",
        (
            *("maturin", "build", "--release", "--locked", "--compatibility", "linux"),
            *("--manifest-path", "host/Cargo.toml", "--out"),
        ),
    )


def _sdk() -> Wheel:
    return Wheel(
        "componium-sdk",
        ("sdk-python/pyproject.toml", "sdk-python/README.md", "sdk-python/src", "sdk-guests/c"),
        {"hatchling": importlib.metadata.version("hatchling")},
        "sdk-python",
        ("hatchling", "build", "--target", "wheel", "--directory"),
    )


def _rustc() -> str:
    try:
        return subprocess.run(["rustc", "--version"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"rustc does not work: {error}\n\nInstall Rust 1.95 or later with rustup, then build again.")


def _build(wheel: Wheel) -> Artifact:
    started = time.monotonic()
    print_now = fingerprint(wheel.sources, wheel.settings)
    file = _fresh(wheel, print_now)
    fresh = file is not None
    if file is None:
        _say(f"  ...    {wheel.name}: {' '.join(wheel.command[:2])}")
        file = _make(wheel)
        wheel.record.parent.mkdir(parents=True, exist_ok=True)
        record = {"fingerprint": print_now, "file": file.name, "sha256": digest(file)}
        wheel.record.write_text(json.dumps(record), encoding="utf-8")
    seconds = round(time.monotonic() - started, 3)
    _say(f"  {'fresh' if fresh else 'built'}  {wheel.name:<20} {seconds:6.1f} s")
    return Artifact(file, file.stat().st_size, digest(file), seconds, fresh)


def _make(wheel: Wheel) -> Path:
    """Run the build tool, and only once it has succeeded put its wheel in the place of older ones."""
    DIST.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DIST, prefix=".building-") as folder:
        _run((*wheel.command, folder), ROOT / wheel.folder)
        [made] = Path(folder).glob(wheel.pattern)
        for old in DIST.glob(wheel.pattern):
            old.unlink()
        return made.replace(DIST / made.name)


def _fresh(wheel: Wheel, print_now: str) -> Path | None:
    """The wheel of the last build, if it is whole, alone, and from these sources."""
    if not wheel.record.is_file():
        return None
    record = json.loads(wheel.record.read_text(encoding="utf-8"))
    files = list(DIST.glob(wheel.pattern))
    if record["fingerprint"] != print_now or [file.name for file in files] != [record["file"]]:
        return None
    return files[0] if digest(files[0]) == record["sha256"] else None


def _installed(wheel: Path) -> bool:
    """Whether the environment has this very build: the digests of all its files, which both sides list."""
    name = wheel.name.split("-")[0]
    with zipfile.ZipFile(wheel) as archive:
        [record] = [entry for entry in archive.namelist() if entry.endswith(".dist-info/RECORD")]
        shipped = {line for line in archive.read(record).decode().splitlines() if "sha256=" in line}
    try:
        installed = importlib.metadata.distribution(name).read_text("RECORD") or ""
    except importlib.metadata.PackageNotFoundError:
        return False
    return shipped <= set(installed.splitlines())


def _install(wheels: list[Path]) -> None:
    """Install wheels over whatever build of the same version is there, then what they depend on and is missing."""
    if importlib.util.find_spec("pip") is None:
        sys.exit("pip is not in this environment, so the wheels cannot be installed\n\nRun: nox -s build")
    files = [str(wheel) for wheel in wheels]
    install = ("pip", "install", "--quiet", "--disable-pip-version-check")
    _run((*install, "--no-deps", "--force-reinstall", *files), ROOT)
    _run((*install, *files), ROOT)


def _run(command: tuple[str, ...], folder: Path) -> None:
    """Run a Python tool; what it prints goes to standard error, since standard output is for the result."""
    finished = subprocess.run([sys.executable, "-m", *command], cwd=folder, stdout=sys.stderr, check=False)
    if finished.returncode != 0:
        sys.exit(f"{command[0]} failed with exit code {finished.returncode}; its own words are above")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
