"""Tells kept results apart that other code computed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np


@cache
def code_version(*modules: ModuleType) -> str:
    """A digest, 32 hexadecimal digits, of the files of these modules and packages, and of the libraries they use."""
    digest = hashlib.sha256(f"{cv2.__version__} {np.__version__}".encode())
    for module in modules:
        file = Path(str(module.__file__))
        files = (
            sorted(path for path in file.parent.glob("*.*") if path.is_file()) if file.stem == "__init__" else [file]
        )
        for path in files:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:32]
