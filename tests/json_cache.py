"""The cache of the tests: this process's memory, which takes no more than the service's cache does, values of JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.cache.backends.locmem import LocMemCache


class JsonCache(LocMemCache):
    """Raises TypeError on other values. Pickled, they would only fail where there is a broker."""

    def add(self, key: Any, value: Any, *arguments: Any, **options: Any) -> bool:
        """Add the value as it would be read."""
        return super().add(key, json.loads(json.dumps(value)), *arguments, **options)

    def set(self, key: Any, value: Any, *arguments: Any, **options: Any) -> None:
        """Set the value as it would be read."""
        super().set(key, json.loads(json.dumps(value)), *arguments, **options)
