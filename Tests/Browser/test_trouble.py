"""Calls survive what networks and people do to them."""

from test_call import connect


def test_reloading_the_page_in_a_call_rejoins_it(alice, bob):
    connect(alice, bob)
    alice.sees("blue")
    bob.sees("red")
    alice.driver.refresh()
    alice.sees("blue", 30)
    bob.sees("red", 30)
    bob.hears()
    bob.press("hang-up")
    alice.wait_for("ended")


def test_a_cut_websocket_does_not_end_the_call(alice, bob):
    connect(alice, bob)
    alice.sees("blue")
    alice.cut_signalling()
    alice.wait_online()
    frames = bob.inbound()["video"]["framesDecoded"]
    bob.wait(lambda: bob.inbound()["video"]["framesDecoded"] > frames + 10, why="the picture goes on")
    alice.press("hang-up")
    bob.wait_for("ended")


def test_a_caller_who_vanishes_is_missed_for_thirty_seconds_and_then_the_call_ends(service, alice, bob):
    connect(alice, bob)
    bob.sees("red")
    alice.driver.get("about:blank")
    bob.wait_for("reconnecting", 20)
    from service import Visitor

    Visitor(service).post("/api/v1/demo/clock", {"advanceSeconds": 31})
    bob.wait_for("ended")
