"""The PDF originals of an agreement, opened with Poppler, and the page that verifies them."""

import hashlib
import re
import subprocess

import pytest

import chromium
import looking
from service import OUTPUT, Visitor


def poppler(program: str, pdf, *arguments) -> str:
    return subprocess.run([program, *arguments, str(pdf), *(["-"] if program == "pdftotext" else [])], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def customer(service):
    account = service.demo_accounts()[0]
    return Visitor(service).sign_in(account["number"], account["password"])


@pytest.fixture(scope="module")
def originals(customer, service, tmp_path_factory):
    """Both originals as files."""
    folder = tmp_path_factory.mktemp("originals")
    files = []
    for copy in (1, 2):
        with customer.opener.open(f"{service.url}/agreement/original/{copy}.pdf", timeout=60) as answer:
            assert answer.headers["Content-Type"] == "application/pdf"
            assert f"-{copy}of2.pdf" in answer.headers["Content-Disposition"]
            file = folder / f"{copy}.pdf"
            file.write_bytes(answer.read())
            files.append(file)
    return files


@pytest.fixture
def page(green):
    chromium.resize(green, 1280, 900)
    yield green
    green.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    green.get("about:blank")


def fingerprint(customer) -> str:
    return customer.get("/api/v1/me/agreement")["fingerprint"]


def test_an_original_has_both_languages_all_clauses_pages_and_fingerprint(customer, originals):
    agreement = customer.get("/api/v1/me/agreement")
    for copy, pdf in enumerate(originals, 1):
        text = poppler("pdftotext", pdf, "-layout")
        pages = int(re.search(r"Pages:\s+(\d+)", poppler("pdfinfo", pdf))[1])
        assert "可视电话视频通信服务协议" in text and "Videophone Communication Service Agreement" in text
        for number, word in ((1, "一"), (5, "五"), (18, "十八")):
            assert f"第{word}条" in text and f"Clause {number} " in text
        assert agreement["number"] in text
        assert f"{copy}/2" in text
        for number in range(1, pages + 1):
            assert re.search(rf"{number}\s*/\s*{pages}", text), f"page {number} is numbered"
        # Printed at the foot of every page.
        assert text.count(agreement["fingerprint"]) >= pages


def test_all_fonts_are_embedded_and_chinese_is_noto(originals):
    lines = poppler("pdffonts", originals[0]).splitlines()[2:]
    assert any("Noto-Serif-CJK" in line or "NotoSerifCJK" in line for line in lines)
    for line in lines:
        assert re.search(r"yes yes yes\s+\d+", line), f"embedded, subset, with Unicode: {line}"


def test_the_pages_are_drawn_and_the_last_one_has_seal_and_code(originals, tmp_path):
    subprocess.run(["pdftoppm", "-r", "40", "-gray", str(originals[0]), str(tmp_path / "page")], check=True)
    drawn = sorted(tmp_path.glob("*.pgm"))
    assert len(drawn) >= 5
    for one in drawn:
        pixels = one.read_bytes()
        assert sum(1 for byte in pixels[20:] if byte < 128) > 200, f"{one.name} is empty"
    OUTPUT.mkdir(exist_ok=True)
    subprocess.run(["pdftoppm", "-r", "60", "-png", "-l", "1", str(originals[0]), str(OUTPUT / "original")], check=True)


def test_the_same_original_has_the_same_bytes(customer, service, originals):
    with customer.opener.open(f"{service.url}/agreement/original/1.pdf", timeout=60) as answer:
        assert answer.read() == originals[0].read_bytes()
    assert originals[0].read_bytes() != originals[1].read_bytes()


def verify_file(page, service, file) -> str:
    page.get(f"{service.url}/verify?lang=zh")
    page.find_element("css selector", '[data-test="verify-file"]').send_keys(str(file))

    def outcome():
        found = page.find_element("css selector", '[data-test="verify-result"][data-outcome]').get_attribute("data-outcome")
        return "file=" in page.current_url and found

    return looking.until(outcome, "the file is answered", 30)


def test_an_original_is_genuine(page, service, customer, originals):
    page.get(service.url)
    page.delete_all_cookies()
    for pdf in originals:
        assert verify_file(page, service, pdf) == "genuine"
    shown = page.find_element("css selector", '[data-test="verify-result"]').text
    agreement = customer.get("/api/v1/me/agreement")
    assert agreement["number"] in shown and "2/2" in shown
    # A stranger learns no full name.
    assert "*" in shown and "王秀英" not in shown
    page.save_screenshot(str(OUTPUT / "page-verify-genuine.png"))


def test_one_altered_byte_is_found(page, service, originals, tmp_path):
    content = bytearray(originals[0].read_bytes())
    content[len(content) // 2] ^= 1
    altered = tmp_path / "altered.pdf"
    altered.write_bytes(content)
    assert verify_file(page, service, altered) == "altered"
    page.save_screenshot(str(OUTPUT / "page-verify-altered.png"))


def test_a_foreign_file_is_not_ours(page, service, tmp_path):
    foreign = tmp_path / "foreign.pdf"
    foreign.write_bytes(b"%PDF-1.7\nnot ours")
    assert verify_file(page, service, foreign) == "unknownFile"


def test_the_fingerprint_that_is_printed_is_verified(page, service, customer):
    digits = fingerprint(customer)
    page.get(f"{service.url}/verify?lang=zh")
    field = page.find_element("css selector", "#fingerprint")
    field.send_keys("12 34")
    page.find_element("css selector", '[data-test="verify-submit"]').click()
    looking.until(lambda: "4" in page.find_element("css selector", "#fingerprint-error").text, "the number of digits is said")
    field.clear()
    field.send_keys(" ".join(digits[at : at + 4] for at in range(0, 64, 4)))
    looking.anew(page, page.find_element("css selector", '[data-test="verify-submit"]').click, "the answer opens")
    assert page.find_element("css selector", '[data-test="verify-result"]').get_attribute("data-outcome") == "known"


def test_the_server_hashes_a_file_that_the_browser_cannot(service, originals):
    """As the API: the file is sent as it is."""
    import urllib.request

    visitor = Visitor(service)
    headers = {"Origin": service.url, "X-Jianmian-CSRF": visitor.learn_csrf(), "Content-Type": "application/pdf"}
    request = urllib.request.Request(f"{service.url}/api/v1/verify", originals[1].read_bytes(), headers)
    with visitor.opener.open(request, timeout=20) as answer:
        assert b'"outcome":"genuine"' in answer.read()
    assert visitor.get(f"/api/v1/verify?file={hashlib.sha256(originals[1].read_bytes()).hexdigest()}")["agreement"]["copy"] == 2
