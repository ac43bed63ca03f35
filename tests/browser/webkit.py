"""A device whose browser is WebKit, as on every iPad: Debian's engine in a window of ours, driven as by a hand. What it
stores lies in a folder and outlives its window."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psutil
from selenium.common.exceptions import ElementNotInteractableException, StaleElementReferenceException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from facilitation.texts import say
from tests.browser.house import HERE

WINDOW = Path(__file__).with_name("webkit_window.py")
SYSTEM_PYTHON = "/usr/bin/python3"
BINDINGS = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')"
PATIENCE = 60.0
"""Seconds a slow machine may take for anything."""

TO_DISK = 2.0
"""Seconds; 0.6 were enough where it was measured, 0.3 were not."""

PASSING = (StaleElementReferenceException, ElementNotInteractableException)
"""A page that is drawn anew under the finger: looked at once more."""

FIND = """
return [...document.querySelectorAll(arguments[0])].filter((node) =>
    node.checkVisibility() && (node.innerText ?? node.textContent).includes(arguments[1]));
"""

AT_REST = """
const [node, done] = arguments;
node.scrollIntoView({ block: 'center', behavior: 'instant' });
const came = performance.now();
let before = '', frames = 0;
const dressed = () => {
    const app = document.querySelector('[data-test-script-state]');
    const drawn = app?.dataset.testScriptState === 'notRunning' && document.getElementById('kaigi-look')?.sheet;
    return !app || drawn || performance.now() - came > 1500;
};
const look = () => {
    const { x, y, width, height } = node.getBoundingClientRect();
    const here = `${x} ${y} ${width} ${height}`;
    frames = here === before && dressed() ? frames + 1 : 0;
    before = here;
    if (frames <= 4) return requestAnimationFrame(look);
    window.hit = false;
    node.addEventListener('click', () => { window.hit = true; }, { once: true, capture: true });
    done();
};
look();
"""
"""A finger comes down on what stands still: a page moves while it is drawn and while its look arrives."""

SMALL_FIELDS = """
return [...document.querySelectorAll('input:not([type=checkbox], [type=radio]), textarea, select')]
    .filter((field) => field.checkVisibility() && parseFloat(getComputedStyle(field).fontSize) < 16)
    .map((field) => field.outerHTML.slice(0, 120));
"""
"""Safari enlarges the page under a field with letters smaller than this."""

T = TypeVar("T")


def missing() -> str:
    """What this machine lacks for a WebKit device, or nothing."""
    for program in ("WebKitWebDriver", "Xvfb"):
        if shutil.which(program) is None:
            return program
    known = subprocess.run([SYSTEM_PYTHON, "-c", BINDINGS], capture_output=True, check=False)
    return "" if known.returncode == 0 else "the bindings of WebKit for Python"


class Glass:
    """A display that nobody looks at."""

    def __init__(self) -> None:
        self._xvfb = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "2000x1200x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._xvfb.stdout
        self.name = f":{self._xvfb.stdout.readline().strip()}"

    def close(self) -> None:
        self._xvfb.terminate()
        self._xvfb.wait()


class Device:
    """A tablet or a phone: `view` is its size, `folder` what it keeps."""

    def __init__(self, folder: Path, glass: Glass, base: str, view: dict[str, int], language: str = "ja") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.base, self.view, self.language, self._glass = folder, base, view, language, glass
        self.start()

    def start(self) -> "Device":
        options = Options()
        options.binary_location = SYSTEM_PYTHON
        options.set_capability("browserName", "webkit_window")
        for word in (str(WINDOW), str(self.folder), {"ja": "ja-JP", "en": "en-GB"}[self.language]):
            options.add_argument(word)
        quiet = {"DISPLAY": self._glass.name, "GSETTINGS_BACKEND": "memory", "NO_AT_BRIDGE": "1"}
        log = str(self.folder / "driver.log")
        service = Service(shutil.which("WebKitWebDriver"), log_output=log, env=os.environ | quiet)
        self.driver = WebKitGTK(options=options, service=service)
        self.driver.set_window_rect(0, 0, self.view["width"], self.view["height"])
        return self

    def stop(self) -> None:
        """Its window is closed."""
        with contextlib.suppress(Exception):
            self.driver.quit()

    def restart(self, path: str) -> None:
        """Put away and taken up again."""
        self.stop()
        self.start().go(path)

    def dies(self) -> None:
        """The battery is empty: window, pages and the process that keeps what they store end at one moment."""
        window = psutil.Process(int((self.folder / "pid").read_text()))
        family = [*window.children(recursive=True), window]
        for each in family:
            each.suspend()
        for each in family:
            each.kill()
        self.stop()

    def kept(self) -> None:
        """Wait until WebKit has brought what its pages stored to the disk."""
        time.sleep(TO_DISK)

    # --- what a person does and sees ---------------------------------------------------------------------------------

    def go(self, path: str) -> None:
        self.driver.get(self.base + path)

    def say(self, key: str, **params: object) -> str:
        return say(self.language, key, **params)

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def until(self, found: Callable[[], T], what: str) -> T:
        wait = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05, ignored_exceptions=PASSING)
        return wait.until(lambda _: found(), f"{what} on {self.driver.current_url}")

    def all(self, place: str, text: str = "") -> list[WebElement]:
        """What can be seen of a place and holds a text."""
        return self.run(FIND, place, text)

    def sees(self, place: str, text: str = "") -> WebElement:
        return self.until(lambda: self.all(place, text), f"no {place} with “{text}”")[0]

    def misses(self, place: str, text: str = "") -> None:
        self.until(lambda: not self.all(place, text), f"still {place} with “{text}”")

    def tap(self, place: str, text: str = "") -> None:
        """A finger that sees it missed, because the page moved under it, taps again."""

        def tapped() -> bool:
            found = self.all(place, text)
            if not found:
                return False
            self.driver.execute_async_script(AT_REST, found[0])
            found[0].click()
            return bool(self.run("return window.hit"))

        self.until(tapped, f"no {place} with “{text}” to tap")

    def type(self, place: str, keys: str) -> None:
        self.sees(place).send_keys(keys)

    def value(self, place: str) -> str:
        return str(self.sees(place).get_property("value"))

    def holds(self, place: str, value: str) -> None:
        """Wait until a field holds this, letter by letter."""
        self.until(lambda: self.value(place) == value, f"{place} does not hold “{value}”")

    def photograph(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(Exception):
            self.driver.save_screenshot(str(path))

    def fits(self) -> None:
        """Nothing stands out to the side, and no field is so small that the page would be enlarged under it."""
        assert self.run("return document.documentElement.scrollWidth <= innerWidth")
        assert not self.run(SMALL_FIELDS)

    # --- what may never happen ---------------------------------------------------------------------------------------

    def noted(self, file: str) -> list[str]:
        path = self.folder / file
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def assert_calm(self) -> None:
        """No script failed, nothing was refused by the page's policy, nothing left this machine."""
        assert not self.noted("wrong"), "\n".join(self.noted("wrong"))
        asked = self.noted("asked")
        assert asked, "no request was noted: this check would see nothing"
        foreign = [url for url in asked if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname != HERE]
        assert not foreign, f"requests that left this machine: {foreign}"
