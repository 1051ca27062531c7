"""One component out of several."""

from __future__ import annotations

from typing import Any

import componium
import pytest
from componium import Contract, ContractError, NotEnforceable, combine, toolchain

INTERFACES = """
package demo:shop@1.0.0;
interface host { log: func(line: string); }
interface prices { total: func(net: u32, tax: u32) -> u32; }
interface stock {
  resource shelf { constructor(size: u32); size: func() -> u32; }
  count: func() -> u32;
}
"""


def contract(*items: str) -> Contract:
    """Make the contract of a world."""
    return Contract.parse(f"{INTERFACES} world some {{ import host; {' '.join(f'export {item};' for item in items)} }}")


SHOP = contract("prices", "stock")

PRICES = """
(component
  (core module $code
    (func (export "total") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $code (instantiate $code))
  (func $total (param "net" u32) (param "tax" u32) (result u32) (canon lift (core func $code "total")))
  (instance $prices (export "total" (func $total)))
  (export "demo:shop/prices@1.0.0" (instance $prices)))
"""


class Shelf:
    """A resource."""

    def __init__(self, size: int) -> None:
        """Keep the size."""
        self._size = size

    def size(self) -> int:
        """Give the size."""
        return self._size


class Stock:
    """Implements `stock`."""

    Shelf = Shelf

    def __init__(self, imports: Any) -> None:
        """Keep the application."""
        self.log = imports.host.log

    def count(self) -> int:
        """Say so, and give a number."""
        self.log("counting")
        return 5


class Both(Stock):
    """Implements everything."""

    def __init__(self, imports: Any) -> None:
        """Implement `prices` in an attribute."""
        super().__init__(imports)
        self.stock = self
        self.prices = self

    def total(self, net: int, tax: int) -> int:
        """Take the first alone."""
        del tax
        return net


def prices() -> componium.Component:
    """Load the component."""
    return componium.load(toolchain.parse_text(PRICES), name="prices")


def stock() -> componium.Component:
    """Load the Python part."""
    return componium.load(Stock, contract=contract("stock"), name="stock", trust=True)


def both() -> componium.Component:
    """Load a part that has all interfaces."""
    return componium.load(Both, contract=SHOP, name="both", trust=True)


def test_parts_are_one_instance() -> None:
    """Each interface is answered by the part that has it; the application gives imports once."""
    lines: list[str] = []
    shop = combine([prices(), stock()], contract=SHOP)
    assert (shop.kind, shop.name, shop.enforces) == ("mixed", "prices + stock", frozenset())
    assert [interface.attribute for interface in shop.exports] == ["prices", "stock"]
    with shop.instantiate({"host": {"log": lines.append}}) as instance:
        assert (instance.prices.total(1, 2), instance.stock.count()) == (3, 5)
        assert instance.stock.Shelf(7).size() == 7
        running = instance.running
    assert (running, instance.running) == (True, False)
    assert lines == ["counting"]
    SHOP.check(shop)


def test_a_mapping_decides_between_parts() -> None:
    """Interfaces may be named in any way; a part's other exports are not used."""
    with pytest.raises(ContractError, match=r"`demo:shop/prices@1\.0\.0` comes from prices and both: say which"):
        combine([prices(), both()], contract=SHOP)
    shop = combine({"prices": prices(), "demo:shop/stock": both()}, contract=SHOP, name="shop")
    with shop.instantiate({"host": {"log": print}}) as instance:
        assert instance.prices.total(1, 2) == 3


def test_gaps_are_errors() -> None:
    """Every interface comes from somewhere, and every name in a mapping means one."""
    with pytest.raises(ContractError) as caught:
        combine([prices()], contract=SHOP)
    assert caught.value.problems == ("`demo:shop/stock@1.0.0` comes from none of them",)
    with pytest.raises(ContractError) as caught:
        combine({"prices": prices(), "stok": stock()}, contract=SHOP)
    assert caught.value.problems == (
        "`demo:shop/stock@1.0.0` was given no component",
        "the contract does not export 'stok'",
    )


def test_parts_must_fit() -> None:
    """A part that exports an interface with another signature does not implement it."""
    other = PRICES.replace("u32) (result u32)", "u32) (result s32)")
    with pytest.raises(ContractError, match=r"other: .*expected `total: func"):
        combine([componium.load(toolchain.parse_text(other), name="other"), stock()], contract=SHOP)


def test_options_must_hold_for_all_parts() -> None:
    """What one part cannot be held to is refused, with its name; components keep their own defaults."""
    shop = combine([prices(), stock()], contract=SHOP)
    with pytest.raises(NotEnforceable, match="stock: deadline cannot be enforced"):
        shop.instantiate({"host": {"log": print}}, deadline=1.0)
    same = combine([prices()], contract=contract("prices"))
    assert same.kind == "wasm"
    assert same.enforces == {"deadline", "memory", "grants", "environment"}
    same.instantiate(deadline=1.0).close()
