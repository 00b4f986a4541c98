"""Draw the PNG icons from public/icons/icon.svg, which is the drawing. Needs Playwright for Python and Chromium.

python scripts/draw_icons.py [--chromium /usr/bin/chromium]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).resolve().parent.parent / "public" / "icons"
# Launchers cut maskable icons to a circle or a squircle: what matters stays within the inner 80 %.
# https://www.w3.org/TR/appmanifest/#icon-masks
PICTURES = {
    "icon-192.png": (192, 0.94, "transparent"),
    "icon-512.png": (512, 0.94, "transparent"),
    "maskable-512.png": (512, 0.62, "#eaf6f6"),
    "apple-touch-icon.png": (180, 0.72, "#eaf6f6"),
}


def main() -> None:
    """Draw every picture of the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    chromium = parser.parse_args().chromium
    drawing = (ICONS / "icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, (size, share, background) in PICTURES.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            style = f"margin:0;display:grid;place-items:center;height:100vh;background:{background}"
            page.set_content(f'<body style="{style}"><div style="width:{share:.0%}">{drawing}</div>')
            page.screenshot(path=ICONS / name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
