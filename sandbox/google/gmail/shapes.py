"""The resources of Gmail v1 as far as they occur here: property → type.

A name with a capital is another shape, a list of one is written in brackets. Source: the discovery document
that google-api-python-client carries; a test compares.
"""

SHAPES: dict[str, dict[str, str]] = {
    "Message": {
        "id": "string",
        "threadId": "string",
        "labelIds": "[string]",
        "snippet": "string",
        "historyId": "string",
        "internalDate": "string",
        "payload": "MessagePart",
        "sizeEstimate": "integer",
        "raw": "string",
        "classificationLabelValues": "[ClassificationLabelValue]",
    },
    "ClassificationLabelValue": {"labelId": "string", "fields": "[ClassificationLabelFieldValue]"},
    "ClassificationLabelFieldValue": {"fieldId": "string", "selection": "string"},
    "MessagePart": {
        "partId": "string",
        "mimeType": "string",
        "filename": "string",
        "headers": "[MessagePartHeader]",
        "body": "MessagePartBody",
        "parts": "[MessagePart]",
    },
    "MessagePartHeader": {"name": "string", "value": "string"},
    "MessagePartBody": {"attachmentId": "string", "size": "integer", "data": "string"},
    "Thread": {"id": "string", "snippet": "string", "historyId": "string", "messages": "[Message]"},
    "Draft": {"id": "string", "message": "Message"},
    "ListThreadsResponse": {
        "threads": "[Thread]",
        "nextPageToken": "string",
        "resultSizeEstimate": "integer",
    },
    "ListMessagesResponse": {
        "messages": "[Message]",
        "nextPageToken": "string",
        "resultSizeEstimate": "integer",
    },
    "ListDraftsResponse": {"drafts": "[Draft]", "nextPageToken": "string", "resultSizeEstimate": "integer"},
    "ListHistoryResponse": {"history": "[History]", "nextPageToken": "string", "historyId": "string"},
    "History": {
        "id": "string",
        "messages": "[Message]",
        "messagesAdded": "[HistoryMessageAdded]",
        "messagesDeleted": "[HistoryMessageDeleted]",
        "labelsAdded": "[HistoryLabelAdded]",
        "labelsRemoved": "[HistoryLabelRemoved]",
    },
    "HistoryMessageAdded": {"message": "Message"},
    "HistoryMessageDeleted": {"message": "Message"},
    "HistoryLabelAdded": {"message": "Message", "labelIds": "[string]"},
    "HistoryLabelRemoved": {"message": "Message", "labelIds": "[string]"},
    "ListLabelsResponse": {"labels": "[Label]"},
    "Label": {
        "id": "string",
        "name": "string",
        "messageListVisibility": "string",
        "labelListVisibility": "string",
        "type": "string",
        "messagesTotal": "integer",
        "messagesUnread": "integer",
        "threadsTotal": "integer",
        "threadsUnread": "integer",
        "color": "LabelColor",
    },
    "LabelColor": {"textColor": "string", "backgroundColor": "string"},
    "ListSendAsResponse": {"sendAs": "[SendAs]"},
    "SendAs": {
        "sendAsEmail": "string",
        "displayName": "string",
        "replyToAddress": "string",
        "signature": "string",
        "isPrimary": "boolean",
        "isDefault": "boolean",
        "treatAsAlias": "boolean",
        "smtpMsa": "SmtpMsa",
        "verificationStatus": "string",
    },
    "SmtpMsa": {
        "host": "string",
        "port": "integer",
        "username": "string",
        "password": "string",
        "securityMode": "string",
    },
    "Profile": {
        "emailAddress": "string",
        "messagesTotal": "integer",
        "threadsTotal": "integer",
        "historyId": "string",
    },
    "Empty": {},
}


def inner(shape: str, name: str) -> str | None:
    """Name the shape behind a property, "" for a plain value, None when there is no such property."""
    kind = SHAPES.get(shape, {}).get(name)
    if kind is None:
        return None
    kind = kind.strip("[]")
    return kind if kind in SHAPES else ""
