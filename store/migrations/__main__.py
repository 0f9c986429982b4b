"""Write a new revision from what store/schema says now."""

import sys

from store.migrations import write_revision

write_revision(sys.argv[1])
