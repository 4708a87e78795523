"""Speed, measured as ratios within one run: machines differ and drift, ratios hold. `python3 dev.py bench`."""
