"""The request bodies that the API reads: JSON of limited size and depth."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, parsers, status


class BodyTooLarge(exceptions.APIException):
    """A request body over MAX_JSON_BYTES."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "body_too_large"
    default_detail = _("The request is too large. Send fewer items at once.")


class BoundedJSONParser(parsers.JSONParser):
    """Reads at most MAX_JSON_BYTES. The framework's own parser reads a body of any size into memory."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the values in the JSON.

        Raises:
            BodyTooLarge: when the body is over the limit; the rest is not read.
            ParseError: when it is not JSON, is nested so deeply that reading it would exhaust the stack, or has half of
                a surrogate pair, which cannot be stored, and not even be sent back in an error.

        """
        body = stream.read(settings.MAX_JSON_BYTES + 1)
        if len(body) > settings.MAX_JSON_BYTES:
            raise BodyTooLarge
        try:
            parsed = super().parse(io.BytesIO(body), media_type, dict(parser_context or {}))
            if b"\\ud" in body.lower():
                json.dumps(parsed, ensure_ascii=False).encode()
        except RecursionError as error:
            raise exceptions.ParseError(_("The JSON is nested too deeply.")) from error
        except UnicodeEncodeError as error:
            raise exceptions.ParseError(_("The JSON has text that is not Unicode.")) from error
        return parsed
