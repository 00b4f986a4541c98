"""What a container may do: asked from inside of each, and of the sandbox of a worker."""

from __future__ import annotations

import json

from tests.deploy.installation import SERVICES, WORKERS, Installation
from tests.services.observing import until

# Prints what this process may do. Standard library only: it runs in our images.
LOOK = """
import json, os, pathlib
status = dict(line.split(":\\t", 1) for line in open("/proc/1/status").read().splitlines() if ":\\t" in line)
routes = [line.split() for line in open("/proc/net/route").read().splitlines()[1:]]
def writable(folder):
    try:
        place = pathlib.Path(folder, "a-try")
        place.write_text("")
        place.unlink()
        return True
    except OSError:
        return False
print(json.dumps({
    "user": os.getuid(),
    "capabilities": status["CapBnd"].strip(),
    "no_new_privileges": status["NoNewPrivs"].strip(),
    "seccomp": status["Seccomp"].strip(),
    "writable": [folder for folder in ("/", "/app", "/etc", "/usr", "/models", "/home/photoalbum") if writable(folder)],
    "way_out": any(route[1] == "00000000" for route in routes),
}))
"""

# Starts the sandbox as a worker does, and says what it could not take from itself.
SANDBOX = """
import json, os, subprocess, sys
from worker.sandbox.confinement import landlock_version
from worker.sandbox.wire import read_message
run = subprocess.Popen([sys.executable, "-m", "worker.sandbox", str(os.getpid()), str(1 << 31)],
                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
header, _ = read_message(run.stdout)
status = open(f"/proc/{run.pid}/status").read()
run.kill()
filters = int(status.partition("Seccomp_filters:")[2].split()[0])
print(json.dumps({"problems": header["problems"], "landlock": landlock_version(), "filters": filters}))
"""

# Counts the files that the processes of the web have open in DATA_DIR.
WAITING = """
import json, os, pathlib
folder = os.environ["DATA_DIR"]
opened = set()
for link in pathlib.Path("/proc").glob("[0-9]*/fd/*"):
    try:
        opened.add(os.readlink(link))
    except OSError:
        continue
print(json.dumps({
    "waiting": sum(name.startswith(folder + "/") for name in opened),
    "in_memory": os.stat(folder).st_dev == os.stat("/tmp").st_dev,
}))
"""

MAY_WRITE = {"worker-embeddings": ["/models"]}
HAS_A_WAY_OUT = {"web"}


def check_containers(installation: Installation) -> None:
    """Every container has its limits, and ours say from inside that they hold."""
    for service in SERVICES:
        host = installation.state(installation.containers(service)[0])["HostConfig"]
        assert host["ReadonlyRootfs"], service
        assert host["Memory"] > 0, service
        assert host["PidsLimit"] > 0, service
    for service in ("web", *WORKERS, "beat"):
        found = json.loads(installation.execute(service, "python", "-c", LOOK))
        assert found == {
            "user": 10001,
            "capabilities": "0" * 16,
            "no_new_privileges": "1",
            "seccomp": "2",
            "writable": MAY_WRITE.get(service, []),
            "way_out": service in HAS_A_WAY_OUT,
        }, (service, found)


def check_sandbox(installation: Installation) -> str:
    """The sandbox takes everything from itself in a worker's container. Returns a sentence about it."""
    found = json.loads(installation.execute("worker-images", "python", "-c", SANDBOX))
    assert found["problems"] == [], found
    assert found["filters"] == 2, found  # the engine's and its own
    return f"The sandbox is confined by Landlock {found['landlock']} and seccomp."


def check_waiting_file(installation: Installation) -> None:
    """A file that a guest saves waits on the disk of its volume, not in the memory of /tmp."""

    def found() -> dict[str, int | bool]:
        seen: dict[str, int | bool] = json.loads(installation.execute("web", "python", "-c", WAITING))
        return seen

    assert until(lambda: found() == {"waiting": 1, "in_memory": False}), found()


def check_command_lines(installation: Installation) -> None:
    """No password is on a command line, where every process of the host could read it."""
    text = (installation.folder / ".env").read_text(encoding="utf-8")
    passwords = [line.partition("=")[2] for line in text.splitlines() if "PASSWORD=" in line or "SECRET_KEY=" in line]
    assert len(passwords) == 4
    for service in SERVICES:
        shown = installation.execute(service, "sh", "-c", "cat /proc/[0-9]*/cmdline").decode()
        assert shown, service
        assert not any(password in shown for password in passwords), service
