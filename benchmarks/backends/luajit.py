"""LuaJIT through lupa."""

from pathlib import Path
from typing import Any

from benchmarks.backends.backend import Backend, Functions, UnavailableError

SOURCE = Path(__file__).parents[1] / "scripts" / "workloads.lua"


class LuaJit(Backend):
    """A script in a Lua state of its own."""

    def load(self) -> str:
        """Read the script; Lua compiles as it instantiates."""
        return SOURCE.read_text(encoding="utf-8")

    def instantiate(self, code: str) -> Functions:
        """Run the script, which returns a table of functions.

        Raises:
            UnavailableError: lupa was built without LuaJIT for this platform.
        """
        try:
            from lupa import luajit21  # noqa: PLC0415 - lupa's wheels differ from platform to platform
        except ImportError as error:
            raise UnavailableError("lupa has no LuaJIT 2.1 on this platform") from error
        workloads = luajit21.LuaRuntime().execute(code)
        lua_rows = workloads.rows

        def rows(count: int) -> list[tuple[int, str]]:
            return [(row.id, row.message) for row in lua_rows(count).values()]

        return Functions(workloads.add, workloads.receive, workloads.sum, workloads.echo, rows, workloads.evaluate)

    def pair(self, row: Any) -> tuple[int, str]:  # noqa: ANN401
        """Return the row, which is a pair already."""
        number, message = row
        return number, message
