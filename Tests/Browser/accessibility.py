"""A small check of what a machine can check of WCAG 2.2 AA on the page that is open."""

from pathlib import Path

SCRIPT = Path(__file__).with_name("accessibility.js").read_text(encoding="utf-8")


def check(driver) -> list:
    """Names what is wrong, one line each; empty when nothing is."""
    return driver.execute_script(SCRIPT)
