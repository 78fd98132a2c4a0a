"""Two customers call each other by number, see and hear each other, and both find the call in their history."""

import time

from service import Visitor


def connect(alice, bob, kind="video", accept="video"):
    alice.dial(bob.account["number"], kind)
    bob.wait_for("incoming")
    bob.press(f"accept-{accept}")
    alice.wait_for("hang-up")
    alice.wait_for("cost")


def test_a_video_call_from_dialling_to_the_books(service, alice, bob):
    connect(alice, bob)
    alice.sees("blue")
    bob.sees("red")
    alice.hears()
    bob.hears()
    assert alice.inbound()["video"]["framesDecoded"] > 0
    first = alice.text("cost")
    alice.wait(lambda: alice.text("cost") != first, 10, "the cost runs")
    assert not bob.shown("cost"), "only the payer sees the cost"
    alice.press("hang-up")
    alice.wait_for("ended")
    bob.wait_for("ended")
    check_the_books(service, alice, bob)
    assert alice.complaints() == []
    assert bob.complaints() == []


def check_the_books(service, alice, bob):
    mine = Visitor(service).sign_in(alice.account["number"], alice.account["password"])
    theirs = Visitor(service).sign_in(bob.account["number"], bob.account["password"])
    outgoing, incoming = mine.get("/api/v1/calls")["calls"][0], theirs.get("/api/v1/calls")["calls"][0]
    assert outgoing["call"] == incoming["call"]
    assert (outgoing["direction"], incoming["direction"]) == ("outgoing", "incoming")
    assert outgoing["peer"]["number"] == bob.account["number"]
    price = mine.get("/api/v1/me")["prices"]["video"]
    assert outgoing["seconds"] > 0
    assert outgoing["cost"] == outgoing["seconds"] * price
    assert not incoming.get("cost")
    entries = service.rows(
        "SELECT account, amount FROM ledger_entries WHERE transaction_id IN "
        "(SELECT id FROM ledger_transactions WHERE subject = ?)", f"call:{outgoing['call']}"
    )
    assert sum(entry["amount"] for entry in entries) == 0
    assert sorted(abs(entry["amount"]) for entry in entries) == [outgoing["cost"]] * 2


def test_hanging_up_by_the_callee_is_told_to_the_caller(alice, bob):
    connect(alice, bob)
    alice.sees("blue")
    bob.press("hang-up")
    alice.wait_for("ended")


def test_a_sound_call_has_no_picture(alice, bob):
    connect(alice, bob, "audio", "audio")
    alice.hears()
    bob.hears()
    assert "video" not in alice.inbound()
    alice.press("hang-up")
    bob.wait_for("ended")


def test_a_video_call_can_be_answered_with_sound_only(alice, bob):
    connect(alice, bob, "video", "audio")
    alice.hears()
    bob.sees("red")
    alice.press("hang-up")
    bob.wait_for("ended")


def test_the_callee_declines(alice, bob):
    alice.dial(bob.account["number"])
    bob.wait_for("incoming")
    bob.press("decline")
    alice.wait_for("ended")
    bob.wait_gone("incoming")


def test_the_caller_gives_up(service, alice, bob):
    alice.dial(bob.account["number"])
    bob.wait_for("incoming")
    alice.press("hang-up")
    bob.wait_gone("incoming")
    theirs = Visitor(service).sign_in(bob.account["number"], bob.account["password"])
    bob.wait(lambda: theirs.get("/api/v1/calls?filter=missed")["calls"], why="the call is among the missed")


def test_nobody_answers(service, alice, bob):
    alice.dial(bob.account["number"])
    bob.wait_for("incoming")
    Visitor(service).post("/api/v1/demo/clock", {"advanceSeconds": 61})
    alice.wait_for("ended")
    bob.wait_gone("incoming")


def test_a_busy_line(alice, bob, guest, accounts):
    connect(alice, bob)
    guest.sign_in(accounts[2])
    guest.dial(bob.account["number"])
    guest.wait_for("ended")
    assert alice.shown("remote-video")
    alice.press("hang-up")
    bob.wait_for("ended")


def test_answered_elsewhere(service, alice, bob, guest):
    second = guest.sign_in(bob.account)
    alice.dial(bob.account["number"])
    bob.wait_for("incoming")
    second.wait_for("incoming")
    second.press("accept-video")
    pressed = time.monotonic()
    bob.wait_gone("incoming")
    assert time.monotonic() - pressed < 5
    alice.sees("green")
    alice.press("hang-up")
    second.wait_for("ended")
    theirs = Visitor(service).sign_in(bob.account["number"], bob.account["password"])
    newest = theirs.get("/api/v1/calls")["calls"][0]
    missed = theirs.get("/api/v1/calls?filter=missed")["calls"]
    assert newest["call"] not in [one["call"] for one in missed]


def test_numbers_that_cannot_be_called(alice):
    alice.dial("99999999")
    alice.wait_for("ended")
    alice.open("/phone")
    alice.wait_online()
    alice.dial("110")
    alice.wait(lambda: alice.text("ended-reason") or alice.text("status"), why="the page says that emergency calls cannot be made")
