"""What widgets need, in Qt's models: the tree, the page as a document, the history."""
