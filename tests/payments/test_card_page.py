"""The card page as a person meets it, without a browser."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.support.counter import a_request, ask

PAYS = {"number": "4242 4242 4242 4242", "expiry": "12 / 34", "cvc": "123"}


@pytest.fixture
def url(desk):
    return ask(desk.payments.open_checkout(a_request())).url


def get(url):
    return httpx.get(url, trust_env=False)


def post(url, **fields):
    return httpx.post(url, data=fields, trust_env=False)


def test_paying_leads_back_to_the_practice(desk, url):
    answer = post(url, **PAYS)
    session_id = url.rsplit("/", 1)[1]
    assert answer.status_code == 303
    assert answer.headers["location"] == (f"http://localhost:3000/checkout/return/?payment=p1&session={session_id}")
    assert get(url).status_code == 303


def test_fifty_presses_pay_once(desk, url):
    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(lambda _: post(url, **PAYS).status_code, range(50)))
    assert set(answers) == {303}
    assert [charge["status"] for charge in desk.till.store.newest_first("charge")] == ["succeeded"]


def test_a_declined_card_is_said_and_can_be_tried_again(desk, url):
    answer = post(url, **{**PAYS, "number": "4000000000000002"})
    assert answer.headers["location"] == f"/c/pay/{url.rsplit('/', 1)[1]}"
    assert "The bank said no to this card." in get(url).text
    assert post(url, **PAYS).headers["location"].startswith("http://localhost:3000/")


@pytest.mark.parametrize(("answer", "target"), [("complete", "http://localhost:3000/"), ("fail", "/c/pay/")])
def test_the_bank_is_asked(desk, url, answer, target):
    asked = post(url, **{**PAYS, "number": "4000-0000-0000-3220"})
    assert asked.headers["location"].endswith("/confirm")
    assert "is it you?" in get(f"{url}/confirm").text
    assert post(f"{url}/confirm", answer=answer).headers["location"].startswith(target)
    if answer == "fail":
        assert "not confirmed" in get(url).text


def test_confirming_what_nobody_asked_changes_nothing(desk, url):
    assert post(f"{url}/confirm", answer="complete").headers["location"] == f"/c/pay/{url.rsplit('/', 1)[1]}"
    assert get(f"{url}/confirm").status_code == 303
    assert desk.till.store.newest_first("charge") == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number": ""}, "16 digits"),
        ({"number": "4111 1111 1111 1111"}, "four test cards only"),
        ({"number": "<script>"}, "16 digits"),
        ({"number": "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"}, "four test cards only"),
        ({"expiry": "13 / 34"}, "lie ahead"),
        ({"expiry": "01 / 20"}, "lie ahead"),
        ({"expiry": "soon"}, "lie ahead"),
        ({"cvc": "12"}, "Three digits"),
        ({"cvc": ""}, "Three digits"),
    ],
)
def test_what_cannot_be_a_card_is_said_in_words(desk, url, wrong, words):
    answer = post(url, **{**PAYS, **wrong})
    assert answer.status_code == 200
    assert words in answer.text
    assert "<script" not in answer.text
    assert desk.till.store.newest_first("charge") == []


def test_no_card_number_is_kept(desk, url, tmp_path):
    post(url, **PAYS)
    post(url, **{**PAYS, "number": "4111111111111111"})
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"4242424242424242" not in kept
    assert b"4242 4242" not in kept
    assert b"4111" not in kept


def test_a_closed_page_leads_back(desk, url):
    desk.control("POST", f"/sessions/{url.rsplit('/', 1)[1]}/expire")
    answer = get(url)
    assert answer.status_code == 410
    assert "Nothing was charged" in answer.text
    assert 'href="http://localhost:3000/checkout/"' in answer.text
    assert post(url, **PAYS).status_code == 410


def test_an_unknown_page_is_not_there(desk):
    assert get(f"{desk.url}/c/pay/cs_test_unknown").status_code == 404


def test_a_page_allows_no_script_and_only_its_own_way_on(desk, url):
    policy = get(url).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self' http://localhost:3000" in policy
    assert "script-src" not in policy
