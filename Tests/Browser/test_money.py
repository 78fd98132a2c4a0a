"""The customer's money at the pages: what is owed, the invoice as PDF, paying, suspended and restored, an objection, the limit."""

import http.cookiejar
import re
import subprocess
import time
import urllib.request

import pytest
from selenium.webdriver.common.by import By

import accessibility
import chromium
from phone import Phone
from service import OUTPUT, Service, Visitor

DAY = 86_400
PAGES = ["/money", "/money/pay", "/money/invoices", "/money/calls", "/money/limit", "/money/disputes"]
VIEWS = {"wide": (1280, 900, False), "narrow": (360, 740, False), "dark": (1280, 900, True)}


def move(service, days: int):
    """Moves the demo's clock and waits until what falls due by it is done."""
    visitor = Visitor(service)
    now = visitor.post("/api/v1/demo/clock", {"advanceSeconds": days * DAY})["now"]
    day = (now // 1000 + 8 * 3600) // DAY
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if service.rows("SELECT finished FROM billing_sweeps WHERE day = ? AND finished = 1", day):
            return now
        time.sleep(0.2)
    raise AssertionError("the day's look at the accounts did not end")


def to_next_month(service):
    """The first day of the month that comes next, by the demo's clock."""
    now = Visitor(service).get("/api/v1/demo")["now"] // 1000 + 8 * 3600
    start = time.gmtime(now)
    days = 1
    while time.gmtime(now + days * DAY).tm_mon == start.tm_mon:
        days += 1
    move(service, days)


def look(driver, service, path, language, name):
    for view, (width, height, dark) in VIEWS.items():
        chromium.resize(driver, width, height)
        chromium.dark(driver, dark)
        driver.get(f"{service.url}{path}{'&' if '?' in path else '?'}lang={language}")
        OUTPUT.mkdir(exist_ok=True)
        tall = driver.execute_script("return document.documentElement.scrollHeight")
        chromium.resize(driver, width, min(max(tall, height), 4000))
        driver.save_screenshot(str(OUTPUT / f"money-{name}-{language}-{view}.png"))
        chromium.resize(driver, width, height)
        overflow = driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} is wider than the screen at {width} px"
        assert accessibility.check(driver) == [], f"{path} {language} {view}"
    chromium.resize(driver, 1280, 900)
    chromium.dark(driver, False)


def click(phone, selector):
    phone.driver.execute_script("arguments[0].click()", phone.driver.find_element(By.CSS_SELECTOR, selector))


def fetch(phone, path) -> bytes:
    """A file with the browser's own session."""
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in phone.driver.get_cookies())
    request = urllib.request.Request(phone.service.url + path, headers={"Cookie": cookies})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


@pytest.fixture(scope="module")
def payer(tmp_path_factory, green, request):
    """The second demo customer, who has made calls, in a provider of their own: the clock runs on from test to test."""
    one = Service(tmp_path_factory.mktemp("money"), "money")
    one.start()
    phone = Phone(green, one).sign_in(one.demo_accounts()[0])
    yield phone
    phone.leave()
    green.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    one.stop()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages(payer, path, language):
    look(payer.driver, payer.service, path, language, path.strip("/").replace("/", "-"))


def test_the_invoice_appears_and_its_paper_says_the_same(payer):
    to_next_month(payer.service)
    payer.open("/money/invoices?lang=zh")
    number = payer.wait_for("invoice-item").get_attribute("data-number")
    total = payer.driver.find_element(By.CSS_SELECTOR, '[data-test="invoice-item"] strong').text
    for language in ["zh", "en"]:
        look(payer.driver, payer.service, f"/money/invoices/{number}", language, "invoice")
    payer.open(f"/money/invoices/{number}?lang=zh")
    assert payer.find("invoice-state").get_attribute("data-state") == "open"
    pdf = fetch(payer, f"/money/invoices/{number}.pdf")
    assert pdf.startswith(b"%PDF")
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    for part in [number, "账单", "Invoice", "视频通话", total.replace("¥", "")]:
        assert part in text, part
    csv = fetch(payer, f"/money/invoices/{number}.csv").decode("utf-8-sig")
    payer.press("line-calls")
    rows = payer.driver.find_elements(By.CSS_SELECTOR, '[data-test="call"]')
    assert rows and len(csv.strip().split("\r\n")) >= len(rows) + 1
    payer.open("/money?lang=zh")
    assert payer.text("owed-sum") == total
    for language in ["zh", "en"]:
        look(payer.driver, payer.service, "/money", language, "owing")


