"""What a customer does around their account: report misuse, order something and take it back, change the password."""

import pytest
from selenium.webdriver.common.by import By

from phone import Phone


@pytest.fixture
def customer(red, service, accounts):
    phone = Phone(red, service).sign_in(accounts[2])
    yield phone
    phone.leave()


def test_misuse_is_reported_from_the_history(customer, service):
    customer.press("tab-history")
    customer.wait_for("history-item")
    customer.press("report")
    customer.wait_for("report-dialog")
    customer.press("report-send")
    wrong = "#report-form .field.wrong"
    customer.wait(lambda: len(customer.driver.find_elements(By.CSS_SELECTOR, wrong)) == 2, why="two fields are wrong")
    customer.choose("category", "spam")
    customer.fill("text", "一直推销保健品")
    customer.press("report-send")
    customer.wait_gone("report-dialog")
    customer.wait_for("toast")
    assert service.rows("SELECT category FROM lines_abuse_reports")[-1]["category"] == "spam"


def test_a_plan_for_next_month_is_ordered_and_taken_back(customer):
    customer.open("/orders")
    customer.press("new-changePlan")
    customer.choose("plan", "family")
    customer.choose("when", "nextMonth")
    customer.says("total", "¥29.00")
    customer.submit("#order")
    customer.wait_for("preview")
    customer.press("confirm-order")
    customer.wait_for("order-line")
    customer.says("order-line", "换套餐")
    customer.press("cancel-order")
    customer.press("cancel-really")
    customer.says("order-state", "已取消")


def test_a_limit_is_changed_and_the_account_shows_it(customer):
    customer.open("/orders/new/changeCreditLimit")
    customer.choose("creditLimit", "own")
    customer.fill("ownLimit", "80.50")
    customer.submit("#order")
    customer.says("preview", "¥80.50")
    customer.press("confirm-order")
    customer.wait_for("order-line")
    customer.open("/account")
    customer.wait(lambda: "¥80.50" in customer.driver.find_element(By.ID, "facts").text, why="the account shows the limit")


def test_a_password_is_changed(customer):
    account = customer.account
    customer.open("/account/security")
    customer.fill("old", "not the password")
    customer.fill("password", "一个新的很长的口令")
    customer.submit("#change-password")
    customer.wait(lambda: customer.driver.find_elements(By.CSS_SELECTOR, '[data-field="old"].wrong'), why="the old one is wrong")
    customer.fill("old", account["password"])
    customer.fill("password", "一个新的很长的口令")
    customer.submit("#change-password")
    customer.wait_for("toast")
    customer.sign_in(account | {"password": "一个新的很长的口令"})
