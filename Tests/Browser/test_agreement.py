"""A customer and their agreement: what it means today, a change and an objection, privacy, the end."""

import io
import json
import re
import zipfile

import pytest

import accessibility
import chromium
from phone import Phone
from service import OUTPUT, Visitor
from staff import Staff

VIEWS = {"wide": (1280, 900, False), "narrow": (360, 740, False), "dark": (1280, 900, True)}


@pytest.fixture
def page(green):
    chromium.resize(green, 1280, 900)
    yield green
    green.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.dark(green, False)
    green.get("about:blank")


@pytest.fixture
def phone(page, service, accounts):
    page.get(service.url)
    page.delete_all_cookies()
    return Phone(page, service).sign_in(accounts[0])


def visitor(service, account) -> Visitor:
    return Visitor(service).sign_in(account["number"], account["password"])


def click(phone, selector):
    """Clicks an element by its test name or selector."""
    phone.click(selector if "[" in selector or " " in selector else f'[data-test="{selector}"]')


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/agreement", "/privacy", "/ending", "/verify"])
def test_the_pages_in_both_languages_wide_narrow_and_dark(phone, service, path, language):
    driver = phone.driver
    OUTPUT.mkdir(exist_ok=True)
    for view, (width, height, dark) in VIEWS.items():
        chromium.resize(driver, width, height)
        chromium.dark(driver, dark)
        driver.get(f"{service.url}{path}?lang={language}")
        driver.save_screenshot(str(OUTPUT / f"page-{path.strip('/')}-{language}-{view}.png"))
        assert "⟦" not in driver.page_source
        overflow = driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} is wider than the screen at {width} px"
        assert accessibility.check(driver) == [], f"{path} {language} {view}"


def test_every_clause_says_what_it_means_today_and_opens_its_wording(phone, service):
    driver = phone.driver
    driver.get(f"{service.url}/agreement?lang=zh")
    for number in range(1, 19):
        card = phone.find(f"clause-{number}")
        assert card.find_elements("css selector", ".today li"), f"clause {number} says what it means today"
    assert "已核实" in phone.text("clause-1")
    assert "3‰" in phone.text("clause-5")
    driver.get(f"{service.url}/agreement?lang=zh#clause-13")
    phone.wait(lambda: driver.execute_script("return document.querySelector('#clause-13 details').open"), why="a link opens the wording")


def test_the_document_is_shown_as_it_was_signed_apart_from_our_pages(phone, service, accounts):
    own = visitor(service, accounts[0])
    with own.opener.open(f"{service.url}/agreement/document", timeout=20) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        content = answer.read()
    import hashlib

    assert hashlib.sha256(content).hexdigest() == own.get("/api/v1/me/agreement")["documentHash"]


def test_a_change_is_read_objected_to_negotiated_and_accepted(phone, service, accounts):
    driver = phone.driver
    own = visitor(service, accounts[0])
    terms = own.get("/api/v1/me/agreement")["terms"]
    legal = Staff(service).sign_in("fawu")
    version = legal.publish_version({**terms, "warrantyYears": terms["warrantyYears"] + 1})
    driver.get(f"{service.url}/agreement?lang=zh")
    click(phone, '[data-test="step"] a')
    phone.wait(lambda: f"/agreement/changes/{version}" in driver.current_url, why="the page of the change opens")
    phone.wait(lambda: phone.value("change-line", "data-state") == "open", why="the change is open")
    assert driver.find_elements("css selector", '[data-test="difference"] ins.added')
    assert driver.find_elements("css selector", '[data-test="difference"] del.removed')
    driver.save_screenshot(str(OUTPUT / "page-change-open.png"))
    # Without a reason nothing is sent.
    click(phone, "object")
    click(phone, "object-confirm")
    phone.wait(lambda: driver.find_element("css selector", "#reason-error").text, why="a reason is asked for")
    phone.fill("reason", "一年就够了。\n请保持原来的条款。")
    click(phone, "object-confirm")
    phone.wait(lambda: phone.value("change-line", "data-state") == "negotiating", why="a negotiation begins")
    phone.says("thread", "一年就够了")
    phone.fill("text", "什么时候答复？")
    click(phone, "reply")
    phone.says("thread", "什么时候答复")
    driver.save_screenshot(str(OUTPUT / "page-change-thread.png"))
    # The old terms stay meanwhile.
    assert own.get("/api/v1/me/agreement")["terms"] == terms
    # The customer changes their mind; the others have one month.
    own.post(f"/api/v1/me/agreement/changes/{version}/acceptance")
    driver.refresh()
    assert phone.value("change-line", "data-state") == "binding"
    assert own.get("/api/v1/me/agreement")["terms"]["warrantyYears"] == terms["warrantyYears"] + 1


