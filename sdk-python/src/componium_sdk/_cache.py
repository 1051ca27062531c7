"""The folder for what is made once for a machine and used by every project."""

import os
from pathlib import Path

import platformdirs

VARIABLE = "COMPONIUM_CACHE_DIR"


def cache_folder() -> Path:
    """`$COMPONIUM_CACHE_DIR`, or the platform's own place for a user's caches. It may not exist yet."""
    stated = os.environ.get(VARIABLE)
    return Path(stated).resolve() if stated else platformdirs.user_cache_path("componium", appauthor=False)
