"""Browser in: the pages that everybody may read, without signing in."""

from collections.abc import Callable

from flask import Blueprint, render_template

from bot.home.homes import Surroundings
from bot.home.public import Page, help_page, privacy_page, support_page
from bot.words import Reader


def create_routes(around: Surroundings) -> Blueprint:
    """Make the pages Help, Privacy and Support."""
    routes = Blueprint("public", __name__, template_folder="pages")
    pages = {page.name: page for page in (make(around, Reader()) for make in _PAGES)}

    def show(name: str) -> str:
        others = [(f"/{page.name}", page.title) for page in pages.values() if page.name != name]
        return render_template("public.html", page=pages[name], others=others)

    for name in pages:
        routes.add_url_rule(f"/{name}", name, view_func=_bound(show, name))
    return routes


def _bound(show: Callable[[str], str], name: str) -> Callable[[], str]:
    return lambda: show(name)


_PAGES: tuple[Callable[[Surroundings, Reader], Page], ...] = (help_page, privacy_page, support_page)
