"""`make deploy-test`: build the images, start docker-compose.yml, do what people do, kill a worker, restore a backup.

People do the main job over HTTP and in a browser, share an album by a link, and make a book.
It leaves nothing behind, however it ends: no container, volume or network, and of the images only those it was given.
KEEP_IMAGES=1 keeps the built ones, for a faster second try. UPGRADE_FROM=COMMIT also builds the images of that commit,
and upgrades them to today's while an album is analyzed.
"""

from __future__ import annotations

import os
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from albums import storage
from tests.deploy.confinement import check_command_lines, check_containers, check_sandbox, check_waiting_file
from tests.deploy.engine import Engine, Unusable, check_images, find_engine
from tests.deploy.installation import DATA, OURS, SERVICES, WORKERS, Installation, check_commit
from tests.deploy.people import PASSWORD, Job, has_a_browser
from tests.services.ports import PortReservation

IMAGES = ("photoalbum-web", "photoalbum-worker")


def main() -> int:
    """Run every step, and say how long each took."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if commit := os.environ.get("UPGRADE_FROM"):
            check_commit(commit)
        engine = find_engine()
        check_images(engine)
    except Unusable as reason:
        say(str(reason))
        return 2
    tag = f"deploy-test-{secrets.token_hex(3)}" if not os.environ.get("KEEP_IMAGES") else "deploy-test"
    try:
        with tempfile.TemporaryDirectory(prefix="photoalbum-deploy-") as folder:
            try_everything(engine, Path(folder), tag)
            if commit:
                try_upgrade(engine, Path(folder), tag, commit)
    finally:
        if not os.environ.get("KEEP_IMAGES"):
            remove_images(engine, tag)
            remove_images(engine, f"{tag}-before")
    say("Everything works, and nothing is left.")
    return 0


def try_everything(engine: Engine, folder: Path, tag: str) -> None:
    """All steps on two installations: one that is used, and one that its backup is restored into."""
    with ExitStack() as stack:
        first = stack.enter_context(installed(engine, folder / "first", tag))
        with timed("building the images"):
            first.build()
        for image in IMAGES:
            size = int(engine.run("image", "inspect", "--format", "{{.Size}}", f"{image}:{tag}"))
            say(f"{image}: {size / 1e6:.0f} MB")
        with timed("starting everything"):
            first.start()
        check_containers(first)
        say(check_sandbox(first))
        check_command_lines(first)

        ada = Job(first.url, "ada@example.org", folder / "photos-of-ada", moments=12, seed=1)
        large = ada.enlarge_one()
        with timed(f"the main job with {len(ada.files)} photos"):
            ada.upload()
            ada.wait()
            ada.check()
        with timed("a link for a guest, who saves a large file"):
            ada.share(large, meanwhile=lambda: check_waiting_file(first))
        with timed("a photo book"):
            say(f"The photo book has {ada.print_book()} pages.")
        if has_a_browser():
            with timed("the main job in a browser"):
                ada.use_a_browser()
        else:
            say("The pages are not tried: there is no Chromium.")
        say_memory(first)

        with timed("starting two more workers"):
            first.up("worker-images", scale="worker-images=3")
        assert len(first.containers("worker-images")) == 3
        grace = Job(first.url, "grace@example.org", folder / "photos-of-grace", moments=24, seed=2)
        with timed(f"{len(grace.files)} photos, while the container of a worker is killed"):
            grace.upload()
            grace.wait(meanwhile=lambda: kill_one(first))
            zip_of_grace = grace.check()

        with timed("a backup, and its restoration into a fresh installation"):
            dump = first.execute("db", "pg_dump", "--username", "photoalbum", "--format", "custom", "photoalbum")
            with closing(storage.open_storage(first.storage_url)) as bucket:
                objects = {key: bucket.read_bytes(key) for key in bucket.list_keys("albums/")}
            first.remove()
            second = stack.enter_context(installed(engine, folder / "second", tag))
            restore(second, dump, objects)
        grace.person = type(grace.person)(second.url, "grace@example.org")
        grace.person.sign_in(PASSWORD)
        [export] = grace.person.pages(f"/api/v1/albums/{grace.album}/exports/")
        assert grace.person.download(export) == zip_of_grace
        grace.check()
        say(f"The restored installation has all {len(objects)} objects, and builds the same zip.")


def try_upgrade(engine: Engine, folder: Path, tag: str, commit: str) -> None:
    """From the images of a commit to today's, while an album is analyzed."""
    with installed(engine, folder / "before", f"{tag}-before", commit) as installation:
        with timed(f"building the images of {commit}"):
            installation.build()
        installation.start()
        alan = Job(installation.url, "alan@example.org", folder / "photos-of-alan", moments=100, seed=3)
        large = alan.enlarge_one()
        with timed(f"{len(alan.files)} photos, while everything is upgraded"):
            alan.upload()
            alan.wait(meanwhile=lambda: upgrade(installation, tag, alan))
            alan.check()
        alan.share(large, meanwhile=lambda: check_waiting_file(installation))
        say(f"After it, a guest saved a large file, and the photo book has {alan.print_book()} pages.")


