"""Readers of wire and bitext formats, one a file; `registry` lists them."""
