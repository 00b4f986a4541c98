"""Measure what people wait for when reviewing a large album, in Chromium with the service of `make run`.

    python -m benchmarks.browser [--photos 10000]

The service analyses drawn photos, which are then copied many times and grouped. Then it starts again, and the browser
opens the album with empty caches. Frames come from the page's own clock (requestAnimationFrame); the CPU draws what a
graphics card would otherwise draw. Memory is the private memory of the tab's process, read from the kernel after a
visit through the whole album.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.drawing import write_album
from tests.e2e.chromium import HOW_TO_INSTALL, find_chromium, launch_chromium
from tests.e2e.visitor import PHONE
from tests.services.ports import PortReservation

REPOSITORY = Path(__file__).resolve().parents[1]
EMAIL, PASSWORD = "ada@example.org", "a long enough pass phrase"
PATIENCE = 120  # seconds
BARS = {"first groups": 1.5, "first groups on a phone": 3, "interaction": 200, "tab memory": 400}
SLIDER_MOVES = 6  # each of the two worker processes reads the album at its first
SLIDER_STEP = 0.05
SLOWER = 4  # times, the processor of a phone
PHONE_NETWORK = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}

# Records when the first group is in the page, and when every picture in the window is drawn.
WATCH = """
window.seen = { group: 0, pictures: 0 };
function look() {
  const now = performance.now();
  const shots = [...document.querySelectorAll('[data-shot]')].filter((shot) => {
    const box = shot.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight && box.width > 0;
  });
  if (shots.length > 0) {
    window.seen.group ||= now;
    const drawn = shots.every((shot) => shot.querySelector('img')?.complete && shot.querySelector('img').naturalWidth);
    if (drawn) window.seen.pictures ||= now;
  }
  if (!window.seen.pictures) requestAnimationFrame(look);
}
requestAnimationFrame(look);
"""

FRAMES = """
window.frames_ = [];
let last = performance.now();
function tick(now) { window.frames_.push(now - last); last = now; window.ticking = requestAnimationFrame(tick); }
window.ticking = requestAnimationFrame(tick);
"""

TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

# The middle of its thumb, and the width of its track.
SLIDER = """
() => {
  const thumb = document.querySelector('[role=slider]');
  const { x, y, width, height } = thumb.getBoundingClientRect();
  return [x + width / 2, y + height / 2, thumb.parentElement.getBoundingClientRect().width];
}
"""

# The longest event of each interaction, in ms from the key to the next paint. The browser tells those of 16 ms or more.
INTERACTIONS = """
window.interactions = new Map();
new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries())
    if (interactionId) interactions.set(interactionId, Math.max(interactions.get(interactionId) ?? 0, duration));
}).observe({ type: 'event', durationThreshold: 16 });
"""
KEYS = {
    "next group": ["ArrowDown"] * 20,
    "next shot": ["ArrowRight", "ArrowLeft"] * 5,
    "keep": ["Space"] * 10,
    "large view": ["z", "Escape"] * 5,
}


class Service:
    """`manage.py serve` with its own data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = PortReservation()
        self.url = f"http://localhost:{self._port.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
            "DATA_DIR": str(folder / "data"),
            "PORT": str(self._port.port),
            "EMBEDDING_MODEL": "descriptor",
            "DJANGO_SETTINGS_MODULE": "web.settings",
        }

    def __enter__(self) -> Service:
        ready = self._folder / "ready.json"
        ready.unlink(missing_ok=True)
        self._supervisor = subprocess.Popen(
            [sys.executable, REPOSITORY / "manage.py", "serve", "--with-parent", "--ready-file", ready],
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )
        while not ready.exists():
            if self._supervisor.poll() is not None:
                raise SystemExit("The service could not be started.")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self._supervisor.terminate()
        self._supervisor.wait(60)
        self._port.release()

    def run(self, *arguments: str | Path) -> None:
        """Run one of our programs in the service's environment."""
        subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL
        )


def make_album(service: Service, folder: Path, photos: int) -> None:
    """Make an album of this many photos in the account of EMAIL."""
    moments = 40
    counts = [2 + moment % 5 if moment % 4 else 1 for moment in range(moments)]
    write_album(folder / "drawn", moments=moments, shots=counts, size=(1024, 768), minutes_between_moments=30)
    service.run(
        *("manage.py", "makealbum", folder / "drawn", "--output", folder / "album.zip"),
        *("--user", EMAIL, "--verbosity", "0"),
    )
    service.run("-m", "benchmarks._large_album", "--photos", str(photos), "--email", EMAIL, "--password", PASSWORD)