def upgrade(installation: Installation, tag: str, job: Job) -> None:
    """As docs/containers.md says, in the middle of a job. Then look into the new containers."""
    analyzed = [job.analyzed()]
    assert analyzed[0] < len(job.files)
    with timed("the upgrade"):
        installation.migrate(tag)
        for service in (*WORKERS, "web", "beat"):
            installation.up(service)
            analyzed.append(job.analyzed())
    say(f"Analyzed before it, and after each new container: {', '.join(map(str, analyzed))}")
    check_containers(installation)


def kill_one(installation: Installation) -> None:
    """SIGKILL for a whole container, as when its host fails."""
    installation.engine.run("kill", "--signal", "KILL", installation.containers("worker-images")[0])


def restore(installation: Installation, dump: bytes, objects: dict[str, bytes]) -> None:
    """As docs/containers.md says: the database and the bucket while web and workers are down, then the comparison."""
    installation.up(*DATA)
    installation.execute(
        "db", "pg_restore", "--username", "photoalbum", "--no-owner", "--dbname", "photoalbum", given=dump
    )
    with closing(storage.open_storage(installation.storage_url)) as bucket:
        bucket.create_if_missing()
        for key, content in objects.items():
            bucket.write_bytes(key, content, "application/octet-stream")
    installation.manage("initialize")
    installation.manage("checkstorage")
    installation.up(*OURS)


@contextmanager
def installed(engine: Engine, folder: Path, tag: str, commit: str = "") -> Iterator[Installation]:
    """An installation with free ports, which is removed at the end."""
    ports = [PortReservation(), PortReservation()]
    installation = Installation(
        engine,
        folder,
        project=f"{tag}-{folder.name}",
        tag=tag,
        ports=(ports[0].port, ports[1].port),
        commit=commit,
    )
    try:
        yield installation
    except BaseException:
        say(installation.logs())
        raise
    finally:
        installation.remove()
        for port in ports:
            port.release()
        assert not installation.remains(), installation.remains()


def say_memory(installation: Installation) -> None:
    """Print the memory of each container."""
    for service in SERVICES:
        [container, *_] = installation.containers(service)
        used = installation.engine.run("stats", "--no-stream", "--format", "{{.MemUsage}}", container)
        say(f"{service}: {used}")


def remove_images(engine: Engine, tag: str) -> None:
    """Remove what was built here."""
    for image in IMAGES:
        if engine.has_image(f"{image}:{tag}"):
            engine.run("image", "rm", "--force", f"{image}:{tag}")


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Say how long a step took."""
    began = time.monotonic()
    yield
    say(f"{time.monotonic() - began:6.1f} s  {step}")


def say(line: str) -> None:
    """Print a line now."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
