"""A stolen tab, a forged page, a socket from elsewhere: refused on the built app, with nothing of the victim in it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from portal import routes
from portal.clinic.people.tables import PersonSession
from portal.storage.clock import utc_now
from tests.served.conftest import House
from tests.support.live_tabs import HYDRATE, HYDRATE_AND_LOAD, MARK, ON_LOAD, ROOT, UPDATE_VARS, LiveTab, Refused

pytestmark = pytest.mark.timeout(400)

SESSION = f"{ROOT}portal___pages___session____session_state"
INTAKE = f"{ROOT}portal___pages___patient___intake___state____intake_state"
ACCOUNT = f"{ROOT}portal___pages___patient___account___state____account_state"


def opens_her_form(tab: LiveTab, house: House) -> str:
    tab.say(HYDRATE, address=house.form)
    tab.say(f"{INTAKE}.open", address=house.form)
    tab.say(f"{ACCOUNT}.open", address=routes.PATIENT_ACCOUNT)
    return tab.settles()


@pytest.fixture
def victim(house: House) -> Iterator[LiveTab]:
    """Her tab, with her form and her address on the screen."""
    with house.tab(house.whole.rosa) as tab:
        shown = opens_her_form(tab, house)
        assert house.whole.words.reason in shown
        assert house.whole.words.email in shown
        yield tab


def tries_everything(tab: LiveTab, house: House) -> str:
    """All that brings a state back in an honest tab."""
    for name in (HYDRATE, ON_LOAD):
        tab.say(name, address=house.form)
    tab.say(HYDRATE_AND_LOAD, {"vars": {}}, address=house.form)
    tab.say(UPDATE_VARS, {"vars": {f"{SESSION}.person_name": "x"}}, address=house.form)
    tab.say(f"{INTAKE}.open", address=house.form)
    tab.say(f"{INTAKE}.keep", {"draft_id": f"intake:{house.packet}:phq9:q1", "text": "3"}, house.form)
    tab.say(f"{INTAKE}.leave", address=house.form)
    tab.say(f"{SESSION}.enter", address=house.form)
    tab.say(f"{SESSION}.detected_zone", {"zone": "Asia/Tokyo"}, address=house.form)
    return tab.settles()


class TestStolenTab:
    @pytest.mark.parametrize("thief", ["nobody", "tom", "miriam", "owner"])
    def test_of_somebody_who_is_away(self, house: House, victim: LiveTab, thief: str) -> None:
        victim.close()
        before = house.answers()
        with house.tab(getattr(house.whole, thief, None), token=victim.token) as tab:
            house.untouched("\n".join(tab.heard) + tries_everything(tab, house), house.whole.ids["packet"])
        assert house.answers() == before
        with house.tab(house.whole.rosa, token=victim.token) as again:
            assert house.whole.words.reason in opens_her_form(again, house)

    @pytest.mark.parametrize("thief", ["nobody", "tom", "miriam", "owner"])
    def test_of_somebody_who_is_there(self, house: House, victim: LiveTab, thief: str) -> None:
        before = house.answers()
        with house.tab(getattr(house.whole, thief, None), token=victim.token) as tab:
            house.untouched("\n".join(tab.heard) + tries_everything(tab, house), house.whole.ids["packet"])
            victim.say(f"{INTAKE}.go_back", address=house.form)
            assert routes.PATIENT_HOME in victim.settles()
            house.untouched(tab.settles(), house.whole.ids["packet"])
        assert house.answers() == before
        assert house.whole.words.reason in opens_her_form(victim, house)

    def test_in_which_the_thief_waits_for_her(self, house: House, victim: LiveTab) -> None:
        victim.close()
        with house.tab(token=victim.token) as tab, house.tab(house.whole.rosa, token=victim.token) as again:
            assert house.whole.words.reason in opens_her_form(again, house)
            house.untouched("\n".join(tab.heard) + tries_everything(tab, house), house.whole.ids["packet"])

    def test_with_the_first_event_in_the_handshake(self, house: House, victim: LiveTab) -> None:
        victim.close()
        boot = {"name": HYDRATE_AND_LOAD, "payload": {"vars": {}}, "router_data": {"pathname": "/", "asPath": "/"}}
        with house.tab(token=victim.token, auth={"boot_event": boot, "event": boot}) as tab:
            house.untouched("\n".join(tab.heard) + tab.settles())

    @pytest.mark.parametrize("token", ["../../etc/passwd", "x" * 5000, "a_b", "%00"])
    def test_of_a_name_that_no_browser_makes(self, house: House, token: str) -> None:
        with house.tab(token=token) as tab:
            house.untouched(tries_everything(tab, house), house.whole.ids["packet"])


class TestElsewhere:
    @pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://localhost:1", "{}.evil.example"])
    def test_a_page_of_another_site_gets_no_socket_with_her_cookie(self, house: House, origin: str | None) -> None:
        said = {} if origin is None else {"Origin": origin.format(house.served.url)}
        with pytest.raises(Refused):
            house.tab(headers={**said, "Cookie": house.cookie(house.whole.rosa)})

    @pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "ours"])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_there_is_no_polling(self, house: House, origin: str | None, method: str) -> None:
        headers = {"origin": house.served.url if origin == "ours" else origin}
        asked = "/_event/?EIO=4&transport=polling&token=t"
        assert house.ask(method, asked, house.whole.rosa, headers=headers).status_code == 404

    def test_another_name_of_this_machine_gets_no_socket(self, house: House) -> None:
        with pytest.raises(Refused):
            house.tab(headers={"Origin": house.served.url, "Host": "evil.example"})


class TestForged:
    """What a tab says of itself counts for nothing; who it is, is in its handshake."""

    def test_headers_cookies_and_names_in_the_event(self, house: House) -> None:
        rosa = house.cookie(house.whole.rosa)
        forged = {
            "headers": {"cookie": rosa, "origin": house.served.url},
            "cookies": {"qr_session": rosa.partition("=")[2]},
            "token": "victim",
            "session_id": "victim",
            "sid": "victim",
            "ip": "127.0.0.1",
            "client_ip": "127.0.0.1",
        }
        with house.tab(house.whole.tom) as tab:
            for name in (HYDRATE, f"{INTAKE}.open", ON_LOAD):
                tab.say(name, address=house.form, **forged)
            house.untouched(tab.settles(), house.whole.ids["packet"])

    def test_a_field_of_the_event_that_is_not_one(self, house: House, victim: LiveTab) -> None:
        event = {"name": f"{INTAKE}.open", "payload": {}, "router_data": {"asPath": house.form, "pathname": "/intake"}}
        with house.tab(house.whole.tom) as tab:
            tab.emit({**event, "token": victim.token, "substate_name": INTAKE, "ctx": {"token": victim.token}})
            house.untouched(tab.settles(), house.whole.ids["packet"])

    @pytest.mark.parametrize("path", ["/day/visit", "/day/visit/", "/practice/audit", "/intake", "//day", "day"])
    def test_a_page_that_it_does_not_stand_on_loads_nothing(self, house: House, path: str) -> None:
        with house.tab(house.whole.tom) as tab:
            query = {"id": house.whole.ids["visit"], "packet": house.packet}
            address = f"{path}?" + "&".join(f"{name}={value}" for name, value in query.items())
            tab.say(ON_LOAD, address=address, pathname=path, query=query)
            tab.say(HYDRATE_AND_LOAD, {"vars": {}}, address=address, pathname=path, query=query)
            said = tab.settles()
            house.untouched(said, *query.values())

    def test_no_handler_but_those_that_were_written(self, house: House, victim: LiveTab) -> None:
        before = house.answers()
        names = [f"{state}.{deed}" for state in (SESSION, INTAKE, ACCOUNT, ROOT.rstrip("."))
                 for deed in ("setvar", "set_is_owner", "set_email", "set_answers", "reset", "get_state", "dict", "_forget",
                              "_show", "_place", "__init__", "get_substates", "setattr")]  # fmt: skip
        names += [f"{INTAKE}.nothing", "nothing", "", f"{ROOT}nothing.open", "os.system", "_redirect", "_call_function"]
        for payload in ({"var_name": "is_owner", "value": True}, {}):
            for name in names:
                victim.say(name, payload, house.form)
                if name == names[len(names) // 2]:
                    victim.settles()
            heard = victim.settles()
            assert '"is_owner": true' not in heard
            assert house.whole.words.reason not in heard
        assert house.answers() == before
        assert "refused" in house.logged()

    def test_what_the_browser_stores_reaches_no_var(self, house: House) -> None:
        with house.tab(house.whole.tom) as tab:
            wanted = {
                f"{SESSION}.is_owner": True,
                f"{INTAKE}.packet": {"id": house.packet},
                f"{ROOT}_bound": "person:1",
            }
            tab.say(UPDATE_VARS, {"vars": wanted})
            tab.say(HYDRATE_AND_LOAD, {"vars": wanted})
            heard = tab.settles()
            assert house.packet not in heard
            assert '"is_owner_rx_state_": true' not in heard
            assert '"is_owner": true' not in heard


class TestSession:
    def test_none_sees_nobodys_page(self, house: House) -> None:
        with house.tab() as tab:
            heard = tries_everything(tab, house)
            house.untouched(heard, house.whole.ids["packet"])
            assert routes.SIGN_IN in heard

    @pytest.mark.parametrize("cookie", ["qr_session=", "qr_session=x", "qr_session=%00", "qr_session=\u20ac; ;;=;", "=",
                                        "qr_session=" + "a" * 4000, 'qr_session="a\\073b"; $Path=/'])  # fmt: skip
    def test_a_cookie_that_is_none(self, house: House, cookie: str) -> None:
        with house.tab(cookie=cookie.encode("ascii", "replace").decode()) as tab:
            house.untouched(tries_everything(tab, house), house.whole.ids["packet"])

    def test_that_ran_out_ends_while_the_page_is_open(self, house: House) -> None:
        cookie = house.fresh_cookie(house.whole.rosa)
        before = house.answers()
        with house.tab(cookie=cookie) as tab:
            assert house.whole.words.reason in opens_her_form(tab, house)
            with house.database.engine.begin() as connection:
                newest = sa.select(sa.func.max(PersonSession.id)).scalar_subquery()
                over = sa.update(PersonSession).where(PersonSession.id == newest)  # type: ignore[arg-type]
                connection.execute(over.values(idle_ends_at=utc_now()))
            heard = tries_everything(tab, house)
            house.untouched(heard, house.whole.ids["packet"])
            assert routes.SIGN_IN in heard
        assert house.answers() == before

    def test_that_is_signed_out_takes_its_sockets_with_it(self, house: House) -> None:
        cookie = house.fresh_cookie(house.whole.rosa)
        with house.tab(cookie=cookie) as one, house.tab(cookie=cookie) as two, house.tab(house.whole.rosa) as other:
            opens_her_form(one, house)
            answer = house.ask("POST", "/api/sign-out", cookie=cookie, json={})
            assert answer.status_code == 200
            assert one.is_closed()
            assert two.is_closed()
            assert other.open
            assert house.whole.words.reason in opens_her_form(other, house)
        with house.tab(cookie=cookie, token=one.token) as again:
            house.untouched(tries_everything(again, house), house.whole.ids["packet"])

    def test_the_mark_of_these_tests_is_heard_by_its_own_tab_alone(self, house: House) -> None:
        with house.tab() as one, house.tab() as two:
            one.say(MARK, {"code": "only-one"})
            assert "only-one" in one.settles()
            assert "only-one" not in two.settles()
            assert json.loads(two.heard[0] if two.heard else "[]") == []
