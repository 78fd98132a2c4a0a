"""What a person does at the pages, by what is on them."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

import looking

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
        except looking.GONE:
            return False

    def text(self, name) -> str:
        try:
            return self.find(name).text
        except looking.GONE:
            return ""

    def value(self, name, attribute):
        """An attribute of an element, None while the page is being loaded anew."""
        try:
            return self.find(name).get_attribute(attribute)
        except looking.GONE:
            return None

    def wait(self, what, seconds: float = 15, why: str = ""):
        """Waits until `what()` is true and returns its value."""
        return looking.until(what, lambda: f"{why or what}; status: {self.text('status')!r}", seconds)

    def wait_for(self, name, seconds: float = 15):
        def shown():
            found = self.find(name)
            return found.is_displayed() and found

        return self.wait(shown, seconds, f"{name} is shown")

    def says(self, name, words, seconds: float = 15):
        """Waits until these words stand in an element."""
        self.wait(lambda: words in self.text(name), seconds, f"{name} says {words!r}")

    def wait_gone(self, name, seconds: float = 15):
        self.wait(lambda: not self.shown(name), seconds, f"{name} is gone")

    # Doing

    def press(self, name, seconds: float = 15):
        """Moves the pointer to a control and presses it; in a call the move brings hidden controls back, in 0.2 s."""
        def pressed():
            control = self.find(name)
            ActionChains(self.driver, duration=0).move_to_element(control).pause(0.3).click(control).perform()
            return True

        looking.until(pressed, f"{name} is pressed", seconds, looking.BUSY)

    def click(self, css, seconds: float = 15):
        """Clicks an element once the page's scripts are there to hear it."""
        def clicked():
            found = self.driver.find_element(By.CSS_SELECTOR, css)
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
            found.click()
            return True

        self.wait(lambda: looking.is_loaded(self.driver), seconds, "the page is there")
        looking.until(clicked, f"{css} is clicked", seconds, looking.BUSY)

    def submit(self, form="form"):
        self.click(f"{form} [type=submit]")

    def tick(self, css):
        """Clicks a box or a choice, which its own label covers."""
        def clicked():
            self.driver.execute_script("arguments[0].click()", self.driver.find_element(By.CSS_SELECTOR, css))
            return True

        self.wait(lambda: looking.is_loaded(self.driver), why="the page is there")
        self.wait(clicked, why=f"{css} is chosen")

    def choose(self, name, value):
        self.tick(f'[name="{name}"][value="{value}"]')

    def open(self, path):
        self.driver.get(self.service.url + path)

    def sign_in(self, account=None):
        self.account = account or self.account
        self.driver.get(self.service.url + "/sign-in")
        self.driver.delete_all_cookies()
        self.driver.get(self.service.url + "/sign-in")
        self.fill("number", self.account["number"])
        self.fill("password", self.account["password"])
        self.submit()
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
            except AssertionError:
                pass  # It ended by itself in this very moment, or a message lies over it; whoever leaves the page leaves the call.
        self.driver.get("about:blank")

    def fill(self, name, value):
        def filled():
            field = self.driver.find_element(By.NAME, name)
            field.clear()
            field.send_keys(value)
            return True

        looking.until(filled, f"{name} is filled in", ignoring=looking.BUSY)

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
