"""The staff console: a member of the staff at work, each role in its own place."""

import base64
import hashlib
import hmac
import struct

import accessibility
import chromium
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

import looking
from test_join import PERSON, Newcomer, picture


def totp(secret: str, at: float) -> str:
    """RFC 6238: what an authenticator shows."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at // 30)), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Desk:
    """A member of the staff at a browser."""

    def __init__(self, driver, service):
        self.driver, self.service = driver, service

    def open(self, path: str):
        self.driver.get(self.service.url + path)
        return self

    def visible(self, css: str):
        """The first visible element, None when there is none now."""
        return next((one for one in self.driver.find_elements(By.CSS_SELECTOR, css) if one.is_displayed()), None)

    def see(self, css: str, seconds: float = 15):
        """The first visible element, waiting for it."""
        return looking.until(lambda: self.visible(css), f"{css} is seen", seconds)

    def has(self, css: str) -> bool:
        return any(one.is_displayed() for one in self.driver.find_elements(By.CSS_SELECTOR, css))

    def text(self, css: str = "main", seconds: float = 15) -> str:
        """What the first visible element says, waiting for its words."""
        return looking.until(lambda: self.see(css, seconds).text, f"{css} says something", seconds)

    def says(self, css: str, words: str, seconds: float = 15):
        """Waits until these words stand in the first visible element."""
        looking.until(lambda: words in self.see(css, seconds).text, f"{css} says {words!r}", seconds)

    def click(self, css: str, seconds: float = 15):
        """Clicks the first visible element, once the page's scripts are there to hear it."""
        def clicked():
            self.see(css, seconds).click()
            return True

        looking.until(lambda: looking.is_loaded(self.driver), "the page is there", seconds)
        looking.until(clicked, f"{css} is clicked", seconds, looking.BUSY)

    def follow(self, css: str):
        """Clicks something that opens a page, and waits for the page."""
        looking.anew(self.driver, lambda: self.click(css), f"{css} opens a page")
        return self

    def sign_in(self, name: str):
        """As one of the demo's staff, whose authenticator lies on the table."""
        self.driver.delete_all_cookies()
        self.open("/console/sign-in")
        self.click(f"[data-test=demo-{name}]")
        for _ in range(3):
            looking.until(lambda: self.see("#code").get_attribute("value"), "the code lies on the table")
            self.click("[data-test=submit-code]")
            try:
                looking.until(self.is_at_work, "the console opens", 5)
                return self
            except AssertionError:
                # A code opens once; the next one is half a minute away, or as far as the demo's clock is moved.
                self.service_clock(31)
                self.open("/console/sign-in")
                self.click(f"[data-test=demo-{name}]")
        raise AssertionError("no code was taken")

    def is_at_work(self) -> bool:
        return self.driver.current_url.rstrip("/").endswith("/console") and looking.is_loaded(self.driver)

    def service_clock(self, seconds: int):
        from service import Visitor
        Visitor(self.service).post("/api/v1/demo/clock", {"advanceSeconds": seconds})

    def do(self, act: str, purpose: str = "浏览器测试", **fields):
        """Opens a dialog, fills it in and does it."""
        self.click(f'[data-test="open-{act}"]')
        dialog = self.see(f'[data-test="dialog-{act}"][open]')
        assert len(dialog.find_elements(By.CSS_SELECTOR, ".notice .body p")) >= 2, "says what will happen and whether it can be undone"
        for name, value in {**fields, "purpose": purpose}.items():
            controls = dialog.find_elements(By.CSS_SELECTOR, f'[name="{name}"]')
            assert controls, name
            if controls[0].tag_name == "select":
                Select(controls[0]).select_by_value(value)
            elif controls[0].get_attribute("type") == "checkbox":
                for box in controls:
                    wanted = value is True or box.get_attribute("value") in (value if isinstance(value, list) else [])
                    if box.is_selected() != wanted:
                        box.click()
            else:
                self.driver.execute_script("arguments[0].value = arguments[1]", controls[0], value)
        self.page = looking.root(self.driver)
        dialog.find_element(By.CSS_SELECTOR, "[type=submit]").click()
        return self

    def done(self):
        """Waits for the page that follows what was done last, and for its word that it is done."""
        looking.until(lambda: looking.has_gone(self.page), "a new page follows")
        self.see("[data-test=toast]")
        return self

    def leave(self):
        self.driver.delete_all_cookies()


@pytest.fixture
def desk(red, service):
    one = Desk(red, service)
    yield one
    one.leave()


