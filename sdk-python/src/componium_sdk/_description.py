"""A batch's result in types that JSON has."""

from typing import Any

from componium_sdk._batch import Failure, Outcome
from componium_sdk._build import Built
from componium_sdk._errors import BuildError, MissingToolError, Place, ProjectError


def describe(outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    """Describe a batch's result, as `--json` prints it."""
    return {
        "artifacts": [_describe_built(built) for built in outcome.built],
        "failures": [_describe_failure(failure) for failure in outcome.failures],
    }


def _describe_built(built: Built) -> dict[str, Any]:
    return {
        "name": built.project.name,
        "language": str(built.project.language),
        "kind": str(built.kind),
        "path": str(built.path),
        "size": built.size,
        "sha256": built.sha256,
        "seconds": built.seconds,
        "fresh": built.fresh,
        "warnings": built.warnings,
    }


def _describe_failure(failure: Failure) -> dict[str, Any]:
    description: dict[str, Any] = {
        "project": str(failure.folder),
        "title": failure.title,
        "headline": failure.headline,
    }
    match failure.error:
        case BuildError() as error:
            what = {"tool": error.tool, "message": error.message, "output": error.output}
            return {**description, **what, **_describe_place(error.place)}
        case ProjectError() as error:
            what = {"message": error.problem, "remedy": error.remedy}
            return {**description, **what, "key": error.key, **_describe_place(Place(error.file))}
        case MissingToolError() as error:
            return {**description, "tool": error.tool, "message": error.problem, "remedy": error.remedy}
        case error:
            return {**description, "message": str(error)}


def _describe_place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"file": None, "line": None, "column": None}
    return {"file": str(place.file), "line": place.line, "column": place.column}
