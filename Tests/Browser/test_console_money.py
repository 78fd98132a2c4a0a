"""The staff's money: a billing clerk at work, months after the demo's customers have joined."""

import time

import accessibility
import chromium
import looking
import pytest
from selenium.webdriver.common.by import By

from service import Visitor
from test_console import Desk

DAY = 86_400
PAGES = ("accounts", "invoices", "payments", "payment-intents", "payment-events", "bank", "bank-imports", "disputes", "fees", "bill-runs", "ledger", "entries", "revenue")


@pytest.fixture(scope="module")
def months_later(service):
    """Everybody owes two rents and the first is so late that the service is suspended; the clock does it all by itself."""
    visitor = Visitor(service)

    def go(days: int, sql: str):
        visitor.post("/api/v1/demo/clock", {"advanceSeconds": days * DAY})
        looking.until(lambda: service.rows(sql), sql, 60)

    go(33, "SELECT 1 FROM billing_runs WHERE finished_at IS NOT NULL AND invoices > 0")
    go(20, "SELECT 1 FROM billing_accounts WHERE step = 'overdue'")
    go(25, "SELECT 1 FROM billing_notices WHERE step = 'suspended'")
    go(10, "SELECT 1 FROM billing_accounts WHERE step = 'suspended'")
    return service


@pytest.fixture
def clerk(red, months_later):
    desk = Desk(red, months_later).sign_in("zhangwu")
    yield desk
    chromium.resize(red, 1280, 800)
    desk.leave()


def test_a_suspended_account_is_found_paid_and_restored(clerk):
    clerk.open("/console/accounts")
    clerk.follow('[data-figure="step.suspended"]')
    first = clerk.see("#rows tbody a")
    name = first.text
    clerk.follow("#rows tbody a")
    assert name in clerk.text("h1") and "逾期" in clerk.text("[data-test=answer]")
    assert "欠费" in clerk.text("#section-holds"), "the line is held"
    clerk.click('[data-test="open-accounts.pay"]')
    # The amount that is owed stands there already; the preview says what it will do before anybody presses.
    line = clerk.see('dialog[open] [data-preview-line="step"]')
    assert "正常" in line.text
    assert "¥0.00" in clerk.text('dialog[open] [data-preview-line="owed"]')
    clerk.see('dialog[open] [name="purpose"]').send_keys("对账单 12 行")
    clerk.page = looking.root(clerk.driver)
    clerk.click("dialog[open] [type=submit]")
    clerk.done()
    assert clerk.text("[data-test=state]") == "正常"
    assert not clerk.has("#section-holds table"), "the hold is lifted"
    payment = clerk.see("#section-payments tbody a")
    assert "年" in payment.text
    clerk.follow("#section-payments tbody a")
    clerk.do("payments.reverse", "银行退票", reason="账户余额不足").done()
    assert clerk.text("[data-test=state]") == "已冲回"


def test_a_wrong_amount_is_told_beside_its_field(clerk):
    clerk.open("/console/accounts?step=suspended").follow("#rows tbody a")
    clerk.click('[data-test="open-accounts.pay"]')
    clerk.driver.execute_script("document.querySelector('dialog[open] [name=amount]').value = 'abc'")
    clerk.see('dialog[open] [name="purpose"]').send_keys("试")
    clerk.click("dialog[open] [type=submit]")
    assert "12.50" in clerk.text('dialog[open] [data-field="amount"] .error')


def test_a_bill_run_is_watched_and_run_again(clerk):
    clerk.open("/console/bill-runs").follow("#rows tbody a")
    before = clerk.text("[data-test=progress-words]")
    assert "张账单" in before
    clerk.do("bill-runs.again", "确认没有遗漏").done()
    assert clerk.text("[data-test=progress-words]") == before, "nothing is made twice"


def test_a_statement_is_taken_in_and_its_unmatched_line_matched(clerk, tmp_path):
    statement = tmp_path / "四月.csv"
    day = time.strftime("%Y-%m-%d", time.gmtime(clerk.driver.execute_async_script(
        "const done = arguments[0]; fetch('/api/v1/demo').then((r) => r.json()).then((r) => done(r.now))") / 1000))
    statement.write_text(f"日期,金额,币种,附言,付款人\n{day},12.34,CNY,谢谢,李伟\n", encoding="utf-8")
    clerk.open("/console/bank").click('[data-test="open-bank.import"]')
    clerk.see('dialog[open] [name="file"]').send_keys(str(statement))
    clerk.see('dialog[open] [name="purpose"]').send_keys("每日对账")
    clerk.page = looking.root(clerk.driver)
    clerk.click("dialog[open] [type=submit]")
    clerk.done()
    assert "待认领 1" in clerk.text("[data-test=answer]")
    clerk.open("/console/bank").follow("#rows tbody a")
    assert "李伟" in clerk.text("#section-suggestions")
    clerk.do("bank.matchTo", "付款人相符").done()
    assert clerk.text("[data-test=state]") == "已认领"


