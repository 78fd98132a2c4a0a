"""Every page in both languages, wide and narrow, light and dark; kept as pictures in test-output/."""

import pytest

import accessibility
import chromium
from phone import Phone
from service import OUTPUT

PUBLIC = ["/", "/register", "/sign-in", "/services", "/announcements", "/nowhere"]
SIGNED_IN = [
    "/phone", "/account", "/account/security", "/identity", "/notices", "/orders", "/orders/new/changePlan", "/orders/new/addTerminal",
    "/orders/new/changeNumber", "/orders/new/changeCreditLimit",
]
VIEWS = {"wide": (1280, 800, False), "narrow": (360, 740, False), "dark": (1280, 800, True)}


def picture(driver, name):
    OUTPUT.mkdir(exist_ok=True)
    driver.save_screenshot(str(OUTPUT / f"page-{name}.png"))


def look(driver, service, path, language):
    """Opens the page in the language, takes a picture of each view and checks it."""
    for view, (width, height, dark) in VIEWS.items():
        chromium.resize(driver, width, height)
        chromium.dark(driver, dark)
        driver.get(f"{service.url}{path}?lang={language}")
        picture(driver, f"{path.strip('/').replace('/', '-') or 'home'}-{language}-{view}")
        assert driver.execute_script("return document.documentElement.lang").startswith(language)
        overflow = driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} is wider than the screen at {width} px"
        faults = accessibility.check(driver)
        assert faults == [], f"{path} {language} {view}"


@pytest.fixture
def page(green):
    yield green
    green.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.dark(green, False)
    green.get("about:blank")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(page, service, path, language):
    page.get(service.url)
    page.delete_all_cookies()
    look(page, service, path, language)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_of_a_customer(page, service, accounts, path, language):
    Phone(page, service).sign_in(accounts[2])
    look(page, service, path, language)


def test_a_wrong_password_is_explained_and_kept_from_guessing(page, service, accounts):
    page.get(service.url + "/sign-in")
    page.delete_all_cookies()
    for _ in range(2):
        page.get(service.url + "/sign-in?lang=zh")
        phone = Phone(page, service)
        phone.fill("number", accounts[3]["number"])
        phone.fill("password", "not the password")
        phone.submit()
        phone.wait(lambda: page.find_elements("css selector", "[role=alert]"), why="an error is shown")
    assert "/sign-in" in page.current_url
