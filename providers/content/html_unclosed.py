"""Lists that nobody closed before something began that is none of theirs: history, a signature."""

from providers.content.html_builder import Builder
from providers.content.html_lists import OpenList


def leave_lists(builder: Builder) -> list[OpenList]:
    """Put down the open lists as far as they were met.

    Returns what `return_to_lists` needs: nothing if no list is open, or a quote is, which keeps all.
    """
    if builder.quotes or not builder.lists:
        return []
    left = builder.lists[:]
    while builder.lists:
        innermost = builder.lists[-1]
        if innermost.nested < builder.nested:
            innermost.items.append(list(builder.close_container()))
        builder.close_list()
    for one in left:
        one.start = one.next_number()
        one.items.clear()
    return left


def return_to_lists(builder: Builder, left: list[OpenList], containers: int, *, loose: bool) -> None:
    """Go on where lists were left, since their ends are still to come. `loose`: what follows is no list."""
    builder.end_paragraph()
    builder.lists = left
    builder.outer = [[] for _ in range(containers)]
    builder.blocks = []
    builder.nested = containers
    for one in left:
        one.loose = one.loose or loose
