"""Sharing in the window: the dialogs, the status bar's part, and who else is at a record."""
