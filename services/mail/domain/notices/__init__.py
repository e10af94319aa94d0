"""Mail that no person wrote: bounces, delayed notices and automatic replies."""
