"""How type checkers see the use of bindings; never run.

Each `type: ignore` marks a mistake that must be found: both checkers report one that is not needed.
"""

from __future__ import annotations

import array
from typing import Any, assert_type

import componium

from .generated import everything, functions, launcher, packages, resources
from .generated.everything import AnyShape, Figure, Shape


class Host:
    """A host in the application's own words: parameters may be wider and named otherwise, results narrower."""

    def log(self, urgency: str, text: object) -> None:
        """Take the enum as the `str` that it is."""

    def get_user_config(self, name: str) -> str:
        """Know everything."""
        return name


class IncompleteHost:
    """A host without `log`, whose other function returns what it must not."""

    def get_user_config(self, key: str) -> int:
        """Return a number."""
        return len(key)


def launch(component: componium.Component) -> None:
    """Start a plugin in one line, and call it."""
    plugin = launcher.Plugin.instantiate(component, host=Host(), deadline=1, memory=2**20)
    assert_type(plugin, launcher.Plugin)
    assert_type(plugin.runner.handle("=1+1"), list[launcher.ActionItem])
    assert_type(plugin.runner.handle(input="=1+1")[0].name, str)
    assert_type(plugin.running, bool)
    launcher.Plugin.instantiate(component)  # type: ignore[call-arg]
    launcher.Plugin.instantiate(component, host=IncompleteHost())  # type: ignore[arg-type]
    launcher.Plugin.instantiate(component, host=Host(), dead_line=1)  # type: ignore[call-arg]
    plugin.runner.handle(1)  # type: ignore[arg-type]
    plugin.runner.handel("=1+1")  # type: ignore[attr-defined]


class Drawing:
    """The interface `host` of the contract with everything in it."""

    def now(self) -> int:
        """Return an int where a float is asked for."""
        return 0

    def draw(self, figures: list[AnyShape], at: everything.Point) -> bytearray:
        """Return the good case of a result, as a buffer."""
        return bytearray(len(figures) + at.x)

    def allowed(self, wanted: everything.Permissions) -> None:
        """Return the good case without a payload."""
        if everything.Permissions.WRITE in wanted:
            raise componium.GuestError

    def numbers(self) -> array.array[int]:
        """Return a buffer of numbers."""
        return array.array("I", [1])

    def lookup(self, key: str) -> tuple[Shape.Circle, ...] | None:
        """Return a tuple where the contract says list."""
        return (Shape.Circle(1),) if key else None


class Wrapping(Drawing):
    """The same with a result that says which case it is."""

    def draw(self, figures: list[AnyShape], at: everything.Point) -> Any:
        """Return either case."""
        result: componium.Ok[bytes] | componium.Err[str] = componium.Ok(b"") if figures else componium.Err(f"{at}")
        return result


def calls(component: componium.Component) -> None:
    """Parameters take any sequence and buffer; results are precise."""
    plugin = everything.Everything.instantiate(component, host=Drawing())
    everything.Everything.instantiate(component, host=Wrapping())
    points = (everything.Point(1, 2), everything.Point(x=1, y=2))
    assert_type(plugin.calls.store(memoryview(b""), ("a", "b"), points), list[everything.Point])
    assert_type(plugin.calls.options(componium.Some(3)), componium.Some[bytes | None] | None)
    assert_type(plugin.calls.check(), str)
    assert_type(Figure.Circle(1.0).value, float)
    plugin.calls.store("text", [], [])  # type: ignore[arg-type]
    plugin.calls.options(3)  # type: ignore[arg-type]
    plugin.calls.paint("red", everything.Many(0))  # type: ignore[arg-type]
    everything.Point(1)  # type: ignore[call-arg]
    everything.Point("1", 2)  # type: ignore[arg-type]


