"""One build of one project, if there is anything to do."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from componium_sdk import _tools
from componium_sdk._builders import builder_for
from componium_sdk._builders._builder import Builder, Job
from componium_sdk._files import write_atomically
from componium_sdk._fingerprint import file_digest, fingerprint
from componium_sdk._kind import Kind
from componium_sdk._process import Report
from componium_sdk._project import Project, load_project
from componium_sdk._records import Record

# Beside the artifacts unless a caller says otherwise: objects, bindings, cargo's target folder, records.
WORK_FOLDER = ".componium"


@dataclass(frozen=True, slots=True)
class Built:
    """An artifact.

    Attributes:
        project: What it was built from.
        kind: What it is.
        path: The component, or the shared library.
        size: Its size in bytes.
        sha256: Its digest in hexadecimal.
        seconds: How long the build took; for a fresh one how long it took to see that.
        fresh: True where nothing had changed since an earlier build, whose artifact this is.
        warnings: What the compiler said when it was built; empty if nothing.
    """

    project: Project
    kind: Kind
    path: Path
    size: int
    sha256: str
    seconds: float
    fresh: bool
    warnings: str = ""

    @property
    def title(self) -> str:
        """What tells it apart from a batch's other artifacts: `calc-rust`, `calc-rust native`."""
        return title_of(self.project, self.kind)


def title_of(project: Project, kind: Kind) -> str:
    """What a build is called in reports."""
    return project.title if kind is Kind.WASM else f"{project.title} {kind}"


def build(
    project: Project | Path,
    output: Path,
    *,
    kind: Kind = Kind.WASM,
    work: Path | None = None,
    report: Report | None = None,
) -> Built:
    """Build a plugin, unless its artifact is up to date.

    Args:
        project: The project, or its folder.
        output: The folder for the artifact, `<name>-<language>.wasm` or `<name>-<language>.<system>-<processor>.so`.
        kind: What to build it into.
        work: The folder for everything in between; `.componium` in `output` by default. Builds that share one share
            their compiled dependencies.
        report: Gets lines of progress, possibly from another thread.

    Returns:
        The artifact.

    Raises:
        ProjectError: The project's `componium.toml` is missing or wrong, or its language has no such kind.
        MissingToolError: A tool is missing.
        BuildError: The source has an error.
    """
    started = time.monotonic()
    if isinstance(project, Path):
        project = load_project(project)
    output = output.resolve()
    work = (work or output / WORK_FOLDER).resolve()
    builder = builder_for(project, kind)
    artifact = output / project.artifact(kind)
    # Projects in different folders may have one name, and must not use each other's objects.
    name = f"{title_of(project, kind).replace(' ', '-')}-{hashlib.sha256(bytes(project.folder)).hexdigest()[:8]}"
    record_file = work / "records" / f"{name}.json"
    exclude = (output, work) if output != project.folder else (artifact, work)
    job = Job(project, work / name, work, exclude, report or (lambda _line: None))

    record = Record.read(record_file)
    fresh = record is not None and record.holds(artifact, _settings(builder, project), exclude)
    if record is None or not fresh:
        record = _rebuild(builder, job, artifact)
        record.write(record_file)
    seconds = round(time.monotonic() - started, 3)
    return Built(project, kind, artifact, artifact.stat().st_size, record.sha256, seconds, fresh, record.warnings)


def _rebuild(builder: Builder, job: Job, artifact: Path) -> Record:
    """Build whatever the state of things, and describe the build."""
    job.folder.mkdir(parents=True, exist_ok=True)
    builder.prepare(job)
    settings = _settings(builder, job.project)
    inputs = builder.inputs(job)
    before = fingerprint(inputs, settings, exclude=job.exclude)
    compiled = builder.compile(job)
    write_atomically(artifact, compiled.artifact)
    further = [path for path in compiled.further_inputs if not _covered(path, inputs)]
    # A file that was changed meanwhile must not pass for one that was built: then no record can hold.
    unchanged = fingerprint(inputs, settings, exclude=job.exclude) == before
    return Record(
        fingerprint((*inputs, *further), settings, exclude=job.exclude) if unchanged else "changed while it was built",
        tuple(str(path) for path in (*inputs, *further)),
        file_digest(artifact),
        compiled.warnings,
    )


def _covered(path: Path, inputs: list[Path]) -> bool:
    return any(path == root or root in path.parents for root in inputs)


def _settings(builder: Builder, project: Project) -> dict[str, str]:
    return {
        "componium-sdk": _tools.own_build(),
        # Recorded inputs are absolute: a copied checkout must not hold its records against the original's sources.
        "project": str(project.folder),
        "world": project.world,
        **builder.settings(project),
    }
