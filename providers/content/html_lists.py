"""A list of an HTML mail while it is met, item by item."""

from dataclasses import dataclass, field

from providers.content.document import Block, List


@dataclass(slots=True)
class OpenList:
    """A list whose end was not met yet. `nested`: the containers around it. `loose`: history in no list."""

    ordered: bool
    start: int
    nested: int
    items: list[list[Block]] = field(default_factory=list)
    loose: bool = False

    def block(self) -> List:
        """Return the list as far as it was met."""
        return List(tuple(tuple(item) for item in self.items if item), self.ordered, self.start)

    def next_number(self) -> int:
        """Return the number of the item that comes next."""
        return self.start + sum(map(bool, self.items))
