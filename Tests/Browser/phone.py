"""What a person does at the pages, by what is on them."""

import time

from selenium.common.exceptions import (
    ElementClickInterceptedException, ElementNotInteractableException, NoSuchElementException, StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

PIXELS = """
const done = arguments[arguments.length - 1];
const video = document.querySelector('[data-test="remote-video"]');
if (!video || video.videoWidth === 0) { done(null); return; }
const canvas = document.createElement('canvas');
canvas.width = 64; canvas.height = 36;
const pen = canvas.getContext('2d');
pen.drawImage(video, 0, 0, 64, 36);
const data = pen.getImageData(16, 8, 32, 16).data;
let sum = [0, 0, 0];
for (let i = 0; i < data.length; i += 4) { sum[0] += data[i]; sum[1] += data[i + 1]; sum[2] += data[i + 2]; }
done(sum.map(one => Math.round(one / (data.length / 4))));
"""

INBOUND = """
const done = arguments[arguments.length - 1];
(async () => {
  const peer = window.__peers.filter(one => one.connectionState === 'connected').pop();
  if (!peer) { done(null); return; }
  const found = {};
  for (const one of (await peer.getStats()).values()) {
    if (one.type === 'inbound-rtp') found[one.kind] = one;
    if (one.type === 'outbound-rtp') found['sent-' + one.kind] = one;
  }
  done(found);
})();
"""


ONLINE = "const s = window.__sockets.at(-1); return !!s && s.readyState === 1 && !!s.welcomed"


class Phone:
    """One customer's phone page in one browser."""

    def __init__(self, driver, service, account=None):
        self.driver, self.service, self.account = driver, service, account

    # Looking

    def find(self, name):
        return self.driver.find_element(By.CSS_SELECTOR, f'[data-test="{name}"]')

    def shown(self, name) -> bool:
        try:
            return self.find(name).is_displayed()
        except (NoSuchElementException, StaleElementReferenceException):
            return False

    def text(self, name) -> str:
        try:
            return self.find(name).text
        except (NoSuchElementException, StaleElementReferenceException):
            return ""

    def wait(self, what, seconds: float = 15, why: str = ""):
        """Waits until `what()` is true and returns its value."""
        deadline = time.monotonic() + seconds
        while True:
            value = what()
            if value:
                return value
            if time.monotonic() > deadline:
                raise AssertionError(f"did not happen in {seconds} s: {why or what}; status: {self.text('status')!r}")
            time.sleep(0.05)

    def wait_for(self, name, seconds: float = 15):
        self.wait(lambda: self.shown(name), seconds, f"{name} is shown")
        return self.find(name)

    def wait_gone(self, name, seconds: float = 15):
        self.wait(lambda: not self.shown(name), seconds, f"{name} is gone")

    # Doing

    def press(self, name, seconds: float = 15):
        """Moves the pointer to a control and presses it; in a call the move brings hidden controls back, in 0.2 s."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                control = self.find(name)
                ActionChains(self.driver, duration=0).move_to_element(control).pause(0.3).click(control).perform()
                return control
            except (
                NoSuchElementException, ElementNotInteractableException, ElementClickInterceptedException, StaleElementReferenceException,
            ):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def open(self, path):
        self.driver.get(self.service.url + path)

    def sign_in(self, account=None):
        self.account = account or self.account
        self.driver.get(self.service.url + "/sign-in")
        self.driver.delete_all_cookies()
        self.driver.get(self.service.url + "/sign-in")
        self.fill("number", self.account["number"])
        self.fill("password", self.account["password"])
        self.driver.find_element(By.CSS_SELECTOR, "form [type=submit]").click()
        self.wait(lambda: "/phone" in self.driver.current_url, why="the phone page opens after signing in")
        self.wait_for("dial-number")
        self.wait_online()
        return self

    def wait_online(self):
        self.wait(lambda: self.driver.execute_script(ONLINE), why="signalling is online")

    def cut_signalling(self):
        """Closes the page's socket under it, as a network would."""
        self.driver.execute_script("window.__sockets.at(-1).close(); window.__sockets.at(-1).welcomed = false;")

    def leave(self):
        """Ends the call, if there is one, and goes to an empty page."""
        if self.shown("hang-up"):
            try:
                self.press("hang-up", 3)
            except ElementNotInteractableException:
                pass  # It ended by itself in this very moment.
        self.driver.get("about:blank")

    def fill(self, name, value):
        field = self.driver.find_element(By.NAME, name)
        field.clear()
        field.send_keys(value)

    def dial(self, number, kind="video"):
        field = self.wait_for("dial-number")
        field.clear()
        field.send_keys(number)
        self.press(f"call-{kind}")

    # Media

    def colour(self):
        """The mean colour of the remote picture's middle, or None before the first frame."""
        return self.driver.execute_async_script(PIXELS)

    def sees(self, colour, seconds: float = 20):
        reference = {"red": (200, 30, 30), "blue": (30, 60, 200), "green": (30, 160, 60)}[colour]

        def close():
            seen = self.colour()
            return seen is not None and all(abs(a - b) < 45 for a, b in zip(seen, reference))

        self.wait(close, seconds, f"the remote picture is {colour}, now {self.colour()}")

    def inbound(self) -> dict:
        return self.driver.execute_async_script(INBOUND) or {}

    def hears(self, seconds: float = 15):
        """Waits until received sound has energy that grows."""
        first = (self.inbound().get("audio") or {}).get("totalAudioEnergy", 0)
        self.wait(
            lambda: (self.inbound().get("audio") or {}).get("totalAudioEnergy", 0) > first + 1e-4, seconds, "sound is heard"
        )

    def complaints(self) -> list:
        """Errors of the page's console, without the browser's note on refused requests that tests make on purpose."""
        return [one["message"] for one in self.driver.get_log("browser") if one["level"] == "SEVERE" and "status of 4" not in one["message"]]
