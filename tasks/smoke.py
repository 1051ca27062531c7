"""Tries an installed `componium` and nothing else: `python -I smoke.py [PLUGIN...]`, with launcher plugins to call.

It needs only the wheel: a component in the text format stands in where no plugin has been built.
"""

import sys
from importlib.metadata import version
from pathlib import Path

import componium

ADDER = """
(component
  (core module $module
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $instance (instantiate $module))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $instance "add"))))
"""


class Host:
    """What the launcher's contract asks of an application."""

    def log(self, level: str, message: str) -> None:
        """Print a plugin's log line."""
        print(f"  {level}: {message}")

    def get_user_config(self, key: str) -> str | None:
        """Have no settings."""
        del key
        return None


def check_origin() -> None:
    """Stop where `componium` is not the installed wheel but the sources beside this file.

    Raises:
        SystemExit: It is the sources.
    """
    origin = Path(componium.__file__).resolve()
    if "site-packages" not in origin.parts:
        sys.exit(f"{origin} is not an installed package: install the wheel that is to be tried")
    print(f"componium {version('componium')} from {origin.parent}")


def call_adder() -> None:
    """Compile and call the component above."""
    with componium.load(componium.toolchain.parse_text(ADDER)).instantiate() as instance:
        answer = instance.add(40, 2)
    if answer != 42:  # noqa: PLR2004  # what else would 40 + 2 be
        sys.exit(f"add(40, 2) returned {answer}")
    print("add(40, 2) = 42")


def call_plugin(path: Path) -> None:
    """Load a launcher plugin and ask it something.

    Args:
        path: The plugin's `.wasm` file.
    """
    with componium.load(path).instantiate(imports={"host": Host()}) as plugin:
        query = f"{plugin.runner.get_trigger()}2+2"
        items = plugin.runner.handle(query)
    if not items:
        sys.exit(f"{path.name} has no answer to {query!r}")
    print(f"{path.name}: {query!r} -> {items[0].name!r}")


if __name__ == "__main__":
    check_origin()
    call_adder()
    for argument in sys.argv[1:]:
        call_plugin(Path(argument))
