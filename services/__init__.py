"""The services of Madoguchi, one package each."""
