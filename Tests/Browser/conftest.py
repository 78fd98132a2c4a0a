import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import chromium  # noqa: E402
from phone import Phone  # noqa: E402
from service import OUTPUT, Service  # noqa: E402


@pytest.fixture(scope="session")
def devices(tmp_path_factory):
    """The folder of cameras and microphones."""
    return tmp_path_factory.mktemp("devices")


@pytest.fixture(scope="module")
def service(tmp_path_factory, request):
    """A demo provider for the tests of one file."""
    one = Service(tmp_path_factory.mktemp("data"), request.module.__name__)
    one.start()
    yield one
    if one.process.poll() is None:
        one.stop()


@pytest.fixture(scope="session")
def red(devices):
    driver = chromium.start(devices, "red", 440)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def blue(devices):
    driver = chromium.start(devices, "blue", 660)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def green(devices):
    driver = chromium.start(devices, "green", 880)
    yield driver
    driver.quit()


@pytest.fixture
def accounts(service):
    return service.demo_accounts()


@pytest.fixture
def alice(red, service, accounts):
    """The first demo customer, at the browser with the red camera."""
    phone = Phone(red, service).sign_in(accounts[0])
    yield phone
    phone.leave()


@pytest.fixture
def bob(blue, service, accounts):
    """The second demo customer, at the browser with the blue camera."""
    phone = Phone(blue, service).sign_in(accounts[1])
    yield phone
    phone.leave()


@pytest.fixture
def guest(green, service):
    """A third phone, at the browser with the green camera, that is not signed in yet."""
    phone = Phone(green, service)
    yield phone
    phone.leave()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test leaves a picture of every page that it had open."""
    outcome = yield
    report = outcome.get_result()
    if report.when != "call" or not report.failed:
        return
    OUTPUT.mkdir(exist_ok=True)
    for name, value in item.funcargs.items():
        driver = getattr(value, "driver", value)
        if hasattr(driver, "save_screenshot"):
            driver.save_screenshot(str(OUTPUT / f"failed-{item.name}-{name}.png"))
