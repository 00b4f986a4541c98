"""The key that signs sessions and links."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path

from web import env


def secret_key(data_dir: Path) -> str:
    """SECRET_KEY, or, on a single machine, a key that is made once and kept in the data folder."""
    configured = env.text("SECRET_KEY")
    if configured:
        return configured
    kept = data_dir / "secret-key"
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not kept.exists():
            with tempfile.NamedTemporaryFile("w", dir=data_dir, delete=False) as draft:
                draft.write(secrets.token_urlsafe(50))
            draft_path = Path(draft.name)
            try:
                # A hard link fails if the name is taken: of two processes that start together, the first wins.
                kept.hardlink_to(draft_path)
            except FileExistsError:
                pass
            finally:
                draft_path.unlink()
        return kept.read_text(encoding="ascii")
    except OSError:
        # A worker in a read-only container signs nothing that another process reads.
        return secrets.token_urlsafe(50)
