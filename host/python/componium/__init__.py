"""Plugins in any language for Python applications: WebAssembly components, typed, sandboxed and fast."""

import os

from componium import _native, toolchain, wit
from componium._combining import combine
from componium._component import DEADLINE, MEMORY, Component
from componium._contract import Contract
from componium._description import Function, Interface
from componium._discovery import Discovery, discover, discover_entry_points, plugins_folder
from componium._errors import (
    ClosedError,
    ContractError,
    ConversionError,
    DeadlineExceeded,
    Error,
    Frame,
    GuestError,
    ImportsError,
    InvalidComponent,
    MemoryExceeded,
    NotEnforceable,
    OutOfRange,
    ReentranceError,
    ResourceError,
    ToolchainError,
    Trap,
    TrustRequired,
    TypeMismatch,
    UnsupportedType,
    WorkerCrashed,
)
from componium._grants import Folder
from componium._imports import Imports
from componium._instance import Exports, Instance
from componium._loading import load
from componium._recording.functions import record, replay
from componium._resources import Resource, drop
from componium._types import Err, Ok, Some

__all__ = [
    "DEADLINE",
    "MEMORY",
    "ClosedError",
    "Component",
    "Contract",
    "ContractError",
    "ConversionError",
    "DeadlineExceeded",
    "Discovery",
    "Err",
    "Error",
    "Exports",
    "Folder",
    "Frame",
    "Function",
    "GuestError",
    "Imports",
    "ImportsError",
    "Instance",
    "Interface",
    "InvalidComponent",
    "MemoryExceeded",
    "NotEnforceable",
    "Ok",
    "OutOfRange",
    "ReentranceError",
    "Resource",
    "ResourceError",
    "Some",
    "ToolchainError",
    "Trap",
    "TrustRequired",
    "TypeMismatch",
    "UnsupportedType",
    "WorkerCrashed",
    "combine",
    "discover",
    "discover_entry_points",
    "drop",
    "load",
    "plugins_folder",
    "record",
    "replay",
    "toolchain",
    "wit",
]

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_native.after_fork)
