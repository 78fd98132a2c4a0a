"""After kill -9 a restart settles the open call up to its last confirmed second and frees its reservation."""

import time

import pytest

from service import Visitor
from test_call import connect


@pytest.mark.parametrize("seconds", [0.0, 0.7, 1.5, 4.0, 21.0])
def test_killing_the_service_in_a_call(service, alice, bob, seconds):
    connect(alice, bob)
    time.sleep(seconds)
    service.kill()
    service.start()
    mine = Visitor(service).sign_in(alice.account["number"], alice.account["password"])
    record = mine.get("/api/v1/calls")["calls"][0]
    me = mine.get("/api/v1/me")
    assert me["account"]["reserved"] == 0
    assert record["endedAt"]
    assert record.get("cost", 0) == record["seconds"] * me["prices"]["video"]
