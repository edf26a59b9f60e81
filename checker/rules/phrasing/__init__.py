"""Turns of phrase that a table describes: patterns of words, their inflections, and what to write instead."""
