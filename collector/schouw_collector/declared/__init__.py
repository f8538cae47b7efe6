"""What is declared beside the register: contracts, algorithms, abilities, countries."""
