"""The window. Screens read `desk.book` and ask the desk; only the desk and the app know the store."""
