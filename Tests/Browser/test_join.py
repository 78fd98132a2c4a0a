"""Becoming a customer: from the landing page to the signed agreement to the first call; an organisation; copies that are asked for."""

import struct
import zlib

import pytest
from selenium.webdriver.common.by import By

import accessibility
import chromium
import looking
from phone import Phone
from service import Clerk

# GB 11643: 6 digits of area, the day of birth, 3 of order, the check digit.
PERSON = {
    "legalName": "赵小满", "idNumber": "11010519491231002X", "address": "北京市朝阳区建国路一号", "postcode": "100022", "phone": "13800138000",
}
ORGANISATION = {
    "fullName": "北京牡丹茶叶有限公司", "uscc": "91110000600037341L", "legalRepresentative": "李伟", "address": "北京市西城区西长安街二号",
    "postcode": "100031", "contactName": "张敏", "phone": "01066668888",
}


class Newcomer(Phone):
    """Somebody on the way to a line, at the pages."""

    def arrive(self, name, kind="person"):
        self.driver.get(self.service.url)
        self.driver.delete_all_cookies()
        self.driver.get(f"{self.service.url}/?lang=zh")
        self.press("register")
        self.wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, "[name=number]:checked"), why="free numbers are offered")
        self.choose("kind", kind)
        self.fill("name", name)
        self.fill("password", "一个很长的口令 2026")
        self.number = self.driver.find_element(By.CSS_SELECTOR, "[name=number]:checked").get_attribute("value")
        self.submit()
        self.at("/join/me")

    def at(self, path, seconds=15):
        def opened():
            return self.driver.current_url.split("?")[0].endswith(path) and looking.is_loaded(self.driver)

        looking.until(opened, lambda: f"{path} opens, not {self.driver.current_url}", seconds)

    def give(self, data):
        for name, value in data.items():
            self.fill(name, value)
        self.driver.find_element(By.NAME, "phone").send_keys("\t")
        self.tick("[name=consent]")
        self.submit()

    def order(self, rent="¥10.00"):
        self.at("/join/order")
        self.submit()
        self.says("preview", rent)
        self.press("correct-order")
        self.wait_gone("preview")
        self.choose("creditLimit", "50000000")
        self.submit()
        self.says("preview", "¥50.00")
        self.press("confirm-order")

    def sign(self, method="key"):
        self.at("/join/sign")
        self.wait(lambda: any(one in self.text("paper-zh") for one in ("第一条", "一、")), why="the paper is shown")
        self.tick("[name=licence]")
        self.tick("[name=read]")
        self.choose("method", method)
        self.submit("#sign")
        self.wait_for("confirm-signing")
        if method == "code":
            self.fill("code", self.wait(lambda: self.text("code-shown"), why="the demo shows the code"))
        self.press("confirm-sign")
        self.at("/join/wait")

    def looks_right(self):
        """The page at both widths, as wide as the screen and without a fault of access."""
        for width, height in ((1280, 800), (360, 740)):
            chromium.resize(self.driver, width, height)
            overflow = self.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{self.driver.current_url} is wider than {width} px"
            assert accessibility.check(self.driver) == [], self.driver.current_url
        chromium.resize(self.driver, 1280, 800)


@pytest.fixture
def newcomer(red, service):
    phone = Newcomer(red, service)
    yield phone
    phone.leave()


@pytest.fixture(scope="module")
def clerk(service):
    """One sign-in for all: a code of the moment counts once."""
    return Clerk(service).sign_in("kefu", "chun-feng-11")


def masked(name):
    return name[0] + "*" * (len(name) - 2) + name[-1]


def test_from_the_landing_page_to_the_first_call(newcomer, clerk, bob):
    newcomer.arrive("小满")
    newcomer.looks_right()
    newcomer.give(PERSON | {"idNumber": "110105194912310021", "postcode": "12"})
    newcomer.wait_for("error-summary")
    newcomer.wait(lambda: len(newcomer.driver.find_elements(By.CSS_SELECTOR, ".field.wrong")) == 2, why="two fields are wrong")
    newcomer.tick("[name=consent]")
    newcomer.give(PERSON)
    newcomer.order()
    newcomer.at("/join/sign")
    newcomer.looks_right()
    newcomer.sign()
    newcomer.says("progress-identity", "核实")
    newcomer.open("/phone")
    newcomer.at("/join/wait")
    newcomer.looks_right()
    clerk.decide(clerk.waiting(masked("赵小满")), "verify")
    newcomer.wait_for("open-phone", 20)
    newcomer.press("open-phone")
    newcomer.wait_online()
    newcomer.dial(bob.account["number"])
    bob.wait_for("incoming")
    bob.press("accept-video")
    newcomer.sees("blue")
    bob.sees("red")
    newcomer.hears()
    newcomer.press("hang-up")
    newcomer.wait_for("ended")


def test_an_organisation_signs_with_a_code(newcomer, clerk):
    newcomer.arrive("牡丹茶叶", "organisation")
    newcomer.give(ORGANISATION)
    newcomer.order("¥99.00")
    newcomer.sign("code")
    clerk.decide(clerk.waiting(ORGANISATION["fullName"]), "verify")
    newcomer.wait_for("open-phone", 20)


def picture(path, width=32, height=20):
    """A PNG of one colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xd0\x20\x20" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return path


def test_copies_are_asked_for_sent_and_accepted(newcomer, clerk, tmp_path):
    newcomer.arrive("小敏")
    newcomer.give(PERSON | {"legalName": "陈小敏"})
    newcomer.order()
    newcomer.sign()
    clerk.decide(clerk.waiting(masked("陈小敏")), "request-evidence", reason="id-copy", days=7)
    newcomer.wait_for("evidence", 20)
    newcomer.looks_right()
    drawing = tmp_path / "id.svg"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    newcomer.find("evidence-file").send_keys(str(drawing))
    newcomer.wait(lambda: newcomer.value("file", "data-state") == "failed", why="a drawing is refused")
    newcomer.find("evidence-file").send_keys(str(picture(tmp_path / "id.png")))
    arrived = '[data-test="file"][data-state="arrived"]'
    newcomer.wait(lambda: newcomer.driver.find_elements(By.CSS_SELECTOR, arrived), why="the copy arrives")
    newcomer.press("evidence-done")
    newcomer.wait_gone("evidence")
    clerk.decide(clerk.waiting(masked("陈小敏")), "verify")
    newcomer.wait_for("open-phone", 20)
