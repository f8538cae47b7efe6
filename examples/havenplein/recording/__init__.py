"""How the captures of Havenplein were made: a small network, real clients, one mirror port."""
