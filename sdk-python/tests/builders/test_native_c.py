"""C plugins as shared libraries, really compiled."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from componium_sdk import BuildError, Kind, Language, ProjectError, build

from .native_library import EndedError, NativeLibrary, read_world

MakeProject = Callable[[Language, dict[str, str]], Path]

COUNTERS = """\
package test:greeter@0.1.0;

interface counters {
  resource counter {
    constructor(start: u32);
    value: func() -> u32;
  }
  sum: func(counters: list<borrow<counter>>, last: option<borrow<counter>>) -> u32;
}

world plugin {
  import tell: func(value: u32) -> u32;
  export counters;
}
"""

COUNTERS_SOURCE = """\
#include "componium_guest.h"
#include "plugin.h"

typedef exports_test_greeter_counters_counter_t counter_t;

struct exports_test_greeter_counters_counter_t { uint32_t value; };

exports_test_greeter_counters_own_counter_t exports_test_greeter_counters_constructor_counter(uint32_t start) {
    counter_t *counter = componium_resize(NULL, 1, sizeof *counter);
    counter->value = start;
    return exports_test_greeter_counters_counter_new(counter);
}

uint32_t exports_test_greeter_counters_method_counter_value(counter_t *self) {
    if (self->value == 13) componium_trap("unlucky");
    return self->value;
}

uint32_t exports_test_greeter_counters_sum(
    exports_test_greeter_counters_list_borrow_counter_t *counters, counter_t **last) {
    uint32_t sum = last == NULL ? 0 : (*last)->value;
    for (size_t i = 0; i < counters->len; i++) sum += counters->ptr[i]->value;
    exports_test_greeter_counters_list_borrow_counter_free(counters);
    return sum;
}

void exports_test_greeter_counters_counter_destructor(counter_t *counter) {
    plugin_tell(counter->value);
    free(counter);
}
"""

INTERFACE = "test:greeter/counters@0.1.0"


def build_native(folder: Path, output: Path) -> Path:
    """Build a library."""
    return build(folder, output, kind=Kind.NATIVE).path


def test_table_and_world(c_project: Path, tmp_path: Path) -> None:
    """A library has the table of the ABI, and its world in a section, with the same digest."""
    path = build_native(c_project, tmp_path / "out")
    version, pointer, digest, world = read_world(path)
    library = NativeLibrary(path)

    assert (version, pointer) == (library.abi, library.pointer) == (1, 8)
    assert library.digest == digest.hex()
    assert list(library.exports) == ["greet", "cabi_post_greet"]
    assert b"greeter" in world


def test_call(c_project: Path, tmp_path: Path) -> None:
    """Parameters travel as in the canonical ABI, with the machine's pointers, and the result's memory is freed."""
    library = NativeLibrary(build_native(c_project, tmp_path / "out"))

    answer = library.call("greet", *library.write(b"World"))

    assert library.read(answer) == b"World"
    library.call("cabi_post_greet", answer)


def test_nothing_else_is_shown(c_project: Path, tmp_path: Path) -> None:
    """A library's own functions clash with nobody's."""
    library = NativeLibrary(build_native(c_project, tmp_path / "out")).library

    for name in ("cabi_realloc", "componium_fail", "componium_export_greet", "exports_plugin_greet"):
        assert not hasattr(library, name)


@pytest.fixture
def counters(make_project: MakeProject) -> Path:
    """A project with resources."""
    return make_project(Language.C, {"wit/greeter.wit": COUNTERS, "counters.c": COUNTERS_SOURCE})


@pytest.fixture
def host(counters: Path, tmp_path: Path) -> "Counters":
    """A library with resources, and its host."""
    return Counters(build_native(counters, tmp_path / "out"))


class Counters:
    """A library with resources, and the tables of handles that its host has.

    Args:
        path: The library.
    """

    def __init__(self, path: Path) -> None:
        self.told: list[int] = []
        self.representations: dict[int, int] = {}
        exported = f"[export]{INTERFACE}#[resource-"
        self.library = NativeLibrary(
            path,
            {
                "$root#tell": self.tell,
                f"{exported}new]counter": self.new,
            },
        )

    def tell(self, values: Sequence[int]) -> int | bool:
        """The import: zero ends the call."""
        self.told.append(values[0])
        return values[0] or False

    def new(self, values: Sequence[int]) -> int:
        """`[resource-new]`."""
        handle = len(self.representations) + 100
        self.representations[handle] = values[0]
        return handle

    def make(self, start: int) -> int:
        """A new counter: its representation, as the host sees it."""
        return self.representations[self.library.call(f"{INTERFACE}#[constructor]counter", start)]

    def value(self, counter: int) -> int:
        """Call the method."""
        return self.library.call(f"{INTERFACE}#[method]counter.value", counter)


def test_representations_are_numbers(host: Counters) -> None:
    """The host sees 32-bit numbers; methods, lists and options of borrowed resources see the plugin's pointers."""
    first, second = host.make(5), host.make(7)
    assert 0 < first != second < 2**32
    assert (host.value(first), host.value(second)) == (5, 7)
    numbers = b"".join(number.to_bytes(4, "little") for number in (first, second, first))

    address, _ = host.library.write(numbers)

    assert host.library.call(f"{INTERFACE}#sum", address, 3, 1, second) == 24


