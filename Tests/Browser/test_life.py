"""The agreement's life to its ends: an objection answered in the console, and an ending to the very end, with the demo's clock moved."""

import datetime
import secrets

import pytest

import chromium
from phone import Phone
from service import OUTPUT, Visitor
from staff import Staff
from test_agreement import click, visitor
from test_console import Desk

DAY = 86_400
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


@pytest.fixture
def customer(green, service):
    """A customer at a browser of their own."""
    chromium.resize(green, 1280, 900)

    def sign_in(account):
        green.get(service.url)
        green.delete_all_cookies()
        return Phone(green, service).sign_in(account)

    yield sign_in
    green.get("about:blank")


@pytest.fixture
def desk(red, service):
    one = Desk(red, service)
    yield one
    one.leave()


def move_clock(service, seconds):
    Visitor(service).post("/api/v1/demo/clock", {"advanceSeconds": seconds})


@pytest.fixture(scope="module")
def version(service):
    """A second version, whose warranty is a year longer."""
    terms = visitor(service, service.demo_accounts()[0]).get("/api/v1/me/agreement")["terms"]
    return Staff(service).sign_in("fawu").publish_version({**terms, "warrantyYears": terms["warrantyYears"] + 1})


def object_to(service, account, version, words):
    own = visitor(service, account)
    own.post(f"/api/v1/me/agreement/changes/{version}/objection", {"id": secrets.token_hex(8), "reason": words})
    return own


def test_an_objection_is_answered_in_the_console_and_the_old_terms_stay(customer, desk, service, accounts, version):
    phone = customer(accounts[0])
    driver = phone.driver
    driver.get(f"{service.url}/agreement/changes/{version}?lang=zh")
    click(phone, "object")
    phone.fill("reason", "一年就够了。")
    click(phone, "object-confirm")
    phone.wait(lambda: phone.value("change-line", "data-state") == "negotiating", why="a negotiation begins")
    desk.sign_in("fawu").open("/console")
    desk.follow("[data-test=queue-objections] li a")
    assert "一年就够了" in desk.text("#section-thread")
    desk.do("objections.answer", "答复客户", words="我们可以保留原条款。").done()
    driver.refresh()
    phone.wait(lambda: "我们可以保留原条款" in phone.text("thread"), why="the answer arrives")
    assert "法务 · " in phone.text("thread"), "who answers is told by what they do"
    phone.fill("text", "那就这样。")
    click(phone, "reply")
    phone.wait(lambda: "那就这样" in phone.text("thread"), why="the customer writes back")
    desk.driver.refresh()
    desk.says("#section-thread", "那就这样")
    desk.do("objections.resolve", "协商一致", outcome="keep-old").done()
    driver.refresh()
    phone.wait(lambda: phone.value("change-line", "data-state") == "settled", why="the old terms stay")
    driver.save_screenshot(str(OUTPUT / "page-change-kept.png"))
    own = visitor(service, accounts[0])
    before = own.get("/api/v1/me/agreement")
    assert before["termsVersion"] == 1


def test_a_proposed_end_of_the_negotiation_waits_for_the_customers_word(customer, desk, service, accounts, version):
    object_to(service, accounts[1], version, "不需要更长的保修。")
    desk.sign_in("fawu").open("/console/objections")
    desk.follow("[data-test=rows] tbody a")
    desk.do("objections.resolve", "建议接受", outcome="accepted").done()
    phone = customer(accounts[1])
    phone.driver.get(f"{service.url}/agreement/changes/{version}?lang=zh")
    assert phone.value("change-line", "data-state") == "negotiating", "nothing binds by a proposal"
    click(phone, '[data-outcome="accepted"]')
    phone.wait(lambda: phone.value("change-line", "data-state") == "binding", why="the customer says yes")
    assert visitor(service, accounts[1]).get("/api/v1/me/agreement")["termsVersion"] == 2


def test_who_leaves_because_of_a_change_ends_for_that_reason(service, accounts, version):
    own = object_to(service, accounts[2], version, "那我就不用了。")
    own.post(f"/api/v1/me/agreement/changes/{version}/objection/settlement", {"outcome": "end"})
    now = datetime.datetime.fromtimestamp(own.get("/api/v1/demo")["now"] / 1000, SHANGHAI)
    own.post("/api/v1/me/ending", {"id": secrets.token_hex(8), "wished": str(now.date() + datetime.timedelta(days=30))})
    staff = Staff(service).sign_in("fawu")
    rows = staff.get("/api/v1/staff/endings")["items"]
    assert [row["endReason"] for row in rows] == ["change"]


def test_an_ending_to_the_very_end(customer, desk, service, accounts):
    account = accounts[3]
    phone = customer(account)
    page = phone.driver
    page.get(f"{service.url}/ending?lang=zh")
    assert "¥" in phone.text("owed"), "what would be owed today"
    page.execute_script("document.querySelector('[name=agreed]').click()")
    click(phone, "request-ending")
    phone.wait(lambda: phone.value("ending-line", "data-state") == "requested", why="it is asked for")
    move_clock(service, DAY)

    def settled():
        page.get(f"{service.url}/ending?lang=zh")
        if "/sign-in" in page.current_url:
            customer(account)
            return False
        return phone.value("ending-line", "data-state") == "settling"

    phone.wait(settled, seconds=30, why="the service stops and the final invoice is made")
    assert "最后一张账单" in phone.text("final-invoice")
    page.save_screenshot(str(OUTPUT / "page-ending-settling.png"))
    owed = visitor(service, account).get("/api/v1/me/ending")["owed"]
    assert owed > 0
    desk.sign_in("fawu").open("/console")
    desk.follow("[data-test=queue-endings] li a")
    assert "最终账单" in desk.text("#section-endingMoney")
    assert desk.has('[data-test="open-endings.withdraw"]')
    sheet = desk.driver.current_url
    billing = Staff(service).sign_in("zhangwu")
    billing.act(f"accounts/demo-{account['number']}/payments", id=secrets.token_hex(8), amount=owed, method="bank", reference="final")
    page.get(f"{service.url}/ending?lang=zh")
    assert "/sign-in" in page.current_url, "with the payment the session has ended"
    status, _ = Visitor(service).call("POST", "/api/v1/sessions", {"number": account["number"], "password": account["password"]})
    assert status == 401, "and nobody signs in again"
    desk.driver.get(sheet)
    desk.says("[data-test=state]", "已终止")
    assert not desk.has('[data-test="open-endings.withdraw"]')
    free = Visitor(service).get(f"/api/v1/numbers?from={account['number']}")
    assert account["number"] not in str(free), "the number rests"
