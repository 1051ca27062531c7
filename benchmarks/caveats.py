"""What somebody must know before reading the numbers, and how to get them again: printed around them everywhere."""

from pathlib import Path

CAVEATS = Path(__file__).with_suffix(".md").read_text(encoding="utf-8").rstrip()

REPRODUCE = """\
nox -s build            # the wheel and the guests
nox -s bench            # measures; add `-- --quick` for a first look
nox -s bench -- soak    # resident memory over ten million calls and a hundred thousand instances
"""
