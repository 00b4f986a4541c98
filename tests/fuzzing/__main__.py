"""`python -m tests.fuzzing MINUTES [FOLDER]`: damaged photos for the decoder, guided by the code they reach.

Atheris (libFuzzer) changes small photos of every format and keeps those that reach new code. Its findings are in
FOLDER/findings, one file each, and `python -m tests.fuzzing FILE` tries one again. The decoder runs in this process:
a file that crashes it is a finding, although the service would survive it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["worker.analysis", "PIL"]):
    from tests.fuzzing.outcome import check_metadata, check_outcome, check_sidecar, check_stripping
    from tests.fuzzing.seeds import SEEDS

_LONGEST_BYTES = 16384
_SLOW_SECONDS = 20
_MEMORY_MEGABYTES = 3000


def examine(data: bytes) -> None:
    """Run one input."""
    check_metadata(data)
    check_sidecar(data)
    check_stripping(data, check_outcome(data))


def main() -> None:
    """Fuzz for this long, or try one file."""
    if not sys.argv[1:]:
        sys.exit(__doc__)
    if Path(sys.argv[1]).is_file():
        examine(Path(sys.argv[1]).read_bytes())
        return
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else "build/fuzzing")
    corpus, findings = folder / "corpus", folder / "findings"
    for made in (corpus, findings):
        made.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = {
        "max_total_time": int(float(sys.argv[1]) * 60),
        "max_len": _LONGEST_BYTES,
        "timeout": _SLOW_SECONDS,
        "rss_limit_mb": _MEMORY_MEGABYTES,
        "artifact_prefix": f"{findings}/",
        "print_final_stats": 1,
    }
    atheris.Setup(
        [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(corpus)],
        examine,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
