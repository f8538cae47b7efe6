"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("password", {"password": "not-a-real-one1"}, {"password": "credential"}),
    ("Dutch", {"wifi": {"wachtwoord": "niet-echt-1"}}, {"wifi.wachtwoord": "credential"}),
    ("key", {"api_key": "abc123def456ghi"}, {"api_key": "credential"}),
    ("token", {"auth": {"accessToken": "abc123def456ghi"}}, {"auth.accessToken": "credential"}),
    ("masked", {"password": "********"}, {}),
    ("whether there is one", {"password_required": True}, {}),
    ("a card's token is a card's", {"card": {"token": "04A2B9C1D2"}}, {}),
    ("a key of another kind", {"key": "temperature"}, {}),
    ("a rule", {"password_policy": "at-least-8"}, {}),
)
