"""Publishing a version to everybody: the bar in the console and in `jianmian jobs`, and kill -9 in the middle."""

import os
import subprocess
import time

import pytest

from service import OUTPUT, PROGRAM, ROOT, Service, Visitor
from staff import Staff
from test_console import Desk

# Enough that the work takes several looks of the clock; more by the environment, for the figure of docs/benchmarks.md.
CUSTOMERS = int(os.environ.get("JIANMIAN_SEED", 1_500))


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    data = tmp_path_factory.mktemp("many")
    OUTPUT.mkdir(exist_ok=True)
    subprocess.run([str(PROGRAM), "demo", "seed", "--customers", str(CUSTOMERS), "--data", str(data)], check=True, cwd=ROOT)
    one = Service(data, "jobs")
    one.start()
    yield one
    if one.process.poll() is None:
        one.stop()


def job(service):
    found = service.rows("SELECT done, total, state FROM notices_jobs ORDER BY started_at DESC LIMIT 1")
    return found[0] if found else {"done": 0, "total": 0, "state": "none"}


def until(look, why, seconds=120.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(why)


def test_publishing_to_many_goes_on_after_kill_9(service, red):
    account = service.demo_accounts()[0]
    own = Visitor(service).sign_in(account["number"], account["password"])
    terms = own.get("/api/v1/me/agreement")["terms"]
    began = time.monotonic()
    version = Staff(service).sign_in("fawu").publish_version({**terms, "warrantyYears": terms["warrantyYears"] + 1})
    half = until(lambda: 0 < job(service)["done"] < job(service)["total"] and job(service), "the work begins")
    service.kill()
    assert half["total"] >= CUSTOMERS
    shown = subprocess.run([str(PROGRAM), "jobs", "--data", str(service.data)], capture_output=True, text=True, check=True)
    assert f"of {half['total']}" in shown.stdout and "running" in shown.stdout
    service.start()
    desk = Desk(red, service).sign_in("fawu").open(f"/console/versions/{version}")
    desk.see("[data-test=progress-words]")
    until(lambda: job(service)["state"] == "done", "the work is done")
    desk.says("[data-test=progress-words]", "已通知全部客户", 30)
    told = service.rows("SELECT COUNT(*) AS notices, COUNT(DISTINCT customer) AS customers FROM notices_notices WHERE kind = 'version-announced'")[0]
    assert told["notices"] == told["customers"] == half["total"], "nobody is left out and nobody is told twice"
    shown = subprocess.run([str(PROGRAM), "jobs", "--data", str(service.data)], capture_output=True, text=True, check=True)
    assert "100 %" in shown.stdout and "done" in shown.stdout
    print(f"{half['total']} customers told in {time.monotonic() - began:.1f} s with a kill -9 at {half['done']}")
    desk.leave()
