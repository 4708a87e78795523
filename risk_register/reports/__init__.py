"""Reports: what they say, apart from how Word shows it."""
