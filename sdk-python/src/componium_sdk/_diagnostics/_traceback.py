"""Errors of componentize-py, which runs a plugin's top level to take a picture of it.

Python's own traceback comes wrapped: first the traceback of the tool's launcher up to `AssertionError: `, after it the
tool's causes and stack. Files of the plugin appear as `/<n>/...`, n the position of their folder among `-p` options.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from componium_sdk._diagnostics._diagnostic import Diagnostic, last_line
from componium_sdk._errors import Place

_WRAPPER = re.compile(r"\A.*?^AssertionError: ", re.MULTILINE | re.DOTALL)
_CAUSES = re.compile(r"^(?:Caused by:|Stack backtrace:)$.*\Z", re.MULTILINE | re.DOTALL)
_FRAME = re.compile(r'^ *File "/(?P<folder>\d+)/(?P<file>[^"]+)", line (?P<line>\d+)', re.MULTILINE)
_ERROR = re.compile(r"^(?P<message>[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning)\b.*)$", re.MULTILINE)


def python_output(output: str, folders: Sequence[Path]) -> str:
    """What Python said, without the tool's own frames and with the files' true paths.

    Args:
        output: componentize-py's standard error.
        folders: What it was given as `-p`, in order.
    """
    text = _CAUSES.sub("", _WRAPPER.sub("", output)).strip()
    return _FRAME.sub(lambda frame: frame[0].replace(_guest_path(frame), str(_host_path(frame, folders))), text)


def first_error(output: str, folders: Sequence[Path], app: Path) -> Diagnostic:
    """Find the error.

    Args:
        output: componentize-py's standard error.
        folders: What it was given as `-p`, in order.
        app: The plugin's module, which is at fault where no line is named.

    Returns:
        The exception, and the innermost line of the plugin in its traceback.
    """
    text = _CAUSES.sub("", _WRAPPER.sub("", output)).strip()
    errors = _ERROR.findall(text)
    message = errors[-1] if errors else last_line(text.split("\n", 1)[0])
    frames = [frame for frame in _FRAME.finditer(text) if int(frame["folder"]) < len(folders)]
    if not frames:
        return Diagnostic(message, Place(app))
    return Diagnostic(message, Place(_host_path(frames[-1], folders), int(frames[-1]["line"])))


def _guest_path(frame: re.Match[str]) -> str:
    return f"/{frame['folder']}/{frame['file']}"


def _host_path(frame: re.Match[str], folders: Sequence[Path]) -> Path:
    index = int(frame["folder"])
    return folders[index] / frame["file"] if index < len(folders) else Path(_guest_path(frame))
