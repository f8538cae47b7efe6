"""The commands of `schouw`, a module for each group: parse, call one function, print."""