def test_a_new_member_sets_up_codes_and_signs_in(desk):
    desk.sign_in("guanli").open("/console/members")
    desk.do("members.add", "新同事入职", name="韩新", signInName="hanxin", roles=["auditor"], password="a-first-word-1").done()
    assert "韩新" in desk.text("h1")
    desk.driver.delete_all_cookies()
    desk.open("/console/journal")
    desk.see("#name").send_keys("hanxin")
    desk.see("#password").send_keys("a-first-word-1")
    desk.click("[data-test=submit]")
    secret = desk.text("[data-test=secret]").replace(" ", "")
    now = desk.driver.execute_async_script(
        "const done = arguments[0]; fetch('/api/v1/demo').then((r) => r.json()).then((r) => done(r.now))") / 1000
    desk.see("#code").send_keys(totp(secret, now))
    desk.click("[data-test=submit-code]")
    assert len(desk.see("[data-test=codes]").find_elements(By.TAG_NAME, "li")) == 10
    desk.click("[data-test=codes-done]")
    # The administrator knows the first password; nothing opens before there is another one.
    assert "自己的密码" in desk.text("#step-own h1")
    desk.see("#new").send_keys("a-first-word-1")
    desk.click("[data-test=submit-own]")
    desk.says("#new-error", "密码")
    desk.see("#new").clear()
    desk.see("#new").send_keys("a-word-of-my-own-2")
    desk.follow("[data-test=submit-own]")
    desk.see("[data-test=rows]")
    assert desk.driver.current_url.endswith("/console/journal"), "back to where one wanted to go"


@pytest.mark.parametrize("name,sees,sees_not", [
    ("kefu", ["customers", "verification", "orders", "abuse"], ["members", "journal", "versions", "catalogue"]),
    ("zhangwu", ["customers", "catalogue"], ["members", "verification", "versions", "abuse"]),
    ("jishu", ["customers"], ["orders", "verification", "journal", "members"]),
    ("fawu", ["versions", "objections", "interpretations", "journal"], ["members", "catalogue", "verification"]),
    ("shenji", ["customers", "journal"], ["members", "orders", "versions"]),
    ("guanli", ["members", "journal"], ["customers", "orders", "verification"]),
])
def test_each_role_sees_only_its_own(desk, name, sees, sees_not):
    desk.sign_in(name)
    for key in sees:
        assert desk.has(f"[data-test=nav-{key}]"), key
    for key in sees_not:
        assert not desk.has(f"[data-test=nav-{key}]"), key
        status = desk.driver.execute_async_script(
            "const done = arguments[1]; fetch(`/api/v1/staff/${arguments[0]}`).then((r) => done(r.status))", key)
        assert status == 403, key


def test_the_keyboard_finds_moves_and_opens(desk):
    desk.sign_in("guanli").open("/console/members")
    body = desk.driver.find_element(By.TAG_NAME, "body")
    body.send_keys("j")
    assert desk.driver.switch_to.active_element.find_element(By.XPATH, "./ancestor::tr").get_attribute("class") == "here"
    body.send_keys("/")
    assert desk.driver.switch_to.active_element.get_attribute("id") == "q"


def test_customers_are_found_while_one_types(desk):
    desk.sign_in("kefu").open("/console/customers")
    desk.see("[data-test=q]").send_keys("王秀")
    # The rows of before stand until the answer is there.
    desk.says("#rows tbody tr:only-child a", "王秀英")
    desk.follow("#rows tbody a")
    assert "王秀英" in desk.text("h1")
    desk.see("#section-timeline")


def test_an_identity_is_asked_for_copies_then_rejected(desk, green, service, tmp_path):
    """A newcomer gives their data; customer service asks for a copy, looks at it, and refuses."""
    newcomer = Newcomer(green, service)
    newcomer.arrive("小满")
    newcomer.give(PERSON | {"legalName": "钱小满"})
    newcomer.order()
    desk.sign_in("kefu").open("/console")
    desk.follow("[data-test=queue-verification] li a")
    assert "钱*满" in desk.text("h1") and "钱小满" not in desk.driver.page_source, "masked on screens"
    desk.do("customers.reveal", "核对姓名", fields=["legal-name"])
    assert desk.text("[data-test=revealed-legal-name]") == "钱小满"
    desk.do("verification.request", reason="id-copy", days="5", note="请拍清楚").done()
    assert desk.text("[data-test=state]") == "待补证件"
    address = desk.driver.current_url
    green.get(f"{service.url}/identity")
    newcomer.find("evidence-file").send_keys(str(picture(tmp_path / "id.png")))
    newcomer.wait(lambda: green.find_elements(By.CSS_SELECTOR, '[data-test="file"][data-state="arrived"]'), why="the copy arrives")
    desk.driver.get(address)
    desk.do("customers.view", "看证件")
    desk.see("[data-test=viewer] img")
    desk.driver.get(address)
    desk.do("verification.reject", reason="does-not-match", note="与资料不符").done()
    newcomer.leave()


