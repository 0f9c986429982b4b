"""The page's own addresses: what it tells the browser, and what it lets the browser do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from sandbox.faults import Kind
from sandbox.google.service import SERVICE as GOOGLE
from sandbox.microsoft.service import GRAPH_SERVICE as OUTLOOK
from sandbox.microsoft.service import SERVICE as MICROSOFT
from sandbox.slack.page.dials import SERVICES
from sandbox.slack.page.routes import create_page
from tests.sandbox.slack.drawing import actions, button, home, section
from tests.sandbox.slack.town import Town

Json = dict[str, Any]


@pytest.fixture
def page(stage: Town) -> Iterator[FlaskClient]:
    """A client of the page, without a browser."""
    made = create_page(stage.slack, stage.sandbox.faults, stage.sandbox.clock)
    with made.test_client() as client:
        yield client


def live(page: FlaskClient, member: str = "ann", /, **query: str) -> Json:
    answer = page.get(f"/_page/{member}/live", query_string={"version": "-1", **query})
    assert answer.status_code == 200
    news: Json = answer.get_json()
    return news


def general(stage: Town) -> str:
    return stage.ann.channel("general").id


def test_the_root_leads_to_somebodys_screen(page: FlaskClient) -> None:
    answer = page.get("/", follow_redirects=True)
    assert answer.status_code == 200
    assert "Northwind" in answer.text


def test_a_stranger_has_no_screen(page: FlaskClient) -> None:
    assert page.get("/client/nobody/").status_code == 404
    assert page.get("/_page/nobody/live").status_code == 404
    assert page.post("/_page/nobody/say", json={}).status_code == 404


def test_nothing_of_the_page_comes_from_elsewhere(page: FlaskClient) -> None:
    answer = page.get("/client/ann/")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "http://" not in answer.text.replace("http://127.0.0.1", "")
    for name in ("client.js", "frame.css"):
        with page.get(f"/_page/static/{name}") as file:
            assert file.status_code == 200


def test_a_colleague_never_sees_what_is_only_visible_to_another(stage: Town, page: FlaskClient) -> None:
    stage.ann.command("general", "/probe dana")
    assert "Only visible to you" in live(page, "ann", place=general(stage))["fragments"]["body"]
    assert "Only visible to you" not in live(page, "ben", place=general(stage))["fragments"]["body"]


def test_loading_the_page_anew_drops_what_was_only_visible_to_you(stage: Town, page: FlaskClient) -> None:
    stage.ann.command("general", "/probe dana")
    page.post("/_page/ann/arrive", json={"again": True, "page": "p1"})
    assert "Only visible to you" not in page.get(f"/client/ann/{general(stage)}").text


def test_a_second_tab_takes_nothing_from_the_first(stage: Town, page: FlaskClient) -> None:
    live(page, "ann", page="p1")
    stage.ann.command("general", "/probe dana")
    page.post("/_page/ann/arrive", json={"again": False, "page": "p2"})
    assert "Only visible to you" in page.get(f"/client/ann/{general(stage)}").text


def test_the_first_tab_of_a_member_begins_afresh(stage: Town, page: FlaskClient) -> None:
    live(page, "ben", page="p1")
    stage.ann.command("general", "/probe dana")
    page.post("/_page/ann/arrive", json={"again": False, "page": "p2"})
    assert "Only visible to you" not in page.get(f"/client/ann/{general(stage)}").text


def test_a_guest_sees_only_channels_they_are_in(stage: Town, page: FlaskClient) -> None:
    assert ">sales</span>" in live(page, "ben")["fragments"]["sidebar"]
    assert ">sales</span>" not in live(page, "gus")["fragments"]["sidebar"]
    body = live(page, "gus", place=general(stage))["fragments"]["body"]
    assert 'data-key="nowhere"' in body


def test_a_typed_command_reaches_the_app(stage: Town, page: FlaskClient) -> None:
    told = page.post("/_page/ann/say", json={"channel": general(stage), "text": "/probe dana"})
    assert told.get_json() == {"failed": "", "kept": False}
    assert stage.ann.messages("general")[-1].only_for == "U0ANN"


def test_words_become_a_message_for_everybody(stage: Town, page: FlaskClient) -> None:
    page.post("/_page/ben/say", json={"channel": general(stage), "text": "hello <b>"})
    assert "hello &lt;b&gt;" in live(page, "ann", place=general(stage))["fragments"]["body"]


def test_a_message_in_another_place_is_counted_until_it_is_read(stage: Town, page: FlaskClient) -> None:
    live(page, "ann", place=general(stage))
    stage.ben.say("sales", "look")
    assert "1 unread" in live(page, "ann", place=general(stage))["fragments"]["sidebar"]
    live(page, "ann", place=stage.ann.channel("sales").id)
    assert "unread" not in live(page, "ann", place=general(stage))["fragments"]["sidebar"]


def test_a_press_carries_what_was_chosen_around_it(stage: Town, page: FlaskClient) -> None:
    seen: list[Json] = []

    @stage.bolt.action("go")
    def took(ack: Any, body: Json) -> None:
        seen.append(body)
        ack()

    @stage.bolt.action("when")
    def changed(ack: Any) -> None:
        ack()

    stage.client.views_publish(
        user_id="U0ANN",
        view=home(actions({"type": "datepicker", "action_id": "when"}, button("go"), block_id="row")),
    )
    view = stage.ann.home()
    assert view is not None
    place = {"view_id": view.id, "block_id": "row"}
    page.post("/_page/ann/press", json={**place, "action_id": "when", "value": "2026-11-23", "typed": []})
    told = page.post("/_page/ann/press", json={**place, "action_id": "go", "value": "", "typed": []})
    assert told.get_json() == {"failed": ""}
    (body,) = seen
    assert body["view"]["state"]["values"]["row"]["when"]["selected_date"] == "2026-11-23"


def test_a_press_on_something_gone_says_so(stage: Town, page: FlaskClient) -> None:
    told = page.post(
        "/_page/ann/press", json={"view_id": "V0", "block_id": "x", "action_id": "y", "typed": []}
    )
    assert "no longer here" in told.get_json()["trouble"]


def test_nobody_presses_in_anothers_window(stage: Town, page: FlaskClient) -> None:
    stage.client.views_publish(user_id="U0ANN", view=home(actions(button("go"), block_id="row")))
    view = stage.ann.home()
    assert view is not None
    told = page.post(
        "/_page/ben/press", json={"view_id": view.id, "block_id": "row", "action_id": "go", "typed": []}
    )
    assert "trouble" in told.get_json()


def test_a_failed_press_is_told_once(stage: Town, page: FlaskClient) -> None:
    stage.client.views_publish(user_id="U0ANN", view=home(actions(button("unheard"), block_id="row")))
    view = stage.ann.home()
    assert view is not None
    told = live(page)["told"]
    place = {"view_id": view.id, "block_id": "row", "action_id": "unheard", "typed": []}
    assert page.post("/_page/ann/press", json=place).get_json()["failed"]
    news = live(page, told=str(told))
    assert len(news["notices"]) == 1
    assert live(page, told=str(news["told"]))["notices"] == []
    assert live(page, "ben", told="0")["notices"] == []


def test_opening_the_apps_home_tells_the_app(stage: Town, page: FlaskClient) -> None:
    installed = stage.ann.workspace.installation
    assert installed is not None
    page.post("/_page/ann/visit", json={"place": installed.bot_user_id, "tab": "home"})
    news = live(page, place=installed.bot_user_id, tab="home")
    assert "Gmail &amp; Outlook" in news["fragments"]["body"]


def test_an_act_that_is_not_json_is_refused(page: FlaskClient) -> None:
    answer = page.post("/_page/ann/say", data={"channel": "general", "text": "/probe"})
    assert answer.status_code == 415


def test_the_live_answer_waits_until_something_changes(stage: Town, page: FlaskClient) -> None:
    version = live(page)["version"]
    stage.sandbox.clock.call_after(timedelta(milliseconds=50), lambda: said(stage))
    news = live(page, version=str(version), place=general(stage))
    assert news["version"] > version
    assert "a moment later" in news["fragments"]["body"]


def said(stage: Town) -> None:
    stage.ben.say("general", "a moment later")


def test_a_fault_is_dialled_in_and_out(stage: Town, page: FlaskClient) -> None:
    form = {"service": "slack", "trouble": "429", "seconds": "7", "times": "2", "do": "add"}
    page.post("/_page/sandbox/faults", data=form)
    (fault,) = stage.sandbox.faults.standing()
    assert (fault.kind, fault.status, fault.retry_after, fault.times) == (Kind.STATUS, 429, 7, 2)
    assert "answers with 429, 2 more times" in page.get("/_page/sandbox").text
    page.post("/_page/sandbox/faults", data={"do": "clear"})
    assert stage.sandbox.faults.standing() == ()


def test_every_service_of_the_sandbox_can_be_made_to_fail(stage: Town, page: FlaskClient) -> None:
    assert {name for name, _ in SERVICES} == {"slack", GOOGLE, MICROSOFT, OUTLOOK}
    for service, name in SERVICES:
        page.post("/_page/sandbox/faults", data={"service": service, "trouble": "503", "do": "add"})
        assert stage.sandbox.faults.standing()[-1].service == service
        assert f"<b>{escape(name)}</b> answers with 503" in page.get("/_page/sandbox").text
    page.post("/_page/sandbox/faults", data={"do": "clear"})


def test_the_clock_is_turned_and_turned_back(stage: Town, page: FlaskClient) -> None:
    page.post("/_page/sandbox/clock", data={"step": "day"})
    assert stage.sandbox.clock.now() - datetime.now(UTC) > timedelta(hours=23)
    page.post("/_page/sandbox/clock", data={"step": "real"})
    assert abs(stage.sandbox.clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_next_morning_is_that_of_whoever_was_in_slack_last(stage: Town, page: FlaskClient) -> None:
    for handle in ("ann", "ben", "ann"):
        user = stage.slack.as_user(handle).user
        page.get(f"/client/{handle}/")
        before = stage.sandbox.clock.now()
        page.post("/_page/sandbox/clock", data={"step": "morning"})
        now = stage.sandbox.clock.now()
        assert before < now < before + timedelta(hours=24, seconds=5)
        assert f"{now.astimezone(ZoneInfo(user.tz)):%H:%M}" in ("07:59", "08:00")
        assert f"For {user.real_name} it is" in page.get("/_page/sandbox").text


def test_another_site_cannot_turn_the_dials(stage: Town, page: FlaskClient) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert page.post("/_page/sandbox/faults", data={"do": "clear"}, headers=foreign).status_code == 403
    assert page.post("/_page/sandbox/clock", data={"step": "day"}, headers=foreign).status_code == 403


def test_a_fault_of_slack_does_not_stop_the_page(stage: Town, page: FlaskClient) -> None:
    page.post("/_page/sandbox/faults", data={"service": "slack", "trouble": "503", "times": "0"})
    stage.ann.say("general", "still here")
    assert "still here" in live(page, place=general(stage))["fragments"]["body"]


def test_text_without_blocks_is_drawn_as_mrkdwn(stage: Town, page: FlaskClient) -> None:
    stage.client.chat_postMessage(channel="U0ANN", text="*bold* <https://a.example|link>")
    installed = stage.ann.workspace.installation
    assert installed is not None
    body = live(page, place=installed.bot_user_id, tab="messages")["fragments"]["body"]
    assert "<strong>bold</strong>" in body
    assert 'href="https://a.example"' in body


def test_a_changed_message_is_drawn_changed(stage: Town, page: FlaskClient) -> None:
    posted = stage.client.chat_postMessage(channel="U0ANN", text="x", blocks=[section("before")])
    stage.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="x", blocks=[section("after")])
    installed = stage.ann.workspace.installation
    assert installed is not None
    body = live(page, place=installed.bot_user_id, tab="messages")["fragments"]["body"]
    assert "after" in body
    assert "before" not in body


def test_the_root_leads_back_to_where_the_member_was(stage: Town, page: FlaskClient) -> None:
    page.get("/client/ben/")
    page.post("/_page/ben/visit", json={"place": stage.ben.channel("sales").id, "tab": ""})
    assert page.get("/").headers["Location"] == f"/client/ben/{stage.ben.channel('sales').id}"


def test_a_remembered_place_leads_nowhere_else(stage: Town, page: FlaskClient) -> None:
    for path in ("//evil.example/", "nobody/x", "ann/../../x"):
        page.set_cookie("sandbox_place", path)
        assert page.get("/").headers["Location"] == "/client/ann/"


def test_the_apps_own_address_leads_to_its_home(stage: Town, page: FlaskClient) -> None:
    installed = stage.ann.workspace.installation
    assert installed is not None
    answer = page.get(f"/app_redirect?app={stage.slack.app.app_id}&team=T0NORTHWIND")
    assert answer.headers["Location"] == f"/client/ann/{installed.bot_user_id}?tab=home"
    assert page.get("/app_redirect?app=A0OTHER").status_code == 404
