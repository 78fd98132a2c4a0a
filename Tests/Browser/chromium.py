"""Chromium with a camera of one colour and a microphone of one tone."""

from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service as Driver

import cameras

# Every peer connection and socket of the page is kept where a test can ask for statistics or cut the line.
WATCH = """
window.__sockets = [];
const RealSocket = window.WebSocket;
window.WebSocket = class extends RealSocket {
  constructor(...a) {
    super(...a);
    window.__sockets.push(this);
    this.addEventListener('message', event => { this.welcomed ||= event.data.includes('"welcome"'); });
  }
};
window.__peers = [];
const Real = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Real { constructor(...a) { super(...a); window.__peers.push(this); } };
"""


def start(folder: Path, colour: str = "red", hertz: int = 440, language: str = "zh-CN", size=(1280, 800), devices: bool = True, deny: bool = False):
    """A browser of its own process: fake devices belong to a process, not to a tab."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio", "--no-first-run",
        "--allow-loopback-in-peer-connection", "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", f"--window-size={size[0]},{size[1]}",
        "--autoplay-policy=no-user-gesture-required",
    ):
        options.add_argument(flag)
    if devices:
        options.add_argument("--use-fake-device-for-media-stream")
        options.add_argument(f"--use-file-for-fake-video-capture={cameras.camera(folder, colour)}")
        options.add_argument(f"--use-file-for-fake-audio-capture={cameras.microphone(folder, hertz)}")
    options.add_argument("--deny-permission-prompts" if deny else "--use-fake-ui-for-media-stream")
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Driver("/usr/bin/chromedriver"))
    driver.set_script_timeout(30)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    return driver


def resize(driver, width: int, height: int):
    """A real viewport of that size, also below the window's minimum."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    )


def dark(driver, on: bool):
    features = [{"name": "prefers-color-scheme", "value": "dark" if on else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