@dataclass(frozen=True)
class Frames:
    """Milliseconds between frames while the list scrolled."""

    median: float
    slow: float
    worst: float
    count: int

    @classmethod
    def of(cls, deltas: list[float]) -> Frames:
        """Take the median, the 95th percentile and the worst."""
        ordered = sorted(deltas)
        return cls(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1], len(ordered))


class Visit:
    """One person in a new browser. Counts all requests to the service."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self._browser = browser
        self.context = browser.new_context(base_url=url, **{"viewport": {"width": 1440, "height": 900}, **options})
        self.context.set_default_timeout(120_000)
        self._sign_in()
        self.page: Page = self.context.new_page()
        self.requests: Counter[str] = Counter()
        self.api_bytes = 0
        self._kinds: dict[str, str] = {}
        network = self.context.new_cdp_session(self.page)
        network.on("Network.responseReceived", self._on_response)
        network.on("Network.loadingFinished", self._on_finished)
        network.send("Network.enable")

    def _sign_in(self) -> None:
        page = self.context.new_page()
        page.goto("/account/login")
        page.get_by_label("E-mail").fill(EMAIL)
        page.get_by_label("Password").first.fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/albums")
        page.wait_for_load_state("networkidle")
        page.close()

    def _on_response(self, event: dict[str, Any]) -> None:
        url = event["response"]["url"]
        if url.startswith("http"):
            self._kinds[event["requestId"]] = "API" if "/api/" in url else "pictures" if "/files/" in url else "page"

    def _on_finished(self, event: dict[str, Any]) -> None:
        if kind := self._kinds.pop(event["requestId"], None):
            self.requests[kind] += 1
            self.api_bytes += event["encodedDataLength"] if kind == "API" else 0

    def _until(self, condition: str) -> None:
        """Wait for a condition. Playwright's own waiting injects a script, which the security policy forbids."""
        deadline = time.monotonic() + PATIENCE
        while not self.page.evaluate(condition):
            if time.monotonic() > deadline:
                raise SystemExit(f"The page did not reach {condition} within {PATIENCE} s.")
            self.page.wait_for_timeout(30)

    def album(self) -> str:
        """The id of the only album."""
        [album] = self.context.request.get("/api/v1/albums/").json()["results"]
        return str(album["id"])

    def open(self, album: str) -> tuple[float, float]:
        """Seconds from the start of navigation to the first group and to the last picture in the window."""
        self.page.add_init_script(WATCH)
        self.page.goto(f"/albums/{album}/review", wait_until="commit")
        self._until("window.seen?.pictures > 0")
        seen = self.page.evaluate("window.seen")
        return seen["group"] / 1000, seen["pictures"] / 1000

    def slow_down(self, network: dict[str, Any] | None = None) -> None:
        """From now on, let the page compute SLOWER, and have this network."""
        session = self.context.new_cdp_session(self.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        if network:
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", network)

    def press(self, keys: list[str]) -> list[float]:
        """Milliseconds from each key to the next paint, 16 for those that took less."""
        self.page.evaluate("interactions.clear()")
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(300)
        durations: list[float] = self.page.evaluate("[...interactions.values()]")
        return durations + [16.0] * (len(keys) - len(durations))

    def scroll(self, distance: int, speed: int) -> Frames:
        """Scroll down by `distance` pixels at `speed` pixels per second, like a touchpad gesture."""
        session = self.context.new_cdp_session(self.page)
        self.page.evaluate(FRAMES)
        gesture = {"x": 700, "y": 450, "yDistance": -distance, "speed": speed, "gestureSourceType": "mouse"}
        session.send("Input.synthesizeScrollGesture", gesture)
        deltas: list[float] = self.page.evaluate("(cancelAnimationFrame(window.ticking), window.frames_)")
        session.detach()
        return Frames.of(deltas[1:])

    def to_the_end(self) -> float:
        """Seconds from pressing End until the pictures of the last photos are drawn."""
        self.page.evaluate(f"window.seen = undefined; scrollTo(0, document.documentElement.scrollHeight); {WATCH}")
        started = time.perf_counter()
        self._until("window.seen.pictures > 0")
        return time.perf_counter() - started

    def through(self, stops: int) -> None:
        """Stop at evenly spaced places from the beginning to the end of the album."""
        for stop in range(stops + 1):
            self.page.evaluate(f"scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * {stop / stops})")
            self.page.wait_for_load_state("networkidle")

    def regroup(self) -> tuple[float, int, int]:
        """Seconds from when a pointer lets go of the slider, one step on, until the new groups are drawn, with the
        number of requests and bytes.
        """
        before, bytes_before = self.requests["API"], self.api_bytes
        x, y, width = self.page.evaluate(SLIDER)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + SLIDER_STEP * width, y)
        self.page.evaluate(TWO_FRAMES)
        started = time.perf_counter()
        with self.page.expect_response(lambda response: "/timeline/" in response.url) as timeline:
            self.page.mouse.up()
        timeline.value.finished()
        self.page.evaluate(TWO_FRAMES)
        seconds = time.perf_counter() - started
        self.page.wait_for_load_state("networkidle")
        return seconds, self.requests["API"] - before, self.api_bytes - bytes_before

    def memory(self) -> tuple[float, float]:
        """MB of private memory of the tab's process, and MB used by its JavaScript."""
        heap = self.context.new_cdp_session(self.page)
        heap.send("HeapProfiler.collectGarbage")
        used: dict[str, Any] = heap.send("Runtime.getHeapUsage")
        processes = self._browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        tabs = [_private_megabytes(process["id"]) for process in processes if process["type"] == "renderer"]
        return max(tabs), used["usedSize"] / 1e6


