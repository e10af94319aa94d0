def find_bounce(raw, root, subject, text): return None
