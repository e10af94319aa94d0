"""The shape of a message: header fields, parts, transfer encodings, bodies and attachments."""
