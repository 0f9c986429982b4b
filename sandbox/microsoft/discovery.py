"""Where things are: the OpenID document, the keys, the list of Microsoft's own hosts.

All addresses are Microsoft's own, as in the real documents: a client that is to talk to this sandbox maps
their origin itself.
"""

from werkzeug.wrappers import Request, Response

from sandbox.microsoft.authorize import check_authority
from sandbox.microsoft.directory import CONSUMERS
from sandbox.microsoft.identity import AUTHORITY
from sandbox.microsoft.realm import Realm
from sandbox.microsoft.refusals import Refusal, body_of
from sandbox.microsoft.token import answer

_HOST = "login.microsoftonline.com"


def serve_configuration(realm: Realm, authority: str) -> Response:
    """Answer GET /{tenant}/v2.0/.well-known/openid-configuration."""
    try:
        tenant = check_authority(realm, authority)
    except Refusal as one:
        return answer(body_of(one, realm.now()), one.status)
    held_by = tenant.id if tenant else {"consumers": CONSUMERS}.get(authority, "{tenantid}")
    base = f"{AUTHORITY}/{tenant.id if tenant else authority}"
    return answer(
        {
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "issuer": f"{AUTHORITY}/{held_by}/v2.0",
            "request_uri_parameter_supported": False,
            "userinfo_endpoint": "https://graph.microsoft.com/oidc/userinfo",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "end_session_endpoint": f"{base}/oauth2/v2.0/logout",
            "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "tid"],
            "tenant_region_scope": None,
            "cloud_instance_name": "microsoftonline.com",
            "msgraph_host": "graph.microsoft.com",
        }
    )


def serve_keys(realm: Realm) -> Response:
    """Answer GET /{tenant}/discovery/v2.0/keys."""
    return answer(realm.id_tokens.keys())


def serve_instance(request: Request) -> Response:
    """Answer GET /common/discovery/instance."""
    asked = request.args.get("authorization_endpoint", f"{AUTHORITY}/common/oauth2/v2.0/authorize")
    tenant = asked.removeprefix("https://").split("/")[1] if asked.count("/") > 2 else "common"
    if not asked.startswith(AUTHORITY + "/"):
        told = "AADSTS50049: Unknown or invalid instance."
        return answer({"error": "invalid_instance", "error_description": told}, 400)
    hosts = {"preferred_network": _HOST, "preferred_cache": "login.windows.net"}
    aliases = [_HOST, "login.windows.net", "login.microsoft.com", "sts.windows.net"]
    return answer(
        {
            "tenant_discovery_endpoint": f"{AUTHORITY}/{tenant}/v2.0/.well-known/openid-configuration",
            "api-version": "1.1",
            "metadata": [{**hosts, "aliases": aliases}],
        }
    )
