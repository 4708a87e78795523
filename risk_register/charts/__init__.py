"""Charts for documents: geometry apart from drawing."""
