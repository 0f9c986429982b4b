"""Slack in: the settings of accounts that are connected."""

from slack_bolt import Ack

from bot.accounts import keeping_views as windows
from bot.accounts import views
from bot.accounts.parting import Disconnecting
from bot.accounts.service import AccountsService
from bot.payloads import AccountAct, AccountRef, MineRef, decode
from bot.visits import Body, Listener, Visit, Visits
from providers.content.typed import typed_addresses


def show_addresses(ack: Ack, body: Body, *, visits: Visits, accounts: AccountsService) -> None:
    """Addresses: the window with all that count as the member's own."""
    visit = visits.of(body)
    shown = accounts.addresses(visit.member, visit.payload(AccountRef).account)
    visit.open_window(windows.addresses_window(shown, visit.reader))
    ack()


def add_address(ack: Ack, body: Body, *, visits: Visits, accounts: AccountsService) -> None:
    """One more address of the member's own."""
    visit = visits.of(body)
    ref = visit.payload(AccountRef)
    block_id, values = next(iter(body["view"]["state"]["values"].items()))
    typed, _ = typed_addresses(str(values[windows.ADDRESS].get("value") or ""))
    if len(typed) != 1:
        said = visit.reader.say("Type one e-mail address, like ann.lee@northwind.example.")
        ack(response_action="errors", errors={block_id: said})
        return
    accounts.add_address(visit.member, typed[0].address)
    shown = accounts.addresses(visit.member, ref.account)
    ack(response_action="update", view=windows.addresses_window(shown, visit.reader))


def remove_address(ack: Ack, body: Body, *, visits: Visits, accounts: AccountsService) -> None:
    """An address is not the member's own after all."""
    visit = visits.of(body)
    accounts.remove_address(visit.member, visit.payload(MineRef).mine)
    ref = decode(AccountRef, str(body["view"]["private_metadata"]))
    shown = accounts.addresses(visit.member, ref.account)
    visit.replace_window(windows.addresses_window(shown, visit.reader))
    ack()


def show_writing(ack: Ack, body: Body, *, visits: Visits, accounts: AccountsService) -> None:
    """Edit: signature and quoting."""
    visit = visits.of(body)
    _open_writing(visit, accounts, visit.payload(AccountRef).account)
    ack()


def keep_writing(ack: Ack, body: Body, *, visits: Visits, accounts: AccountsService) -> None:
    """Save signature and quoting."""
    visit = visits.of(body)
    values = body["view"]["state"]["values"]
    accounts.keep_writing(
        visit.member,
        visit.payload(AccountRef).account,
        str(values["signature"][windows.SIGNATURE].get("value") or ""),
        quote_last=bool(values["quote"][windows.QUOTE].get("selected_options")),
    )
    ack()
    visits.redraw_home(visit.member)


def choose_more(ack: Ack, body: Body, *, visits: Visits, accounts: AccountsService) -> None:
    """The menu of an account."""
    visit = visits.of(body)
    chosen = visit.payload(AccountAct)
    if chosen.act == views.SIGNATURE:
        _open_writing(visit, accounts, chosen.account)
    elif chosen.act == views.MAKE_DEFAULT:
        accounts.make_default(visit.member, chosen.account)
    ack()
    visits.redraw_home(visit.member)


def _open_writing(visit: Visit, accounts: AccountsService, account_id: str) -> None:
    shown = accounts.writing(visit.member, account_id)
    visit.open_window(windows.writing_window(shown, visit.reader))


def show_previews(ack: Ack, body: Body, *, visits: Visits, accounts: AccountsService) -> None:
    """The box for preview lines."""
    visit = visits.of(body)
    accounts.show_previews(visit.member, wanted=bool(body["actions"][0].get("selected_options")))
    ack()
    visits.redraw_home(visit.member)


def ask_disconnect(ack: Ack, body: Body, *, visits: Visits, disconnecting: Disconnecting) -> None:
    """Disconnect: what it means, before anything happens."""
    visit = visits.of(body)
    parting = disconnecting.parting(visit.member, visit.payload(AccountRef).account)
    visit.open_window(windows.disconnect_window(parting, visit.reader))
    ack()


def disconnect(ack: Ack, body: Body, *, visits: Visits, disconnecting: Disconnecting) -> None:
    """It is meant: the ledger does it, and the same window shows the receipt."""
    visit = visits.of(body)
    events = windows.remaining(body["view"]["state"]["values"])
    account = visit.payload(AccountRef).account
    disconnecting.ask(visit.member, account, str(body["view"]["id"]), events=events)
    ack(response_action="update", view=windows.leaving_window(visit.reader))


def opened_page(ack: Ack) -> None:
    """The provider's page was opened: the browser does the rest."""
    ack()


ACTIONS: dict[str, Listener] = {
    views.ADDRESSES: show_addresses,
    windows.REMOVE_ADDRESS: remove_address,
    views.WRITING: show_writing,
    views.MORE: choose_more,
    views.PREVIEWS: show_previews,
    views.DISCONNECT: ask_disconnect,
    windows.ACCESS_PAGE: opened_page,
}
VIEWS: dict[str, Listener] = {
    windows.ADD_ADDRESS: add_address,
    windows.KEEP_WRITING: keep_writing,
    windows.DISCONNECT_NOW: disconnect,
}
