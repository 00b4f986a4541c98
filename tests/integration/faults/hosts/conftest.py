"""The deployment on six hosts: web, database and broker, storage, two hosts with workers, and a standby database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psycopg
import pytest

from tests.integration.deployment import WORKERS, Deployment
from tests.integration.faults.conftest import IMPATIENT
from tests.integration.faults.drawn_album import FAILURES, draw
from tests.integration.faults.harness import Harness, Outcome, Run
from tests.integration.faults.hosts.network import Network, missing
from tests.integration.faults.scale import is_long
from tests.services import Program, Stack
from tests.services.keeper import Keeper
from tests.services.postgres import PostgreSQL, Standby
from tests.services.s3 import Swift
from tests.services.stack import REPOSITORY
from tests.services.valkey import Valkey

WEB, DATA, STORAGE, WORKERS_1, WORKERS_2, STANDBY = "web", "data", "storage", "workers-1", "workers-2", "standby"


@pytest.fixture(scope="session", autouse=True)
def _able() -> None:
    """Skip all of these tests where they cannot run, and in `make test`, since each takes minutes."""
    if not is_long():
        pytest.skip("only in make faults")
    if reason := missing():
        pytest.skip(reason)


class HostsStack(Stack):
    """The three services and their clients, each on its host."""

    def __init__(self) -> None:
        self.keeper = Keeper()
        self.network = Network(self.keeper, [WEB, DATA, STORAGE, WORKERS_1, WORKERS_2, STANDBY])
        hosts = self.network.hosts
        self.primary = PostgreSQL(hosts[DATA], address=hosts[DATA].address)
        self.postgres = self.primary
        self.valkey = Valkey(hosts[DATA], address=hosts[DATA].address)
        self.s3 = Swift(hosts[STORAGE], address=hosts[STORAGE].address)
        self.standby = Standby(hosts[STANDBY], self.primary, address=hosts[STANDBY].address)

    @property
    def urls(self) -> dict[str, str]:
        """The three variables, with both databases in the first."""
        authority, _, name = self.primary.url.rpartition("/")
        both = f"{authority},{self.standby.address}:{self.standby.port}/{name}"
        return {"DATABASE_URL": both, "REDIS_URL": self.valkey.url, "STORAGE_URL": self.s3.url}

    def program(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        environment: dict[str, str] | None = None,
        answers: Callable[[], bool] | None = None,
    ) -> Program:
        """A process of our service on the host where it belongs."""
        host, whole = self.network.hosts[host_of(name)], {**self.environment, **(environment or {})}
        return Program(host, name, argv, environment=whole, directory=REPOSITORY, answers=answers)

    def close(self) -> None:
        """Stop everything, the switch first: its devices end with the hosts."""
        self.network.close()
        super().close()
        # After a failover, one of these is none of the three services any more.
        for database in (self.primary, self.standby):
            database.release_ports()


def host_of(worker: str) -> str:
    """The host of a process, by its name: the second worker of each kind (`worker-images-2`) is on the other host."""
    if not worker.startswith("worker"):
        return WEB
    return WORKERS_2 if re.match(r"worker-[a-z]+-2([-@]|$)", worker) else WORKERS_1


# They end with the module: the other fault tests have a deployment of their own.
@pytest.fixture(scope="module")
def stack(_able: None) -> Iterator[HostsStack]:
    """Services on hosts of their own."""
    with HostsStack() as stack:
        stack.start()
        yield stack


@pytest.fixture(scope="module")
def network(stack: HostsStack) -> Network:
    """The hosts, and the links between them."""
    return stack.network


@pytest.fixture(scope="module")
def _deployed(stack: HostsStack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    drawn = draw(tmp_path_factory.mktemp("drawn"))
    both = dict.fromkeys(WORKERS, 2)
    address = stack.network.hosts[WEB].address
    with Deployment(stack, replicas=both, address=address, **IMPATIENT).running() as deployment:
        harness = Harness(stack, deployment, drawn)
        with psycopg.connect(stack.postgres.url) as connection:
            connection.execute(_RESULTS)
        yield harness


# Every result of a photo writes a line into the journal of the claims.
_RESULTS = """
CREATE TRIGGER faults_prepared AFTER UPDATE ON albums_photo FOR EACH ROW
    WHEN (OLD.state = 'preparing' AND NEW.state IN ('prepared', 'failed'))
    EXECUTE FUNCTION faults_note('result of prepare');
CREATE TRIGGER faults_embedded AFTER UPDATE ON albums_photo FOR EACH ROW
    WHEN (OLD.state = 'embedding' AND NEW.state IN ('analyzed', 'failed'))
    EXECUTE FUNCTION faults_note('result of embed');
"""


def results(harness: Harness, run: Run, stage: str) -> Counter[str]:
    """How many results of a stage were kept for each photo of the album, by id."""
    rows = harness.rows(
        "SELECT id, count(*) FROM faults_claim WHERE stage = %s"
        " AND id IN (SELECT id FROM albums_photo WHERE album_id = %s) GROUP BY id",
        f"result of {stage}",
        run.album,
    )
    return Counter({str(row["id"]): row["count"] for row in rows})


@pytest.fixture(scope="module")
def undisturbed(_deployed: Harness) -> Outcome:
    """The outcome for the album on whole links."""
    run = _deployed.under_way("undisturbed")
    _deployed.settle(run)
    outcome = run.outcome()
    assert outcome.failures == FAILURES
    return outcome
