"""Pages: an entry composed for one reader, without Qt, so that every face shows the same substance."""
