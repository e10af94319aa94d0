def reply_text(t): return t
