"""The texts of reports and terminal, one TOML file a language, with the same keys."""
