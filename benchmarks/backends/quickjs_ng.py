"""QuickJS through the package `quickjs-ng`."""

import json
from pathlib import Path

import quickjs

from benchmarks.backends.backend import Backend, Functions

SOURCE = Path(__file__).parents[1] / "scripts" / "workloads.js"


class QuickJs(Backend):
    """A script in a JavaScript context of its own."""

    def load(self) -> str:
        """Read the script; QuickJS compiles as it instantiates."""
        return SOURCE.read_text(encoding="utf-8")

    def instantiate(self, code: str) -> Functions:
        """Run the script, which defines global functions."""
        context = quickjs.Context()
        context.eval(code)
        js_receive, js_sum, js_rows = context.get("receive"), context.get("sum"), context.get("rows")

        # The binding takes no bytes, and a list of numbers only as JSON: Latin-1 is the shortest way in.
        def receive(data: bytes) -> int:
            return int(js_receive(data.decode("latin-1")))

        def sum_bytes(data: bytes) -> int:
            return int(js_sum(data.decode("latin-1")))

        def rows(count: int) -> list[dict[str, object]]:
            # Objects leave the context as JSON only.
            decoded: list[dict[str, object]] = json.loads(js_rows(count).json())
            return decoded

        return Functions(context.get("add"), receive, sum_bytes, context.get("echo"), rows, context.get("evaluate"))

    def pair(self, row: dict[str, object]) -> tuple[int, str]:
        """Return id and message of the decoded JSON object."""
        return int(str(row["id"])), str(row["message"])
