"""Compilers, played by a script."""

import sys
from pathlib import Path

import pytest
from componium_sdk._rust import _compiler
from componium_sdk._rust._compiler import Compiler, compilers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the part of rustc is played by a shell script")

SCRIPT = """\
#!/bin/sh
if [ "$1" = --print ]; then echo {sysroot}; exit; fi
cat <<END
rustc {release}
binary: rustc
commit-hash: 0123456789abcdef
host: x86_64-unknown-linux-gnu
release: {release}
END
"""


@pytest.fixture
def rustc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rustc 1.95.0 with cargo on PATH, and no other on this machine."""
    rustc = tmp_path / "bin" / "rustc"
    rustc.parent.mkdir()
    rustc.write_text(SCRIPT.format(sysroot=tmp_path, release="1.95.0"))
    rustc.chmod(0o755)
    rustc.with_name("cargo").touch()
    monkeypatch.setenv("PATH", f"{rustc.parent}:/usr/bin:/bin")
    monkeypatch.setattr(_compiler, "DISTRIBUTION", tmp_path / "absent")
    return rustc


def test_is_asked_what_it_is(rustc: Path, tmp_path: Path) -> None:
    """Version, commit, host and sysroot are the compiler's own words."""
    assert compilers(tmp_path) == [Compiler(rustc, "1.95.0", "0123456789abcdef", "x86_64-unknown-linux-gnu", tmp_path)]
    assert not compilers(tmp_path)[0].has_target
    assert compilers(tmp_path)[0].sources is None


@pytest.mark.parametrize("release", ["1.87.0", "1.9.0"])
def test_old_ones_are_passed_over(rustc: Path, tmp_path: Path, release: str) -> None:
    """A compiler that cannot compile the bindings is none."""
    rustc.write_text(SCRIPT.format(sysroot=tmp_path, release=release))

    assert compilers(tmp_path) == []


def test_broken_ones_are_passed_over(rustc: Path, tmp_path: Path) -> None:
    """As rustup's is where no toolchain is installed."""
    rustc.write_text("#!/bin/sh\nexit 1\n")

    assert compilers(tmp_path) == []


def test_without_cargo_it_is_no_use(rustc: Path, tmp_path: Path) -> None:
    """Both are needed."""
    rustc.with_name("cargo").unlink()

    assert compilers(tmp_path) == []