def test_a_change_is_accepted_at_its_page(page, service, accounts):
    page.get(service.url)
    page.delete_all_cookies()
    phone = Phone(page, service).sign_in(accounts[1])
    own = visitor(service, accounts[1])
    waiting = [window for window in own.get("/api/v1/me/agreement")["windows"] if window["mayAnswer"]]
    page.get(f"{service.url}/agreement/changes/{waiting[0]['version']}?lang=en")
    click(phone, "accept")
    click(phone, "accept-confirm")
    phone.wait(lambda: phone.value("change-line", "data-state") == "binding", why="the version binds from today")


def test_consents_and_authorisations_are_given_and_withdrawn(phone, service):
    driver = phone.driver
    driver.get(f"{service.url}/privacy?lang=zh")
    assert "*" in phone.text("my-data")
    assert phone.value("consent-marketing", "data-given") == "false"
    for given in ("true", "false"):
        click(phone, '[data-consent="marketing"]')
        phone.wait(lambda: phone.value("consent-marketing", "data-given") == given, why=f"given is {given}")
    click(phone, "details summary")
    click(phone, "authorise")
    phone.wait(lambda: driver.find_element("css selector", "#recipient-error").text, why="what is missing is said")
    phone.fill("recipient", "北京某某银行")
    phone.fill("purpose", "核对地址")
    driver.execute_script("document.querySelector('[name=fields][value=address]').click()")
    click(phone, "authorise")
    phone.says("authorisation", "北京某某银行")
    click(phone, "[data-authorisation]")
    phone.wait(lambda: not driver.find_elements("css selector", "[data-authorisation]"), why="it is withdrawn")


def test_the_export_is_one_zip_with_everything(service, accounts):
    own = visitor(service, accounts[0])
    with own.opener.open(f"{service.url}/privacy/export.zip", timeout=30) as answer:
        archive = zipfile.ZipFile(io.BytesIO(answer.read()))
    assert archive.testzip() is None
    names = archive.namelist()
    for name in ("manifest.json", "customer.json", "identity/identity.json", "privacy/consents.json", "privacy/access-log.json"):
        assert name in names
    assert json.loads(archive.read("customer.json"))["name"] == accounts[0]["name"]
    assert any(re.fullmatch(r"agreement/JM-\d{4}-\d{6}\.html", name) for name in names)


def test_another_customer_sees_nothing_of_it(service, accounts):
    own, other = visitor(service, accounts[0]), visitor(service, accounts[2])
    assert own.get("/api/v1/me/agreement")["number"] != other.get("/api/v1/me/agreement")["number"]
    stranger = Visitor(service)
    for path in ("/api/v1/me/agreement", "/api/v1/me/privacy", "/api/v1/me/export", "/api/v1/me/ending"):
        assert stranger.call("GET", path)[0] == 401


def test_ending_is_asked_for_and_taken_back(page, service, accounts):
    page.get(service.url)
    page.delete_all_cookies()
    phone = Phone(page, service).sign_in(accounts[3])
    page.get(f"{service.url}/ending?lang=zh")
    assert phone.value("ending-line", "data-state") in ("none", "withdrawn")
    assert "¥" in phone.text("owed")
    click(phone, "request-ending")
    phone.wait(lambda: page.find_element("css selector", "#agreed-error").text, why="the customer is asked to say that they know")
    day = page.execute_script("const day = document.querySelector('#wished'); return new Date(Date.parse(day.value) + 20 * 864e5).toISOString().slice(0, 10)")
    page.execute_script("document.querySelector('#wished').value = arguments[0]; document.querySelector('[name=agreed]').click()", day)
    click(phone, "request-ending")
    phone.wait(lambda: phone.value("ending-line", "data-state") == "requested", why="it is asked for")
    page.save_screenshot(str(OUTPUT / "page-ending-requested.png"))
    page.get(f"{service.url}/agreement?lang=zh")
    assert "结束服务" in phone.text("clause-11")
    page.get(f"{service.url}/ending?lang=zh")
    click(phone, "withdraw-ending")
    phone.wait(lambda: phone.value("ending-line", "data-state") == "withdrawn", why="it is taken back")
