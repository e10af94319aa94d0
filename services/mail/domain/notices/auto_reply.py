def auto_reply_reason(headers, subject, text): return None
