"""What a mail says, vendor-free and pure: no connection, no clock, no exception on a bad mail.

    read_message(message) -> Reading          visible, quoted, signature (each a Document), notes
    reading.py parse_eml(data) -> ParsedMail             a file: message (providers.mail.Message),
    attachments      eml.py gather(root: Part) -> Bodies              a MIME tree into html, text,
    attachments, speaking parts   parts.py Document, Paragraph, Text, Link, …        the neutral tree
    document.py Invitation, DeliveryReport, …             what a message is besides its words
    notes.py as_text(document) -> str                  plain text of a document
    plain.py

    addresses.py, compose.py                  addresses of people; making mail
Drawing a Document as Block Kit is `bot/inbox/body.py`.
"""
