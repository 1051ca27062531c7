"""Runs the fuzz targets of fuzz/: `python -m tasks.fuzz [target ...] [--seconds N] [--sanitizer S]`, from the root.

The targets hold an interpreter, this one, of which they need the shared library; and they need clang's or gcc's C++.
"""

import argparse
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parent.parent
FUZZ = ROOT / "fuzz"
TARGETS = ("lift", "lower", "types", "round_trip")
CARGO_FUZZ = "0.13.2"

# Seeds that are files of the repository already.
SOURCES = {"types": (ROOT / "wit", ROOT / "host" / "tests" / "bindgen" / "wit")}


def main() -> None:
    """Run each target for its share of the time; the first failure ends the run and leaves its input behind."""
    parser = argparse.ArgumentParser(description="Fuzz the bridge.", prog="nox -s fuzz --")
    parser.add_argument("targets", nargs="*", metavar="target", help=f"{', '.join(TARGETS)}; all by default")
    parser.add_argument("--seconds", type=int, default=60, help="how long each target runs (%(default)s)")
    parser.add_argument("--sanitizer", choices=["address", "none"], default="none", help="(%(default)s)")
    options = parser.parse_args()
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}, only {', '.join(TARGETS)}")
    program = install_cargo_fuzz()
    for target in options.targets or TARGETS:
        run(program, target, options.seconds, options.sanitizer)


def install_cargo_fuzz() -> Path:
    """Install cargo-fuzz beside this interpreter, unless it is there, and return its path."""
    root = Path(sys.prefix)
    program = root / "bin" / "cargo-fuzz"
    if not program.exists():
        command = ["cargo", "install", "cargo-fuzz", "--version", CARGO_FUZZ, "--locked", "--root", str(root)]
        subprocess.run(command, check=True)
    return program


def run(program: Path, target: str, seconds: int, sanitizer: str) -> None:
    """Run one target.

    Args:
        program: cargo-fuzz.
        target: The target's name.
        seconds: How long it runs.
        sanitizer: What watches the memory: `address` or `none`.

    Raises:
        SystemExit: It found something.
    """
    corpus = FUZZ / "corpus" / target
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = [FUZZ / "seeds" / target, FUZZ / "regressions" / target, *SOURCES.get(target, ())]
    folders = [str(folder) for folder in (corpus, *seeds) if folder.is_dir()]
    limits = [
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=4096",
        "-max_len=8192",
        "-len_control=10",  # long inputs soon, as a type takes some bytes alone
        "-print_final_stats=1",
    ]
    command = [str(program), "run", "--fuzz-dir", str(FUZZ), "--sanitizer", sanitizer, target, *folders, "--", *limits]
    print("$", *command, flush=True)
    finished = subprocess.run(command, cwd=ROOT, env=environment(), check=False)
    if finished.returncode != 0:
        sys.exit(f"{target} failed: see above; once fixed, its input belongs into fuzz/regressions/{target}")


def environment() -> dict[str, str]:
    """Return the environment in which targets are built, and find this interpreter and the package when they run."""
    return {
        **os.environ,
        # Sanitizers are options that only a nightly compiler has, or one that is told to behave as such.
        "RUSTC_BOOTSTRAP": "1",
        "PYO3_PYTHON": sys.executable,
        "LD_LIBRARY_PATH": str(sysconfig.get_config_var("LIBDIR")),
        "PYTHONHOME": sys.base_prefix,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "host" / "python"), sysconfig.get_path("purelib")]),
        # Python's own allocator would hide from the sanitizer where objects end; it also never frees all of them.
        "PYTHONMALLOC": "malloc",
        "ASAN_OPTIONS": "detect_leaks=0",
    }


if __name__ == "__main__":
    main()