def test_destructor_ends_a_representation(host: Counters) -> None:
    """Numbers are used again, however many resources there were."""
    kept = host.make(1)
    numbers = set()
    for start in range(2, 1000):
        number = host.make(start)
        numbers.add(number)
        host.library.call(f"{INTERFACE}#[dtor]counter", number)

    assert len(numbers) == 1
    assert host.told == list(range(2, 1000))
    assert host.value(kept) == 1


def test_many_representations(host: Counters) -> None:
    """The table grows."""
    counters = [host.make(start + 14) for start in range(100)]

    assert [host.value(counter) for counter in counters] == [start + 14 for start in range(100)]


def test_import_ends_the_call(host: Counters) -> None:
    """Where the host refuses to serve an import, the call is left at once, without a message of the plugin."""
    counter = host.make(0)

    with pytest.raises(EndedError, match=r"^$"):
        host.library.call(f"{INTERFACE}#[dtor]counter", counter)


def test_plugin_ends_the_call(host: Counters) -> None:
    """A plugin's own failure has its message."""
    counter = host.make(13)

    with pytest.raises(EndedError, match=r"^unlucky$"):
        host.value(counter)


def test_same_bytes_from_another_folder(c_project: Path, tmp_path: Path) -> None:
    """Nothing of the machine is in the result."""
    (c_project / "greeter.c").write_text(
        (c_project / "greeter.c").read_text()
        + "const char *where(void);\nconst char *where(void) { return __FILE__; }\n"
    )
    other = tmp_path / "another" / "place"
    shutil.copytree(c_project, other)

    first, second = (build_native(folder, folder / "out").read_bytes() for folder in (c_project, other))

    assert first == second
    assert str(tmp_path).encode() not in first


def test_march_native_is_another_artifact(c_project: Path, tmp_path: Path) -> None:
    """The three kinds lie side by side, and stay fresh."""
    for fresh in (False, True):
        built = [build(c_project, tmp_path / "out", kind=kind) for kind in Kind]
        assert [one.fresh for one in built] == [fresh] * 3

    assert len({one.path for one in built}) == 3
    march_native = NativeLibrary(built[2].path)
    assert march_native.read(march_native.call("greet", *march_native.write(b"!"))) == b"!"


def test_missing_export(c_project: Path) -> None:
    """A plugin that does not implement its world is refused, and the function is named."""
    (c_project / "greeter.c").write_text('#include "plugin.h"\n')

    with pytest.raises(BuildError, match="undefined symbol: exports_plugin_greet"):
        build_native(c_project, c_project / "out")


def test_missing_symbol_names_the_source(c_project: Path) -> None:
    """A symbol that is nowhere is the linker's error, not the loader's, and names the file that uses it."""
    source = c_project / "greeter.c"
    source.write_text(f"void nowhere(void);\n{source.read_text().replace('{', '{ nowhere();', 1)}")

    with pytest.raises(BuildError, match="undefined symbol: nowhere") as caught:
        build_native(c_project, c_project / "out")

    assert str(caught.value.place) == str(source)


def test_list_of_records_with_borrows(make_project: MakeProject) -> None:
    """What C structures cannot hold is refused with the function, the parameter and the remedy."""
    wit = COUNTERS.replace(
        "  sum:", "  record entry { counter: borrow<counter> }\n  show: func(all: list<entry>);\n  sum:"
    )
    folder = make_project(Language.C, {"wit/greeter.wit": wit, "counters.c": COUNTERS_SOURCE})

    with pytest.raises(BuildError, match="no bindings of `plugin`") as caught:
        build_native(folder, folder / "out")

    assert "`show` has no native form in C: its parameter `all`" in caught.value.output


def test_python_has_no_native_kind(make_project: MakeProject) -> None:
    """A project in Python is told what to do instead."""
    folder = make_project(Language.PYTHON, {"greeter.py": "class WitWorld: ...\n"})

    with pytest.raises(ProjectError, match="trust=True"):
        build_native(folder, folder / "out")
