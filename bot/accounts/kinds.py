"""What accounts leaves in the ledger; jobs.py does it."""

SHOW_ATTEMPT = "accounts.show_attempt"  # the Connect window, or a message where it was closed
READ_ADDRESSES = "accounts.read_addresses"  # aliases, from the provider
WITHDRAW = "accounts.withdraw"  # give back a grant that became no connection
DISCONNECT = "accounts.disconnect"
TELL_LEFT = "accounts.tell_left"  # a provider did not end an access: tell whoever can
APPROVED = "accounts.approved"  # an administrator approved: tell the member who waits
APPROVED_YET = "accounts.approved_yet"  # two days without a word: ask the member
