"""Frozen dataclasses that cost little to make: only the type checker freezes them.

Setting the fields of one that is frozen at run time takes twice as long, and a message makes hundreds.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(*, frozen, slots):
        """Stand for `dataclasses.dataclass`, with equality and hash as of a frozen one."""
        return dataclasses.dataclass(unsafe_hash=frozen, slots=slots)
