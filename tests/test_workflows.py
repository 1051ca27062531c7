"""The workflows: a job that nobody waits for fails unseen, and an action that is not pinned can change under us."""

import re
from pathlib import Path

import pytest
import yaml

WORKFLOWS = sorted(Path(__file__).parent.parent.joinpath(".github", "workflows").glob("*.yml"))

# The last job of a workflow whose status stands for all others, and the jobs it does not wait for, with the reason.
GATES = {"ci.yml": "ci-passed", "wheels.yml": "wheels-passed"}
EXEMPT = {
    "wheels.yml": {"publish"},  # runs for tags only, after the gate's own needs
}

# Workflows that no gate stands for.
UNGATED = {
    "docs.yml",  # deploys what is on main already; ci.yml has built the same pages
    "fuzz.yml",  # runs by night: what it finds was there before the change that it runs on
}

# A step's action at a full commit hash, with the version it stands for beside it.
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")


def jobs_of(workflow: Path) -> dict[str, dict[str, object]]:
    """Return a workflow's jobs by name.

    Args:
        workflow: The workflow's file.
    """
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    assert isinstance(jobs, dict)
    return jobs


def test_every_workflow_has_a_gate() -> None:
    """A new workflow gets a gate or a reason not to have one."""
    assert {workflow.name for workflow in WORKFLOWS} == GATES.keys() | UNGATED


@pytest.mark.parametrize(("name", "gate"), GATES.items(), ids=GATES.keys())
def test_gate_waits_for_every_job(name: str, gate: str) -> None:
    """A gate needs every other job of its workflow, except those that are exempt for a stated reason."""
    jobs = jobs_of(next(workflow for workflow in WORKFLOWS if workflow.name == name))
    needs = jobs[gate]["needs"]
    assert isinstance(needs, list)
    assert set(needs) | EXEMPT.get(name, set()) == jobs.keys() - {gate}


@pytest.mark.parametrize(("name", "gate"), GATES.items(), ids=GATES.keys())
def test_gate_runs_when_a_job_failed(name: str, gate: str) -> None:
    """A gate runs whatever happened before it: a skipped gate would count as passed."""
    workflow = next(workflow for workflow in WORKFLOWS if workflow.name == name)
    assert jobs_of(workflow)[gate]["if"] == "always()"


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_actions_are_pinned(workflow: Path) -> None:
    """Every action is pinned to a commit, with its version in a comment."""
    uses = [line.strip().removeprefix("- ") for line in workflow.read_text(encoding="utf-8").splitlines()]
    unpinned = [line for line in uses if line.startswith("uses:") and not PINNED.fullmatch(line)]
    assert unpinned == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_jobs_have_a_time_limit(workflow: Path) -> None:
    """No job can hang for the six hours that the runner would allow it."""
    assert [name for name, job in jobs_of(workflow).items() if "timeout-minutes" not in job] == []
