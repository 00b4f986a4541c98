"""Makes a bucket ready: creates it, and lets the pages of this service upload photos to it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from albums.storage.errors import StorageError, StorageRefused
from albums.storage.s3_cors import HEADERS, missing_origins, rule_for
from albums.storage.s3_errors import is_answer, status_of, translated_errors

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CORSRuleTypeDef

_logger = logging.getLogger(__name__)


def create_bucket_if_missing(client: S3Client, bucket: str, place: str) -> bool:
    """Create the bucket if it does not exist. Returns whether it was created.

    Raises StorageRefused or StorageUnavailable, which name `place`.
    """
    try:
        with translated_errors(place):
            client.head_bucket(Bucket=bucket)
    except StorageRefused as error:
        if not isinstance(error.__cause__, ClientError) or status_of(error.__cause__) != 404:
            raise
    else:
        return False
    return _create(client, bucket, place)


def _create(client: S3Client, bucket: str, place: str) -> bool:
    region = client.meta.region_name
    options: Any = {}
    if region != "us-east-1":
        # This one region must not be named: it is the default, and S3 refuses it.
        options = {"CreateBucketConfiguration": {"LocationConstraint": region}}
    try:
        with translated_errors(place):
            client.create_bucket(Bucket=bucket, **options)
    except StorageRefused as error:
        if is_answer(error, "BucketAlreadyOwnedByYou"):  # another process created it first
            return False
        raise
    return True


def allow_origins(client: S3Client, bucket: str, place: str, origins: Sequence[str]) -> None:
    """Add the CORS rule if it is missing. Other rules stay as they are. Logs what to do when that is refused."""
    try:
        rules = _rules(client, bucket, place)
        if missing := missing_origins(rules, origins):
            with translated_errors(place):
                client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [*rules, rule_for(missing)]})
    except StorageError as error:
        # Some servers take their rules from their own configuration, and some access keys may not write rules.
        _logger.warning(
            "Could not read or set the CORS rules of the %s. Browsers can upload only if the rules allow pages"
            " of %s to send PUT and GET with the headers %s. %s",
            place,
            " and ".join(origins),
            " and ".join(HEADERS),
            error,
        )


def _rules(client: S3Client, bucket: str, place: str) -> list[CORSRuleTypeDef]:
    try:
        with translated_errors(place):
            return client.get_bucket_cors(Bucket=bucket)["CORSRules"]  # type: ignore[return-value]
    except StorageError as error:
        if is_answer(error, "NoSuchCORSConfiguration"):
            return []
        raise
