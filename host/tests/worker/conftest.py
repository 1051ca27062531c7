"""Plugins that fail on demand, in C and in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import componium
import pytest

from host.tests.conftest import ROOT, native_guest

CONTRACT = componium.Contract(ROOT / "wit" / "launcher" / "0.1.0", "plugin")

PLUGIN = '''
"""A plugin that does as its query says, in Python."""

import os
import sys
import time

from wit_world.imports import host


class Runner:
    def get_trigger(self):
        return str(os.getpid())

    def handle(self, query):
        command, _, argument = query.partition(" ")
        getattr(self, command)(argument)
        return []

    def exit(self, status):
        os._exit(int(status))

    def leave(self, status):
        sys.exit(int(status))

    def kill(self, number):
        os.kill(os.getpid(), int(number))

    def sleep(self, seconds):
        time.sleep(float(seconds))

    def take(self, size):
        self.taken = bytearray(int(size))

    def config(self, key):
        host.get_user_config(key)

    def garble(self, text):
        """Write to the connection with the application, which the worker was started with."""
        os.write(int(sys.argv[1]), bytes.fromhex(text))

    def flood(self, size):
        for _ in range(int(size)):
            print("x" * 1023)

    def nothing(self, _):
        pass
'''


class Host:
    """What the plugins import."""

    def log(self, level: Any, message: str) -> None:
        """Drop a line."""

    def get_user_config(self, key: str) -> str | None:
        """Fail, as the key says."""
        if key == "broken":
            message = "the disk is broken"
            raise OSError(message)
        return None


@pytest.fixture(scope="session")
def library() -> componium.Component:
    """Give the plugin with faults in C."""
    return componium.load(native_guest("faulty-c"), contract=CONTRACT, trust=True)


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> componium.Component:
    """Give the plugin with faults in Python."""
    path = Path(tmp_path_factory.mktemp("plugin"), "faulty.py")
    path.write_text(PLUGIN, encoding="utf-8")
    return componium.load(path, contract=CONTRACT, trust=True)
