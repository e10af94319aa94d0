"""Mail: what a mail is, where it belongs, whether an answer may leave, and whether it left."""
