"""Finds the browser that the tests drive; run as a module, installs one if it may.

Debian's `chromium-headless-shell` is the same browser without its window. It draws a page with a
third less CPU, so it is preferred, and CI installs it where another browser is there already.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_SHELL = "chromium-headless-shell"
_COMMANDS = (
    _SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
_USUAL_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "~/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/mnt/c/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
NO_BROWSER = (
    "No Chromium or Chrome was found: install one, or run `.venv/bin/playwright install chromium`,"
    " or name one with CHROME_BIN=/path/to/chrome."
)


def find_browser() -> str | None:
    """Return an installed browser: of $CHROME_BIN, PATH, the usual places, or Playwright's."""
    named = os.environ.get("CHROME_BIN")
    if named:
        return shutil.which(named)
    found = next(filter(None, map(shutil.which, _COMMANDS)), None)
    return found or _in_usual_paths() or _of_playwright()


def _in_usual_paths() -> str | None:
    paths = (Path(path).expanduser() for path in _USUAL_PATHS)
    return next((str(path) for path in paths if path.exists()), None)


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def _is_shell(browser: str) -> bool:
    return Path(browser).name == _SHELL


def install_browser() -> None:
    """Install Debian's headless Chromium where that can be done without asking anybody."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Installing {_SHELL} ...", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", _SHELL]):
        subprocess.run(
            ["apt-get", "--quiet=2", *arguments],  # noqa: S607
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
        )


def main() -> int:
    """Print the browser's path; without one the browser tests are skipped, in CI they fail."""
    browser = find_browser()
    in_ci = os.environ.get("CI") == "true"
    if not os.environ.get("CHROME_BIN") and (browser is None or (in_ci and not _is_shell(browser))):
        install_browser()
        browser = find_browser()
    if browser is None:
        print(NO_BROWSER, file=sys.stderr)
        return 1 if in_ci else 0
    print(browser)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
