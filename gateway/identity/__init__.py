"""Who is calling: tokens, and the keys that they are proved with."""
