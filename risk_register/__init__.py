"""Risk Register: everything but windows. No module below this package imports Qt."""

__version__ = "0.1.0"
