"""Draw the icons of the home screen from their SVG, after one of the drawings has changed.

    python -m tests.browser.icons

Chromium draws them, as it does the favicon. A test compares what is committed with the drawings.
"""

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium

IMAGES = Path(__file__).resolve().parents[2] / "static" / "img"
# Which drawing each icon is of, and how many pixels wide.
DRAWN = {
    "icon-192.png": ("favicon.svg", 192),
    "icon-512.png": ("favicon.svg", 512),
    "icon-maskable-192.png": ("icon-maskable.svg", 192),
    "icon-maskable-512.png": ("icon-maskable.svg", 512),
    "apple-touch-icon.png": ("icon-maskable.svg", 180),
}


def draw(browser: Browser, drawing: str, pixels: int) -> bytes:
    """Return a drawing as a PNG of so many pixels, with nothing behind it."""
    page = browser.new_page(viewport={"width": pixels, "height": pixels})
    svg = (IMAGES / drawing).read_text().replace("<svg ", f'<svg width="{pixels}" ', 1)
    page.set_content(f'<body style="margin: 0; line-height: 0">{svg}</body>')
    png = page.screenshot(omit_background=True)
    page.close()
    return png


def main():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        for name, (drawing, pixels) in DRAWN.items():
            (IMAGES / name).write_bytes(draw(browser, drawing, pixels))
        browser.close()


if __name__ == "__main__":
    main()
