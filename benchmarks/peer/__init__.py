"""Other ways to make the factsheet, for ``benchmarks/peers.py``: same content, other tools."""
