"""An S3 server with real signatures: OpenStack Swift with its S3 API, from PyPI."""

from __future__ import annotations

import http.client
import json
import os
import pwd
import secrets
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.services.ports import PortReservation
from tests.services.service import LOOPBACK, Machine, Service

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET: Final = "photoalbum"
REGION: Final = "us-east-1"
# Swift's access keys are ACCOUNT:USER.
ACCESS_KEY: Final = "photo:album"
STORAGE_SERVERS: Final = ("object", "container", "account")

CLUSTER = """\
[swift-hash]
swift_hash_path_prefix = {prefix}
swift_hash_path_suffix = {suffix}
[storage-policy:0]
name = only
default = yes
"""

COMMON = """\
[DEFAULT]
bind_ip = {address}
bind_port = {port}
user = {user}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
disable_fallocate = true
fallocate_reserve = 0
# No processes of its own: the server is one process.
workers = 0
log_level = WARNING
# The log is the console's. The syslog that Swift also wants is a datagram to nobody.
log_udp_host = 127.0.0.1
log_udp_port = 9
# A busy machine is slow, not broken: patience instead of 503.
node_timeout = 60
conn_timeout = 10
container_update_timeout = 10
"""

STORAGE = """
[pipeline:main]
pipeline = {server}-server
[app:{server}-server]
use = egg:swift#{server}
"""

UPDATER = """
[object-updater]
interval = 5
concurrency = 1
recon_cache_path = {folder}
"""

PROXY = """
cors_allow_origin = {origins}
cors_expose_headers = ETag
strict_cors_mode = true
[pipeline:main]
pipeline =
    catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth
    copy slo dlo versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
node_timeout = 60
conn_timeout = 10
# The only node there is must not be taken out of use after a few errors.
error_suppression_limit = 1000000
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
paste.filter_factory = __main__:process_cache
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = {region}
s3_acl = false
# What S3 itself allows.
max_upload_part_num = 10000
cors_preflight_allow_origin = {origins}
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user_name} = {secret} .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
[filter:symlink]
use = egg:swift#symlink
"""


class Swift(Service):
    """An S3 server with one bucket.

    It checks signatures, expiry, checksums, ranges and conditions as S3 does. It has neither presigned POST nor
    PutBucketCors: its configuration allows browsers of the given origins (separated by commas, or `*`).
    """

    def __init__(self, keeper: Machine, *, allowed_origins: str = "*", address: str = LOOPBACK) -> None:
        super().__init__(keeper, "s3")
        self.access_key = ACCESS_KEY
        self.secret_key = secrets.token_hex(16)
        self._allowed_origins = allowed_origins
        self.address = address
        for name in ("proxy", *STORAGE_SERVERS):
            self._reservations[name] = PortReservation()

    @property
    def port(self) -> int:
        """The port of the S3 API."""
        return self._reservations["proxy"].port

    @property
    def endpoint(self) -> str:
        """The address of the S3 API."""
        return f"http://{self.address}:{self.port}"

    @property
    def url(self) -> str:
        """The STORAGE_URL of the bucket that exists from the start."""
        return self.bucket_url(BUCKET)

    def bucket_url(self, bucket: str) -> str:
        """The STORAGE_URL of any bucket."""
        credentials = f"{quote(self.access_key, safe='')}:{self.secret_key}"
        return f"s3://{credentials}@{self.address}:{self.port}/{bucket}?scheme=http&addressing=path&region={REGION}"

    def client(self) -> S3Client:
        """A boto3 client with the server's own keys."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(s3={"addressing_style": "path"}, signature_version="s3v4", retries={"total_max_attempts": 1}),
        )

    def create_bucket(self, bucket: str) -> str:
        """Create another bucket. Returns its STORAGE_URL."""
        self.client().create_bucket(Bucket=bucket)
        return self.bucket_url(bucket)

    def wait_until_ready(self, seconds: float = 60.0) -> None:
        """Wait until the server answers and the bucket exists."""
        super().wait_until_ready(seconds)
        client = self.client()
        try:
            client.head_bucket(Bucket=BUCKET)
        except ClientError:
            client.create_bucket(Bucket=BUCKET)

    def _prepare(self) -> None:
        account, user_name = self.access_key.split(":")
        (self.folder / "devices" / "disk").mkdir(parents=True)
        self._write("swift.conf", CLUSTER.format(prefix=secrets.token_hex(8), suffix=secrets.token_hex(8)))
        ports = {name: held.port for name, held in self._reservations.items()}
        self._write("servers.json", json.dumps({"address": self.address, "ports": ports}))
        for server in STORAGE_SERVERS:
            text = self._common(server) + STORAGE.format(server=server)
            self._write(
                f"{server}-server.conf",
                text + (UPDATER.format(folder=self.folder) if server == "object" else ""),
            )
        proxy = PROXY.format(
            origins=self._allowed_origins,
            region=REGION,
            account=account,
            user_name=user_name,
            secret=self.secret_key,
        )
        self._write("proxy-server.conf", self._common("proxy") + proxy)

    def _common(self, server: str) -> str:
        user = pwd.getpwuid(os.geteuid()).pw_name
        port = self._reservations[server].port
        return COMMON.format(address=self.address, port=port, user=user, folder=self.folder)

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def _command(self) -> Sequence[str | Path]:
        return [sys.executable, "-I", Path(__file__).with_name("swift_server.py"), self.folder]

    def _answers(self) -> bool:
        servers = (self._reservations[name].port for name in STORAGE_SERVERS)
        return all(_accepts(self.address, port) for port in servers) and _is_healthy(self.address, self.port)


def _accepts(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), timeout=2).close()
    except OSError:
        return False
    return True


def _is_healthy(address: str, port: int) -> bool:
    connection = http.client.HTTPConnection(address, port, timeout=5)
    try:
        connection.request("GET", "/healthcheck")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
