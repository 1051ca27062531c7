"""The repository's sessions: `nox` alone runs what CI runs, `nox -l` lists the rest.

A session installs its locked tools (requirements/<name>.txt), then calls a module that does the work. Arguments after
`--` reach that module.
"""

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2026.10"
nox.options.default_venv_backend = "uv"  # nox's own requirements bring it
nox.options.reuse_venv = "yes"

ROOT = Path(__file__).parent
GROUPS = ("nox", "runtime", "host", "build", "suite", "tests", "bench", "docs", "wheels", "lint")
CARGO_WORKSPACES = (
    *(".", "sdk-guests", "benchmarks/guests/rust", "benchmarks/pyo3"),
    *("tests/guests/resources/rust", "tests/guests/values/rust", "tests/hostile/rust"),
)

# Each tree has top-level modules of its own, and some names, such as `conftest`, occur in several.
MYPY_TREES = (
    ("noxfile.py", "tasks", "tests"),
    ("host/python", "host/tests"),
    ("sdk-python/src", "sdk-python/tests"),
    ("benchmarks",),
    ("examples",),
)


def install_locked(session: nox.Session, group: str) -> None:
    """Install what requirements/<group>.txt pins, each file checked against its hash."""
    session.install("--require-hashes", "--requirement", f"requirements/{group}.txt")


def install_build(session: nox.Session, group: str) -> None:
    """Build what has changed and install both wheels, with the tools of a group that includes the group `build`."""
    install_locked(session, group)
    session.run("python", "-m", "tasks.build")


@nox.session(default=False)
def build(session: nox.Session) -> None:
    """Build both wheels into dist/ and every reference plugin into build/; only what changed is built again."""
    install_locked(session, "build")
    session.run("python", "-m", "tasks.build", *session.posargs)


@nox.session(default=False)
def demo(session: nox.Session) -> None:
    """Run the example launcher on the nine plugins and show that three faulty guests stay contained."""
    install_build(session, "build")
    faulty = ("--faulty", "build/guests/faulty-c.wasm")
    session.run("python", "examples/launcher/demo.py", "build/plugins", *faulty, *session.posargs)


@nox.session(tags=["ci"])
def tests(session: nox.Session) -> None:
    """Build, then run all tests against the wheels; `nox -s tests -- tests/test_workflows.py` runs some."""
    install_build(session, "tests")
    for crate in ("rust", "rust-macro"):
        session.run("cargo", "test", "--locked", "--manifest-path", f"sdk-guests/{crate}/Cargo.toml", external=True)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(default=False, python="3.14t")
def freethreaded(session: nox.Session) -> None:
    """Build the host for a Python without a global lock (`python3.14t`) and run its tests; needs `nox -s build`."""
    install_locked(session, "host")
    install_locked(session, "suite")
    wheels = Path(session.create_tmp(), "wheels")
    shutil.rmtree(wheels, ignore_errors=True)
    session.run(
        *("python", "-m", "maturin", "build", "--release", "--locked", "--compatibility", "linux"),
        *("--manifest-path", "host/Cargo.toml", "--interpreter", "python", "--out", str(wheels)),
    )
    session.install("--no-deps", "--reinstall", *map(str, wheels.glob("*.whl")))
    session.run("python", "-m", "pytest", *(session.posargs or ("host/tests",)))


@nox.session(tags=["ci"])
def lint(session: nox.Session) -> None:
    """Check formatting, types and style of Python, Rust and the workflows."""
    install_locked(session, "lint")
    session.run("ruff", "format", "--check")
    session.run("ruff", "check")
    for tree in MYPY_TREES:
        session.run("mypy", *tree)
    # Told which environment, since it would take the `.venv` beside the project, which has nox alone.
    session.run("basedpyright", "--pythonpath", shutil.which("python", path=session.bin) or "python")
    lint_guests(session)
    lint_workflows(session)
    for workspace in CARGO_WORKSPACES:
        with session.chdir(workspace):
            session.run("cargo", "fmt", "--all", "--check", external=True)
            session.run(
                *("cargo", "clippy", "--locked", "--workspace", "--all-targets", "--all-features"),
                *("--", "--deny", "warnings"),
                external=True,
            )


def lint_guests(session: nox.Session) -> None:
    """Check the types of plugins in Python, each on its own, against bindings made from the contract."""
    bindings = Path(session.create_tmp(), "bindings")
    shutil.rmtree(bindings, ignore_errors=True)
    session.run("componentize-py", "-d", "wit/launcher/0.1.0", "-w", "plugin", "bindings", str(bindings))
    for guest in (*sorted(ROOT.glob("sdk-guests/plugins/*/python")), ROOT / "docs/examples/shout"):
        session.run("mypy", str(guest.relative_to(ROOT)), env={"MYPYPATH": str(bindings)})


def lint_workflows(session: nox.Session) -> None:
    """Check the workflows with zizmor and with actionlint, which is compiled once for the session."""
    session.run("zizmor", "--offline", "--quiet", ".github")
    actionlint = Path(session.bin) / ("actionlint.exe" if os.name == "nt" else "actionlint")
    if not actionlint.exists():
        environment = {"GOBIN": str(actionlint.parent), "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly"}
        session.run("go", "-C", "requirements/actionlint", "install", "tool", env=environment)
    session.run(str(actionlint))


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Time every workload on every backend and print the verdicts; `nox -s bench -- soak` watches memory instead."""
    install_build(session, "bench")
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session(default=False)
def fuzz(session: nox.Session) -> None:
    """Fuzz the bridge, each target for a minute; `nox -s fuzz -- lift --seconds 600` runs one for longer."""
    install_locked(session, "runtime")
    session.run("python", "-m", "tasks.fuzz", *session.posargs)


@nox.session(default=False)
def hostile(session: nox.Session) -> None:
    """Have each hostile guest attack the host, a line each; `nox -s hostile -- mutate` damages good plugins instead."""
    install_build(session, "build")
    session.run("python", "-m", "tests.hostile", *session.posargs)


@nox.session(default=False)
def docs(session: nox.Session) -> None:
    """Build the documentation into site/; `nox -s docs -- serve` shows it while it is written."""
    install_locked(session, "docs")
    environment = {
        "PYTHONPATH": str(ROOT),  # the hook imports tasks
        "NO_MKDOCS_2_WARNING": "1",  # on the theme's end of life in 2027
    }
    session.run("mkdocs", *(session.posargs or ("build", "--strict")), env=environment)


@nox.session(default=False)
def wheels(session: nox.Session) -> None:
    """Build this system's portable wheel into dist/portable/, audit it, and try it in an environment of its own."""
    install_locked(session, "wheels")
    session.run("python", "-m", "tasks.wheels", *session.posargs)


@nox.session(default=False)
def cibuildwheel(session: nox.Session) -> None:
    """Build and test the wheels to publish, as pyproject.toml says; on Linux this needs Docker."""
    install_locked(session, "wheels")
    session.run("cibuildwheel", "host", "--config-file", "pyproject.toml", "--output-dir", "dist", *session.posargs)


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Compile requirements/*.txt from the dependency groups; `nox -s lock -- --upgrade` takes newer versions."""
    for group in GROUPS:
        session.run(
            *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
            *("--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "nox -s lock"),
            *("--group", group, "--output-file", f"requirements/{group}.txt", *session.posargs),
            external=True,
        )


@nox.session(default=False, venv_backend="none")
def clean(session: nox.Session) -> None:
    """Remove what the sessions made, except environments and cargo's target folders."""
    for folder in ("build", "dist", "site"):
        session.log(f"removing {folder}")
        shutil.rmtree(ROOT / folder, ignore_errors=True)