def test_an_objection_holds_a_call_back(payer):
    payer.open("/money?lang=zh")
    before = payer.text("owed-sum")
    number = Visitor(payer.service).sign_in(payer.account["number"], payer.account["password"]).get("/api/v1/me/invoices")["invoices"][0]["number"]
    payer.open(f"/money/invoices/{number}")
    payer.press("line-calls")
    payer.press("object-call")
    payer.press("object-send")
    assert len(payer.driver.find_elements(By.CSS_SELECTOR, "#object .field.wrong")) == 1
    look(payer.driver, payer.service, payer.driver.current_url.replace(payer.service.url, ""), "zh", "object")
    payer.fill("text", "这个电话不是我打的")
    payer.press("object-send")
    assert payer.wait_for("dispute-line").get_attribute("data-state") == "investigating"
    assert payer.shown("evidence")
    for language in ["zh", "en"]:
        look(payer.driver, payer.service, payer.driver.current_url.replace(payer.service.url, "").split("?")[0], language, "dispute")
    payer.open("/money?lang=zh")
    assert payer.shown("held") and payer.text("owed-sum") != before


def test_the_limit_is_changed_and_the_gauge_follows(payer):
    payer.open("/money/limit?lang=zh")
    click(payer, '[name="creditLimit"][value="own"]')
    payer.fill("ownLimit", "1.005")
    payer.press("choose-limit")
    assert payer.driver.find_elements(By.CSS_SELECTOR, ".field.wrong")
    payer.fill("ownLimit", "88.50")
    payer.press("choose-limit")
    payer.wait(lambda: "¥88.50" in payer.text("limit-line"), why="the new limit is shown")
    assert "¥88.50" in payer.text("credit-gauge")


def test_what_was_typed_stays_beside_its_error(payer):
    """Nobody types twice: after a refusal the value stands where it was, marked, and with words about it."""
    for path, button, field, typed in [
        ("/money/limit", "choose-limit", "ownLimit", "12,5元"), ("/money/pay", "pay-now", "amount", "-3"),
    ]:
        payer.open(f"{path}?lang=zh")
        click(payer, '[name="creditLimit"][value="own"]' if field == "ownLimit" else '[name="part"][value="some"]')
        payer.fill(field, typed)
        payer.press(button)
        wrong = payer.driver.find_element(By.CSS_SELECTOR, ".field.wrong .error")
        assert wrong.text.strip(), path
        assert payer.driver.find_element(By.ID, field).get_attribute("value") == typed
        assert path in payer.driver.current_url


def test_what_is_held_at_the_limit_is_chosen(payer):
    """Outgoing calls or everything; the choice is there again when the page is opened again."""
    own = Visitor(payer.service).sign_in(payer.account["number"], payer.account["password"])
    for choice in ["all", "outgoing"]:
        payer.open("/money/limit?lang=zh")
        click(payer, f'[name="scope"][value="{choice}"]')
        payer.press("choose-scope")
        payer.wait(lambda: own.get("/api/v1/me/credit-limit")["holdScope"] == choice, why="the choice is kept")
        payer.open("/money/limit?lang=zh")
        assert payer.driver.find_element(By.CSS_SELECTOR, f'[name="scope"][value="{choice}"]').is_selected()


def pay(payer, outcome):
    """Pays everything through the demonstration's provider."""
    payer.open("/money/pay?lang=zh")
    payer.press("pay-now")
    payer.wait_for("demo-pay")
    assert payer.text("demo-strip")
    payer.press(f"demo-{outcome}")
    return payer.wait_for("payment-result").get_attribute("data-state")


def test_paying_by_the_demo_provider_leaves_nothing_owed(payer):
    payer.open("/money/pay?lang=zh")
    payer.press("pay-now")
    payer.wait_for("demo-pay")
    for language in ["zh", "en"]:
        look(payer.driver, payer.service, payer.driver.current_url.replace(payer.service.url, "").split("?")[0], language, "demo-pay")
    assert pay(payer, "failed") == "failed"
    assert payer.text("owed-sum") != "¥0.00"
    assert pay(payer, "paid") == "paid"
    assert payer.text("owed-sum") == "¥0.00"
    payer.open("/money/pay?lang=zh")
    assert payer.shown("payment")


def test_who_does_not_pay_is_suspended_and_restored_by_paying(payer):
    to_next_month(payer.service)
    for _ in range(10):
        move(payer.service, 6)
    payer.sign_in()
    payer.open("/money?lang=zh")
    assert payer.shown("hold") and "暂停" in payer.text("owed-line")
    for language in ["zh", "en"]:
        look(payer.driver, payer.service, "/money", language, "suspended")
    assert pay(payer, "paid") == "paid"
    assert "恢复" in payer.text("payment-result") and not payer.shown("hold")
