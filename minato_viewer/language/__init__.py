"""Languages: tags and chains, catalogues, number and date formats, folding."""
