import componium

INTERFACES = """
package demo:shop@1.0.0;

interface prices {
  total: func(net: u32, tax: u32) -> u32;
}

interface labels {
  label: func(cents: u32) -> string;
}
"""
SHOP = componium.Contract.parse(INTERFACES + "world shop { export prices; export labels; }")
LABELS = componium.Contract.parse(INTERFACES + "world part { export labels; }")

# A component, in the text form of WebAssembly.
PRICES = """
(component
  (core module $code
    (func (export "total") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $code (instantiate $code))
  (func $total (param "net" u32) (param "tax" u32) (result u32) (canon lift (core func $code "total")))
  (instance $prices (export "total" (func $total)))
  (export "demo:shop/prices@1.0.0" (instance $prices)))
"""


class Labels:
    def label(self, cents: int) -> str:
        return f"{cents / 100:.2f} EUR"


prices = componium.load(componium.toolchain.parse_text(PRICES), name="prices")
labels = componium.load(Labels, contract=LABELS, name="labels", trust=True)
shop = componium.combine([prices, labels], contract=SHOP)

with shop.instantiate() as plugin:
    print(shop.kind, plugin.labels.label(plugin.prices.total(1000, 190)))

try:
    componium.combine([prices], contract=SHOP)
except componium.ContractError as error:
    print(error)
