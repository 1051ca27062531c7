"""What is remembered of a finished build, so that the next one can see that nothing has changed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from componium_sdk._files import write_atomically
from componium_sdk._fingerprint import file_digest, fingerprint


@dataclass(frozen=True, slots=True)
class Record:
    """A finished build.

    Attributes:
        fingerprint: The fingerprint of what it was made from.
        inputs: The files and folders in that fingerprint.
        sha256: The digest of the artifact.
        warnings: What the compiler said all the same.
    """

    fingerprint: str
    inputs: tuple[str, ...]
    sha256: str
    warnings: str = ""

    @classmethod
    def read(cls, file: Path) -> Self | None:
        """The record in a file; None where there is none, or one of another version's form."""
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            return cls(**{**content, "inputs": tuple(content["inputs"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self, file: Path) -> None:
        """Keep the record in a file."""
        write_atomically(file, json.dumps(asdict(self), indent=2).encode())

    def holds(self, artifact: Path, settings: Mapping[str, str], exclude: tuple[Path, ...]) -> bool:
        """Whether building again would change nothing: neither inputs, nor settings, nor the artifact did."""
        if not artifact.is_file() or file_digest(artifact) != self.sha256:
            return False
        inputs = [Path(path) for path in self.inputs]
        return fingerprint(inputs, settings, exclude=exclude) == self.fingerprint
