"""The pytest plugin that hands out turns: it parametrizes the suite, shows progress and keeps what failed."""

import gc

import pytest
from rich.progress import Progress, TaskID

from benchmarks.bench import Bench
from benchmarks.plan import Plan
from benchmarks.threads import Crews


class Rotation:
    """One run of the suite.

    Attributes:
        bench: The backends, which the tests share.
        crews: What threads call, which the tests share too.
        failures: What pytest reports of each test that failed, by the test's name.
    """

    def __init__(self, plan: Plan, progress: Progress) -> None:
        self.plan = plan
        self.progress = progress
        self.task: TaskID | None = None
        self.bench = Bench(plan)
        self.crews = Crews(self.bench)
        self.failures: dict[str, str] = {}

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Give every test its turns, which pytest then takes in this order."""
        if "turn" in metafunc.fixturenames:
            metafunc.parametrize("turn", list(self.plan.turns()), ids=str)
        if "start" in metafunc.fixturenames:
            metafunc.parametrize("start", list(self.plan.starts()), ids=str)
        if "crowd" in metafunc.fixturenames:
            metafunc.parametrize("crowd", list(self.plan.crowds()), ids=str)

    @pytest.fixture(name="bench")
    def share_bench(self) -> Bench:
        """Return the backends of the run."""
        return self.bench

    @pytest.fixture(name="crews")
    def share_crews(self) -> Crews:
        """Return the threads' instances of the run."""
        return self.crews

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Begin the progress bar, and take what pytest holds out of the garbage collector's sight.

        Otherwise a collection that a workload sets off would walk through thousands of pytest's objects.
        """
        self.task = self.progress.add_task("benchmarks", total=len(session.items))
        gc.collect()
        gc.freeze()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Name the test that runs now."""
        if self.task is not None:
            self.progress.update(self.task, advance=1, description=nodeid.rpartition("::")[2])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a failure's text."""
        if report.failed:
            self.failures[report.nodeid.rpartition("::")[2]] = report.longreprtext

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the text of an error that kept a file from being collected."""
        if report.failed:
            self.failures[report.nodeid] = report.longreprtext
