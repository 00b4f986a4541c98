"""The CORS rule of a bucket that allows pages of this service to upload photos to it.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CORSRuleTypeDef

METHODS: Final = ("PUT", "GET", "HEAD")
HEADERS: Final = ("content-type", "x-amz-checksum-sha256")


def rule_for(origins: Sequence[str]) -> CORSRuleTypeDef:
    """The rule that pages of these origins need."""
    return {
        "AllowedMethods": list(METHODS),
        "AllowedOrigins": list(origins),
        "AllowedHeaders": list(HEADERS),
        "MaxAgeSeconds": 3600,
    }


def missing_origins(rules: Sequence[Mapping[str, Any]], origins: Sequence[str]) -> list[str]:
    """The origins for which no rule allows all that our pages do. `rules` have the form of GetBucketCors."""
    return [origin for origin in origins if not any(_allows(rule, origin) for rule in rules)]


def _allows(rule: Mapping[str, Any], origin: str) -> bool:
    return (
        set(METHODS) <= set(rule.get("AllowedMethods", ()))
        and any(_matches(pattern, origin) for pattern in rule.get("AllowedOrigins", ()))
        and all(any(_matches(pattern, header) for pattern in rule.get("AllowedHeaders", ())) for header in HEADERS)
    )


def _matches(pattern: str, value: str) -> bool:
    """True when the pattern matches the value. An asterisk matches any characters; case does not matter."""
    expression = ".*".join(re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(expression, value, re.IGNORECASE) is not None
