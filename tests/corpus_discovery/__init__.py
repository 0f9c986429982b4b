"""A labelled corpus for discovery, written by us: mails of machines and people, with what is true of each.

    python -m tests.corpus_discovery              prints precision and recall (`make classify`)
    python -m tests.corpus_discovery FOLDER       writes the mails as files, FOLDER/KIND-NUMBER.eml

Labels come from who made the mail, never from the rules' answer. Nothing here was ever sent.
"""
