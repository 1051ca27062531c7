"""Checking components against contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import componium
import pytest
from componium import Contract, ContractError, ToolchainError

from .conftest import ROOT, guest

if TYPE_CHECKING:
    from pathlib import Path

LAUNCHER = ROOT / "wit" / "launcher" / "0.1.0"


def test_implemented() -> None:
    """A plugin that implements the contract loads."""
    contract = Contract(LAUNCHER, "plugin")
    assert contract.name == "componium:launcher/plugin@0.1.0"
    assert "record action-item" in contract.wit
    assert componium.load(guest("faulty-c"), contract=contract).exports[0].attribute == "runner"


def test_every_world_can_be_read() -> None:
    """A world whose types cannot cross yet is a contract all the same."""
    assert Contract(LAUNCHER, "resource-plugin").name == "componium:launcher/resource-plugin@0.1.0"


def test_another_world() -> None:
    """A component for another world is told all that is missing and all that is too much."""
    contract = Contract(LAUNCHER, "plugin")
    with pytest.raises(ContractError) as caught:
        componium.load(guest("values-rust"), contract=contract)
    with pytest.raises(ContractError, match="does not implement"):
        contract.check(componium.load(guest("values-rust")))
    first, *problems = str(caught.value).splitlines()
    assert first == "values-rust.wasm does not implement componium:launcher/plugin@0.1.0:"
    assert "  - it does not export `componium:launcher/runner@0.1.0`" in problems
    assert "  - it imports `test:values/echoes@0.1.0`, which the contract does not offer" in problems


def test_signatures(tmp_path: Path) -> None:
    """A changed record, a changed signature and a misspelt function are each named."""
    changed = (LAUNCHER / "launcher.wit").read_text()
    changed = changed.replace("    keywords: string,\n", "", 1).replace("get-trigger:", "get-triger:")
    (tmp_path / "launcher.wit").write_text(changed)
    with pytest.raises(ContractError) as caught:
        componium.load(guest("faulty-c"), contract=Contract(tmp_path, "plugin"))
    assert caught.value.problems[0].endswith("has no function `get-triger`; did it mean `get-trigger`?")
    assert (
        "found `handle: func(input: string) -> list<record action-item { name: string, exec: string, keywords"
        in (caught.value.problems[1])
    )


def test_bad_wit(tmp_path: Path) -> None:
    """An error in WIT comes with file and line; a missing world is named."""
    (tmp_path / "bad.wit").write_text("package a:b;\n\ninterface c {\n  d: fun();\n}\n")
    with pytest.raises(ToolchainError, match=r"(?s)bad\.wit:4:6"):
        Contract(tmp_path)
    with pytest.raises(ToolchainError, match="nowhere"):
        Contract(LAUNCHER, "nowhere")


def test_text_of_a_world_can_be_read_again() -> None:
    """Other worlds of its package are left out, so that there is one to choose."""
    contract = Contract(LAUNCHER, "plugin")
    assert Contract.parse(contract.wit).name == contract.name
