"""What drf-spectacular cannot find out for the OpenAPI schema by itself."""

from __future__ import annotations

from sys import float_info
from typing import Any

import msgspec
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, build_bearer_security_scheme_object
from rest_framework import permissions, serializers
from rest_framework.fields import Field

from web.api.problems import MEDIA_TYPE, ProblemOutput


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The session cookie."""

    target_class = "web.accounts.authentication.SessionAuthentication"
    name = "session"
    priority = 1

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The Authorization header."""

    target_class = "web.accounts.authentication.TokenAuthentication"
    name = "token"
    priority = 1

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002
        scheme = build_bearer_security_scheme_object(header_name="Authorization", token_prefix="Token")  # noqa: S106
        return dict(scheme)


class AnalysisFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """The analysis of a photo, described by the structs that declare it."""

    target_class = "web.api.serializers.analysis.AnalysisField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:  # noqa: ARG002
        struct = self.target.struct
        component = ResolvedComponent(  # type: ignore[no-untyped-call]
            self.target.component, ResolvedComponent.SCHEMA, schema=_struct_schema(struct), object=struct
        )
        auto_schema.registry.register_on_missing(component)
        return {"type": "array", "items": component.ref} if self.target.is_list else component.ref


def _struct_schema(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """The schema of a struct without other structs in it, as a response shows it."""
    _, components = msgspec.json.schema_components([struct])
    [schema] = components.values()
    properties = {name: _property(shown) for name, shown in schema["properties"].items()}
    return {"type": "object", "description": schema["description"], "properties": properties} | (
        {"required": schema["required"]} if schema["required"] else {}
    )


def _property(schema: dict[str, Any]) -> dict[str, Any]:
    """One property. A response leaves it out where it is null by default. Meaningless bounds are removed."""
    shown = dict(schema)
    if "default" in shown and shown.pop("default") is None:
        [known] = [kind for kind in shown.pop("anyOf") if kind != {"type": "null"}]
        shown = {**known, **shown}
    if "anyOf" in shown:
        shown["anyOf"] = [_property(kind) for kind in shown["anyOf"]]
    if "items" in shown:
        shown["items"] = _property(shown["items"])
    if "enum" in shown:
        shown = {"type": "string", **shown}
    if shown.get("maximum") == float_info.max:
        del shown["minimum"], shown["maximum"]
    return shown


class ApiSchema(AutoSchema):
    """Adds to every operation the problems that it can answer with."""

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        responses: dict[str, Any] = dict(super()._get_response_bodies(direction))
        component = self.resolve_serializer(ProblemOutput, direction)
        for status_code, description in self._problems().items():
            responses.setdefault(
                status_code,
                {"description": description, "content": {MEDIA_TYPE: {"schema": component.ref}}},
            )
        return responses

    def _problems(self) -> dict[str, str]:
        problems = {}
        if self.method in {"POST", "PATCH"} or self._reads_body_of_delete() or self.get_override_parameters():
            problems["400"] = "A value is missing or wrong."
        if not any(isinstance(permission, permissions.AllowAny) for permission in self.view.get_permissions()):
            problems["401"] = "You are not signed in."
            problems["403"] = "The CSRF token is missing, or an API token is not enough."
        if "{" in self.path:
            problems["404"] = "It does not exist, or it belongs to another account."
        problems["default"] = "Any other problem."
        return problems

    def _reads_body_of_delete(self) -> bool:
        return self.method == "DELETE" and getattr(self.view, "reads_body_of_delete", False)

    def _get_request_body(self, direction: Any = "request") -> Any:
        """Show the body of DELETE too, if the view reads one. The base class never shows one for DELETE."""
        if not self._reads_body_of_delete():
            return super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        self.method = "POST"
        try:
            return super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        finally:
            self.method = "DELETE"


def page_of(output: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """The serializer of one page of a list, named after what the list holds."""
    name = output.__name__.removesuffix("Output") + "Page"
    fields: dict[str, Field[Any, Any, Any, Any]] = {
        "next": serializers.URLField(allow_null=True, help_text="The URL of the next page; null on the last page."),
        "results": output(many=True),
    }
    page: type[serializers.Serializer[Any]] = type(name, (serializers.Serializer,), fields)
    return page()
