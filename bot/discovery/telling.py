"""Before a member's first Add: who sees contacts is told once, and the wish is carried out after it."""

from bot.discovery.people import Act, Wish
from bot.discovery.review_views import sharing_window
from bot.discovery.reviewing import ReviewService
from bot.visits import Visit


def tell_first(visit: Visit, reviews: ReviewService, wish: Wish) -> bool:
    """Open the window that tells, where it is due. True: the wish waits there for the member's Add."""
    workspace = reviews.to_be_told(visit.member) if wish.act is Act.ADD else ""
    if workspace:
        visit.open_window(sharing_window(wish, workspace, visit.reader))
    return bool(workspace)