class DiskFile:
    """A resource of the application."""

    def __init__(self, name: str) -> None:
        """Open a file."""
        self._name = name

    @staticmethod
    def temporary() -> DiskFile:
        """Make one."""
        return DiskFile("temporary")

    def read(self, most: int) -> bytes:
        """Return the content."""
        return self._name.encode()[:most]

    def write(self, data: bytes) -> int:
        """Refuse."""
        raise componium.GuestError(resources.Problem.Missing(data.decode()))

    def copy_to(self, other: resources.File) -> DiskFile:
        """Take any file."""
        del other
        return self


class DiskWatcher:
    """Another."""

    def poll(self) -> None:
        """See nothing."""


class Files:
    """The interface of both: classes beside functions."""

    File = DiskFile
    Watcher = DiskWatcher

    def all(self) -> list[DiskFile]:
        """Return every file."""
        return []

    def watch(self, files: list[resources.File]) -> DiskWatcher:
        """Return a watcher."""
        del files
        return DiskWatcher()


class Leaf:
    """A resource of the application, where guests have one of the same name."""

    def children(self) -> list[Leaf]:
        """Return none."""
        return []


class Nodes:
    """The interface of it."""

    Node = Leaf

    def root(self) -> Leaf:
        """Return a node."""
        return Leaf()


def handles(component: componium.Component) -> None:
    """Handles of guests' resources are context managers with typed methods; their classes have typed constructors."""
    plugin = resources.Resources.instantiate(component, files=Files(), nodes=Nodes())
    with plugin.counters.Counter(3) as counter:
        assert_type(counter, resources.Counter)
        assert_type(counter.add(1), int)
        merged = plugin.counters.Counter.merge(counter, plugin.counters.Counter(start=1))
        assert_type(merged.drop("no longer needed"), bool)
    with plugin.nodes.Node() as node:
        assert_type(node.children(), list[resources.ExportedNode])
    assert_type(plugin.counters.sum([merged], None), int)
    assert_type(plugin.counters.save(merged, DiskFile("a")), resources.AnyAnyHandle)
    plugin.counters.Ticket()  # type: ignore[operator]
    plugin.counters.Counter("3")  # type: ignore[arg-type]


class Session:
    """A resource of the world itself."""

    def __init__(self, user: str) -> None:
        """Begin."""
        self._user = user

    @staticmethod
    def shared() -> Session:
        """Return one for everybody."""
        return Session("everybody")

    def ask(self, question: str) -> str:
        """Answer."""
        return f"{self._user}: {question}"

    def tell(self, text: str) -> None:
        """Listen."""


class Old:
    """An interface that is deprecated in part."""

    def configure(self, settings: object) -> None:
        """Take what is deprecated."""

    def renew(self) -> Any:
        """Return what is deprecated."""


def world_functions(component: componium.Component) -> None:
    """Functions of the world itself are given and called by their own names."""
    plugin = functions.Functions.instantiate(
        component, old=Old(), log=lambda level, text: [level.name, text].clear(), fetch=str.encode, Session=Session
    )
    report = functions.Report(functions.Level.LOW, ["a"])
    assert_type(plugin.run(Session("me"), [report]), list[functions.Report])
    assert_type(plugin.version(), tuple[int, int])


class Area:
    """An interface of which the world has two versions."""

    def of(self, points: list[Any]) -> float:
        """Measure."""
        return float(len(points))


def versions(component: componium.Component) -> None:
    """Types of one name in two versions of a package are two; types of WASI are the host's."""
    plugin = packages.Packages.instantiate(component, demo_geometry_area_1_0_0=Area(), demo_geometry_area_2_0_0=Area())
    flat = packages.DemoGeometryTypesPointV1_0_0(1, 2)
    deep = assert_type(plugin.shapes.convert(flat, packages.Unit.INCH), packages.DemoGeometryTypesPointV2_0_0)
    assert_type(plugin.shapes.stamp(deep), packages.Datetime)
    plugin.shapes.stamp(flat)  # type: ignore[arg-type]
