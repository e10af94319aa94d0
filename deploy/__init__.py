"""How Madoguchi is put onto machines."""
