"""Packages of a component and native libraries."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import componium
import pytest
from componium import ContractError, InvalidComponent

from host.tests.conftest import ROOT

from .conftest import LAUNCHER, library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from host.tests.conftest import LauncherHost

CALC = ROOT / "build" / "plugins" / "calc-c.wasm"


def pack(folder: Path, form: str, files: Mapping[str, str | Path | bytes]) -> Path:
    """Make a package of files by name: copies of others, or content."""
    package = folder / "calc"
    (package / "native").mkdir(parents=True)
    for name, content in files.items():
        path = package / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            shutil.copy(content, path)
    if form == "folder":
        return package
    return Path(shutil.make_archive(str(folder / "calc"), "zip", package))


def load(path: Path, **options: Any) -> componium.Component:
    """Load a launcher plugin."""
    return componium.load(path, contract=LAUNCHER, **options)


@pytest.mark.parametrize("form", ["folder", "archive"])
def test_policy(form: str, tmp_path: Path, launcher_host: LauncherHost) -> None:
    """Without trust it is the component, with trust the library, unless the component is preferred."""
    path = pack(tmp_path, form, {"calc.wasm": CALC, "native/any.name": library("calc-c"), "native/README": b"text"})
    assert load(path).kind == "wasm"
    assert load(path, prefer="native").kind == "wasm"
    assert load(path, trust=True, prefer="wasm").kind == "wasm"
    native = load(path, trust=True)
    assert (native.kind, native.name) == ("native", f"{path.name}/native/any.name")
    for component in (load(path), native):
        with component.instantiate({"host": launcher_host}) as calc:
            assert calc.runner.handle("=1+1")[0].exec == "2"


@pytest.mark.parametrize("form", ["folder", "archive"])
def test_no_library_fits(form: str, tmp_path: Path) -> None:
    """Where no library was made for this machine, the component runs even with trust."""
    foreign = bytearray(Path(library("calc-c")).read_bytes())
    foreign[18:20] = (0x2B).to_bytes(2, "little")  # SPARC
    path = pack(tmp_path, form, {"calc.wasm": CALC, "native/foreign.so": bytes(foreign)})
    assert load(path, trust=True).kind == "wasm"


def test_a_library_for_another_world_is_refused(tmp_path: Path) -> None:
    """The library is named; it is not replaced by the component in silence."""
    (other,) = (ROOT / "build" / "guests-native").glob("values-rust.*-*")
    path = pack(tmp_path, "folder", {"calc.wasm": CALC, "native/other.so": other})
    with pytest.raises(
        ContractError, match=r"calc/native/other\.so was not made for the world of the component"
    ) as caught:
        load(path, trust=True)
    assert any("componium:launcher/runner@0.1.0" in problem for problem in caught.value.problems)
    assert load(path).kind == "wasm"


def test_two_libraries_for_one_machine(tmp_path: Path) -> None:
    """Which one is meant, nobody can say."""
    files: dict[str, Any] = {"calc.wasm": CALC, "native/a.so": library("calc-c"), "native/b.so": library("calc-rust")}
    with pytest.raises(InvalidComponent, match=r"several libraries for this machine, .*a\.so and .*b\.so: keep one"):
        load(pack(tmp_path, "folder", files), trust=True)


def test_bad_packages(tmp_path: Path) -> None:
    """A package has one component; an archive can be read; a library is a plugin."""
    with pytest.raises(InvalidComponent, match=r"exactly one \.wasm file at its top.*found a\.wasm, b\.wasm"):
        load(pack(tmp_path / "two", "folder", {"a.wasm": CALC, "b.wasm": CALC}))
    with pytest.raises(InvalidComponent, match="found none"):
        load(pack(tmp_path / "none", "archive", {"README": b"text"}))
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\3\4nonsense")
    with pytest.raises(InvalidComponent, match=r"broken\.zip is an archive that cannot be read"):
        load(broken)
    files: dict[str, Any] = {"calc.wasm": CALC, "native/no.so": b"\x7fELF" + bytes(100)}
    with pytest.raises(InvalidComponent, match=r"native/no\.so"):
        load(pack(tmp_path / "no", "folder", files), trust=True)


def test_damaged_archives(tmp_path: Path) -> None:
    """A file that does not have its checksum is refused."""
    path = tmp_path / "calc.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(CALC, "calc.wasm")
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    with pytest.raises(InvalidComponent, match="Bad CRC-32"):
        load(path)