def _private_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1000


def measure(browser: Browser, url: str) -> None:
    """Print a line for each measurement, with its limit if it has one."""
    visit = Visit(browser, url)
    album = visit.album()
    group, pictures = visit.open(album)
    visit.page.wait_for_load_state("networkidle")
    print(f"first group in the page          {group:6.2f} s")
    print(f"first groups with all pictures   {pictures:6.2f} s  (at most {BARS['first groups']} s)")
    print(f"requests for that                {dict(visit.requests)}, {visit.api_bytes / 1e6:.2f} MB from the API")
    for speed in (1_500, 6_000):
        frames = visit.scroll(6 * speed, speed)
        print(
            f"frames at {speed:5,} px/s            {frames.median:6.1f} ms median,"
            f" 95 % below {frames.slow:.1f} ms, worst {frames.worst:.1f} ms"
        )
    print(f"from there to the last photo     {visit.to_the_end():6.2f} s")
    visit.through(60)
    print(f"requests after the whole album   {dict(visit.requests)}, {visit.api_bytes / 1e6:.2f} MB from the API")
    for _ in range(SLIDER_MOVES):
        seconds, requests, size = visit.regroup()
        print(f"another similarity               {seconds:6.2f} s, {requests} requests, {size / 1e6:.2f} MB")
    private, heap = visit.memory()
    print(f"memory of the tab's process      {private:6.0f} MB (at most {BARS['tab memory']} MB)")
    print(f"  of it JavaScript               {heap:6.0f} MB")
    visit.page.evaluate(f"scrollTo(0, 0); {INTERACTIONS}")
    visit.page.wait_for_load_state("networkidle")
    visit.slow_down()
    for name, keys in KEYS.items():
        took = sorted(visit.press(keys))
        print(
            f"{name + f' by key, {SLOWER} times slower':36} {took[len(took) // 2]:6.0f} ms median,"
            f" worst {took[-1]:.0f} ms (at most {BARS['interaction']} ms)"
        )
    visit.context.close()

    phone = Visit(browser, url, **PHONE)
    phone.slow_down(PHONE_NETWORK)
    _, pictures = phone.open(album)
    print(f"first groups, phone at 10 Mbit/s {pictures:6.2f} s  (at most {BARS['first groups on a phone']} s)")
    phone.context.close()


def main() -> None:
    """Print the results."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="keep the album in this folder, and reuse it if it is there")
    options = parser.parse_args()
    if find_chromium() is None:
        print(f"Skipping benchmarks.browser. {HOW_TO_INSTALL}")
        return
    if not (REPOSITORY / "web" / "frontend" / "dist" / "index.html").exists():
        print("Skipping benchmarks.browser. The pages are not built: run `make frontend`.")
        return
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="photoalbum-bench-")))
        is_made = folder.joinpath("album.zip").exists()
        folder.mkdir(exist_ok=True)
        if not is_made:
            with Service(folder) as service:
                make_album(service, folder, options.photos)
        service = stack.enter_context(Service(folder))  # whose workers have not seen the album
        print(f"an album of {options.photos:,} photos, {os.cpu_count()} processors", flush=True)
        with sync_playwright() as playwright:
            browser = launch_chromium(playwright)
            measure(browser, service.url)
            browser.close()


if __name__ == "__main__":
    main()
