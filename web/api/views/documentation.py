"""The description of the API for programs, at /api/v1/schema/."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

from web.api.throttling import SchemaThrottle


@lru_cache(maxsize=1)
def _document() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


class KeptSchemaGenerator(SchemaGenerator):
    """Describes the API once. It is the same for everybody, and takes about as long as fifty other requests."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:  # noqa: ARG002
        """The document, as public as its page."""
        return _document()


class SchemaView(SpectacularAPIView):
    """The schema. Anybody may read it, a few times a minute."""

    generator_class = KeptSchemaGenerator
    throttle_classes = (SchemaThrottle,)