def test_a_person_is_verified(desk, green, service):
    newcomer = Newcomer(green, service)
    newcomer.arrive("小荷")
    newcomer.give(PERSON | {"legalName": "孙小荷"})
    newcomer.order()
    desk.sign_in("kefu").open("/console/verification?q=" + "%E5%AD%99*%E8%8D%B7")
    desk.follow("#rows tbody a")
    desk.do("verification.verify", "核对公安系统").done()
    assert desk.driver.current_url.endswith("/console/verification")
    desk.open("/console/customers?q=" + "%E5%B0%8F%E8%8D%B7")
    assert "已核验" in desk.text("#rows tbody")
    newcomer.leave()


def test_a_version_is_drafted_compared_and_published(desk):
    desk.sign_in("fawu").open("/console/versions")
    desk.do("versions.draft", "降低违约金").done()
    draft = desk.driver.current_url
    assert desk.text("[data-test=state]") == "草稿"
    desk.do("versions.summary", summaryZh="违约金降为每日 1‰", summaryEn="The penalty is 1‰ a day").done()
    desk.driver.get(draft)
    desk.do("versions.terms", latePaymentRate="1").done()
    desk.driver.get(draft)
    changed = desk.see("ins.added")
    assert changed.text, "the difference shows"
    desk.do("versions.publish", "公布新版本").done()
    assert desk.text("[data-test=state]") == "已公布"
    desk.says("[data-test=progress-words]", "已通知全部客户", 60)


def test_an_interpretation_needs_the_reminder(desk):
    desk.sign_in("fawu").open("/console/interpretations")
    words = {"number": "12", "bodyZh": "互联网故障指……", "bodyEn": "Trouble of the internet means…"}
    desk.do("interpretations.publish", **words)
    assert "勾选" in desk.text('dialog[open] [data-field="reminded"] .error')
    desk.click("dialog[open] [name=reminded]")
    desk.click("dialog[open] [type=submit]")
    desk.done()
    assert "互联网故障指" in desk.text("[data-test=rows]")


def test_an_abuse_case_is_held(desk):
    """The first demo customer reports the second one; customer service holds the line."""
    from service import Visitor
    one = desk.service.demo_accounts()
    visitor = Visitor(desk.service).sign_in(one[0]["number"], one[0]["password"])
    visitor.post("/api/v1/abuse-reports", {"id": "report1", "number": one[3]["number"], "category": "harassment", "text": "深夜反复来电"})
    desk.sign_in("kefu").open("/console")
    desk.follow("[data-test=queue-abuse] li a")
    assert "深夜反复来电" in desk.text("#section-report")
    desk.do("abuse.evidence", source="通话记录", words="昨夜 23 点后来电 14 次").done()
    desk.do("abuse.hold", effect="outgoing", finding="情况属实").done()
    assert desk.text("[data-test=state]") == "已限制"


@pytest.mark.parametrize("width", [1440, 1024, 360])
def test_pages_fit_the_screen(desk, width):
    desk.sign_in("fawu")
    for dark in (False, True):
        chromium.dark(desk.driver, dark)
        for path in ("/console", "/console/customers", "/console/versions", "/console/journal"):
            chromium.resize(desk.driver, width, 800)
            desk.open(path)
            over = desk.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, (path, width, over)
            # Customers get 44 pixels for a button, the console 24.
            faults = [one for one in accessibility.check(desk.driver) if "44 px" not in one]
            assert faults == [], (path, width, dark)
    chromium.dark(desk.driver, False)
    chromium.resize(desk.driver, 1280, 800)


def test_the_journal_is_searched_and_exported(desk):
    desk.sign_in("shenji").open("/console/journal?q=staff.")
    rows = desk.driver.find_elements(By.CSS_SELECTOR, "#rows tbody tr")
    assert rows and all("staff." in row.text for row in rows)
    text = desk.driver.execute_async_script(
        "const done = arguments[0]; fetch(document.querySelector('[data-test=csv]').href).then((r) => r.text()).then(done)")
    assert "staff.signed-in" in text