def test_a_dispute_is_decided_in_part(clerk):
    """The second demo customer objects to the first line of an invoice; the clerk sees the evidence and grants a part."""
    one = clerk.service.demo_accounts()[1]
    visitor = Visitor(clerk.service).sign_in(one["number"], one["password"])
    number = clerk.service.rows(
        "SELECT number FROM billing_invoices WHERE account = ? ORDER BY number LIMIT 1", f"demo-{one['number']}")[0]["number"]
    visitor.post("/api/v1/me/disputes", {"id": "browserdispute1", "invoice": number, "subject": "line", "line": 1, "text": "这些通话不是我打的"})
    clerk.open("/console").follow("[data-test=queue-disputes] li a")
    assert "这些通话不是我打的" in clerk.text("#section-objection") and "还剩 15 天" in clerk.text("[data-test=answer]")
    assert clerk.has("#section-evidenceCalls table"), "the calls behind the line"
    clerk.do("disputes.partly", "核对通话记录", amount="0.05", explanation="有一次通话质量不好，减免五分。").done()
    assert clerk.text("[data-test=state]") == "部分成立"


def test_what_a_provider_said_is_followed_to_the_payment(clerk):
    """A customer begins a payment, the demo's provider says that it failed, then another one is paid."""
    one = clerk.service.demo_accounts()[2]
    visitor = Visitor(clerk.service).sign_in(one["number"], one["password"])
    for name, outcome in (("asked-failed", "failed"), ("asked-paid", "paid")):
        visitor.post("/api/v1/me/payments", {"id": name, "amount": 1_000_000})
        visitor.post(f"/api/v1/demo/payments/{name}", {"outcome": outcome})
    clerk.open("/console/payment-intents?state=failed")
    assert "没有付成" in clerk.text("#rows tbody")
    clerk.open("/console/payment-events?result=recorded").follow('#rows a[href*="payment-intents/asked-paid"]')
    assert "已付" in clerk.text("[data-test=state]") and "已入账" in clerk.text("#section-providerEvents")
    clerk.follow('#section-providerEvents a[href*="/console/payments/"]')
    assert "¥1.00" in clerk.text("h1")


def test_a_wrong_line_of_a_tariff_is_named_and_nothing_typed_is_lost(clerk):
    """Three rules, the second one wrong; mended, the tariff is published for tomorrow."""
    clerk.open("/console/catalogue").follow('#rows a[href$="/standard"]')
    clerk.click('[data-test="open-catalogue.tariff"]')
    rules = "video * always 0.30 60/60 0.10\nvideo * 1234567H 22:00-24:00 cheap 1/1 0\naudio * always 0.12 1/1 0\nfree video 100"
    for name, value in (("oneOff", "0"), ("monthly", "29"), ("tariff", rules), ("purpose", "晚间优惠")):
        field = clerk.see(f'dialog[open] [name="{name}"]')
        clerk.driver.execute_script("arguments[0].value = arguments[1]", field, value)
    clerk.click("dialog[open] [type=submit]")
    assert "2" in clerk.text('dialog[open] [data-field="tariff"] .error')
    assert clerk.see('dialog[open] [name="tariff"]').get_attribute("value") == rules
    assert clerk.see('dialog[open] [name="monthly"]').get_attribute("value") == "29"
    clerk.driver.execute_script("arguments[0].value = arguments[1]", clerk.see('dialog[open] [name="tariff"]'), rules.replace("cheap", "0.12"))
    clerk.page = looking.root(clerk.driver)
    clerk.click("dialog[open] [type=submit]")
    clerk.done()
    assert clerk.service.rows("SELECT 1 FROM orders_tariffs"), "the rules are kept with the price list"


def test_the_books_balance(clerk):
    clerk.open("/console/ledger")
    assert "账簿平衡" in clerk.text("#section-trialBalance")
    text = clerk.driver.execute_async_script(
        "const done = arguments[0]; fetch(document.querySelector('[data-test=csv]').href).then((r) => r.text()).then(done)")
    assert "receivable" in text
    clerk.follow('#rows a[href*="q=receivable"]')
    assert "receivable:" in clerk.see("#rows tbody tr").get_attribute("innerHTML")


def test_a_line_is_corrected_by_a_credit_note(clerk):
    clerk.open("/console/invoices").follow("#rows tbody a")
    clerk.do("invoices.correct", "客户来电", line="1", amount="1.00", reason="多收一元").done()
    assert "HZ-" in clerk.text("#section-corrections")


def test_revenue_is_drawn_and_written(clerk):
    clerk.open("/console/revenue")
    assert len(clerk.driver.find_elements(By.CSS_SELECTOR, "svg.chart rect")) > 0
    assert "¥" in clerk.text("#section-arrearsByAge table")


def test_customer_service_reads_and_does_nothing(red, months_later):
    desk = Desk(red, months_later).sign_in("kefu")
    desk.open("/console/accounts").follow("#rows tbody a")
    assert "¥" in desk.text("#section-owed")
    assert not desk.has('[data-test="open-accounts.pay"]') and not desk.has("#section-accountEntries")
    desk.leave()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_fit_the_screen(clerk, width, language):
    chromium.resize(clerk.driver, width, 800)
    clerk.open(f"/console?lang={language}")
    paths = [f"/console/{page}" for page in PAGES]
    for page, sql in (
        ("accounts", "SELECT account AS id FROM billing_accounts"), ("invoices", "SELECT id FROM billing_invoices"),
        ("bill-runs", "SELECT month AS id FROM billing_runs"),
    ):
        paths.append(f"/console/{page}/{clerk.service.rows(sql)[0]['id']}")
    for path in paths:
        clerk.open(path)
        over = clerk.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, (path, width, over)
        faults = [one for one in accessibility.check(clerk.driver) if "44 px" not in one]
        assert faults == [], (path, width, language)
    clerk.open("/console?lang=zh")
