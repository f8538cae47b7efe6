"""How things are said: names, texts in both languages, and lines of a terminal."""
