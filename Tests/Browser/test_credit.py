"""The credit limit ends a live call, says so before, and holds the line afterwards (clause 9)."""

import re
import time

from phone import Phone
from service import Visitor

# 10 seconds of a video call at 5,000 micro-yuan per second.
LIMIT = 50_000


def frugal(service, account: dict, left: int) -> dict:
    """A customer who has ordered a limit that leaves them this much beyond what the month has cost already."""
    customer = Visitor(service).sign_in(account["number"], account["password"])
    used = customer.get("/api/v1/me")["account"]["used"]
    customer.order({"kind": "changeCreditLimit", "creditLimit": used + left})
    return account


def test_the_limit_ends_a_live_call(service, red, bob, accounts):
    account = frugal(service, accounts[3], LIMIT)
    caller = Phone(red, service).sign_in(account)
    caller.dial(bob.account["number"])
    bob.wait_for("incoming")
    bob.press("accept-video")
    caller.sees("blue")
    caller.wait_for("warning", 15)
    answered = Visitor(service).sign_in(account["number"], account["password"])
    caller.wait_for("ended", 30)
    bob.wait_for("ended", 5)
    record = answered.get("/api/v1/calls")["calls"][0]
    assert record["cost"] <= LIMIT
    assert record["seconds"] == 10
    me = answered.get("/api/v1/me")
    assert [hold["kind"] for hold in me["holds"]] == ["credit"]
    assert me["account"]["reserved"] == 0
    assert me["account"]["available"] == 0
    check_next_call_is_refused(caller, bob)


def check_next_call_is_refused(caller, bob):
    caller.open("/phone")
    caller.wait_online()
    caller.dial(bob.account["number"])
    caller.wait_for("ended", 5)
    time.sleep(0.5)
    assert not bob.shown("incoming")
    caller.open("/account")
    caller.wait_for("hold")
    caller.wait(lambda: re.search(r"\d", caller.text("hold")), why="the account page shows the hold with its remedy")
