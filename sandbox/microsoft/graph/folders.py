"""GET: the folders of a mailbox, and the person themself."""

from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.graph.errors import no_property
from sandbox.microsoft.graph.shelf import FOLDERS, HIDDEN


def list_folders(call: Call) -> Json:
    hidden = call.query.get("includeHiddenFolders") == "true"
    shown = [_folder(call, name) for name in FOLDERS if hidden or name not in HIDDEN]
    start, most = call.number("$skip", 0, 0, 1_000), call.number("$top", 10, 1, 1_000)
    return {"@odata.context": call.context("mailFolders"), "value": shown[start : start + most]}


def get_folder(call: Call) -> Json:
    folder = call.folder(call.path["folder"])
    return {"@odata.context": call.context("mailFolders/$entity"), **_folder(call, folder)}


def _folder(call: Call, name: str) -> Json:
    items = [item for item in call.shelf.items() if item.folder == name]
    made: Json = {
        "id": call.folder_id(name),
        "displayName": FOLDERS[name],
        "parentFolderId": call.folder_id("msgfolderroot"),
        "childFolderCount": 0,
        "unreadItemCount": sum(not item.is_read for item in items),
        "totalItemCount": len(items),
        "isHidden": name in HIDDEN,
    }
    select = [one.strip() for one in call.option("$select").split(",") if one.strip()]
    if strange := [one for one in select if one not in made]:
        raise no_property(strange[0], "mailFolder")
    return {key: value for key, value in made.items() if not select or key in (*select, "id")}


def get_me(call: Call) -> Json:
    """Answer /me: without $select only the usual properties."""
    account, person = call.account, call.account.person
    given, _, family = account.name.partition(" ")
    personal = account.tenant.personal
    usual: Json = {
        "businessPhones": [],
        "displayName": account.name,
        "givenName": given or None,
        "jobTitle": None,
        "mail": None if account.address in call.state.without_mail else account.address,
        "mobilePhone": None,
        "officeLocation": None,
        "preferredLanguage": None,
        "surname": family or None,
        "userPrincipalName": account.address,
        "id": account.oid.replace("-", "")[16:] if personal else account.oid,
    }
    others = [one for one in (person.addresses if person else ()) if one != account.address]
    proxies = [f"SMTP:{account.address}", *(f"smtp:{one}" for one in others)]
    more: Json = {"proxyAddresses": [] if personal else proxies, "otherMails": [], "userType": "Member"}
    select = [one.strip() for one in call.option("$select").split(",") if one.strip()]
    if strange := [one for one in select if one not in usual | more]:
        raise no_property(strange[0], "user")
    shown = {key: value for key, value in (usual | more).items() if key in select} if select else usual
    return {"@odata.context": call.context("users/$entity", root=True), **shown}
