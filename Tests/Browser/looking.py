"""Looking at a page that may be loaded anew in the middle of the look: what has gone is looked for again."""

import time

from selenium.common.exceptions import (
    ElementClickInterceptedException, ElementNotInteractableException, NoSuchElementException, StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver.common.by import By

GONE = (NoSuchElementException, StaleElementReferenceException)
BUSY = (*GONE, ElementClickInterceptedException, ElementNotInteractableException)
# What the driver says where a page went away in the very moment of the look; it has no exception of its own for it.
LEAVING = ("aborted by navigation", "execution context", "frame detached")


def until(look, why, seconds: float = 15, ignoring=GONE):
    """Looks until what is seen is true, and returns it. A page that goes away meanwhile is looked at again; `why` may be asked late."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            seen = look()
        except WebDriverException as fault:
            if not isinstance(fault, ignoring) and not any(words in str(fault.msg) for words in LEAVING):
                raise
            seen = None
        if seen:
            return seen
        if time.monotonic() > deadline:
            raise AssertionError(f"did not happen in {seconds} s: {why() if callable(why) else why}")
        time.sleep(0.05)


def root(driver):
    """The page that is open now, as something that goes stale with it."""
    return driver.find_element(By.TAG_NAME, "html")


def has_gone(page) -> bool:
    try:
        return not page.is_enabled()
    except StaleElementReferenceException:
        return True


def is_loaded(driver) -> bool:
    """Scripts of ours are modules: they have run when the page is complete."""
    return driver.execute_script("return document.readyState") == "complete"


def anew(driver, act, why, seconds: float = 15):
    """Does something that opens a page, and waits until that page is there."""
    old = root(driver)
    act()
    until(lambda: has_gone(old) and is_loaded(driver), why, seconds)
