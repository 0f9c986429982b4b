"""Inbox Contact Discovery: who writes to the member, is written to, and is not a contact yet.

evidence.py   mails → what is known of each person          rules.py      evidence → suggested, or why not
strength.py   how much went back and forth                  words.py      reason codes in plain words
files.py      the same on files: `app.py classify`, `app.py discover`

scanning.py   mailboxes looked through, stretch by stretch  nightly.py    every night, told in the morning
reviewing.py  added, dismissed, undone                      blocking.py   addresses and domains kept away
looking.py    what Home's page shows of it                  build.py      puts all of it together
"""
