"""From pressing "accept" to the first remote frame drawn on both pages, over N calls: p50 and p95."""

import argparse
import json
import os
import platform
import tempfile
from pathlib import Path

import chromium
from phone import Phone
from service import ROOT, Service

# Notes the wall clock at the press and at the first frame that the compositor was given.
STOPWATCH = """
window.__pressed = 0; window.__drawn = 0;
document.addEventListener('click', event => {
  if (event.target.closest('[data-test="accept-video"]')) window.__pressed = Date.now();
}, true);
const watch = () => {
  const video = document.querySelector('[data-test="remote-video"]');
  if (!video || !video.srcObject) { setTimeout(watch, 5); return; }
  video.requestVideoFrameCallback(() => { window.__drawn = Date.now(); });
};
watch();
"""


def measure(caller: Phone, callee: Phone) -> tuple:
    """One call; milliseconds from the press to the first frame at (callee, caller)."""
    for phone in (caller, callee):
        phone.open("/phone")
        phone.wait_online()
        phone.driver.execute_script(STOPWATCH)
    caller.dial(callee.account["number"])
    callee.wait_for("incoming")
    callee.press("accept-video")
    drawn = [phone.wait(lambda: phone.driver.execute_script("return window.__drawn"), why="first frame") for phone in (callee, caller)]
    pressed = callee.driver.execute_script("return window.__pressed")
    caller.press("hang-up")
    callee.wait_for("ended")
    return tuple(moment - pressed for moment in drawn)


def quantile(values: list, share: float) -> int:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--calls", type=int, default=20)
    calls = options.parse_args().calls
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "data", "setup")
        service.data.mkdir()
        service.start()
        browsers = [chromium.start(Path(folder), "red", 440), chromium.start(Path(folder), "blue", 660)]
        try:
            accounts = service.demo_accounts()
            phones = [Phone(browser, service).sign_in(account) for browser, account in zip(browsers, accounts)]
            times = [measure(*phones) for _ in range(calls)]
        finally:
            for browser in browsers:
                browser.quit()
            service.stop()
    report(times)


def report(times: list):
    table = {name: [one[index] for one in times] for index, name in enumerate(("callee", "caller"))}
    print(f"first remote frame after pressing accept, ms, {len(times)} calls; {os.cpu_count()} cores, {platform.machine()}")
    for name, values in table.items():
        print(f"  {name:7} p50 {quantile(values, 0.5):5}   p95 {quantile(values, 0.95):5}   max {max(values):5}")
    output = ROOT / "bench-output"
    output.mkdir(exist_ok=True)
    (output / "setup.json").write_text(json.dumps(table, indent=2))


if __name__ == "__main__":
    main()
