"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("a profile", {"household_income": 3}, {"household_income": "household_profile"}),
    ("Dutch", {"gezinssamenstelling": "2+1"}, {"gezinssamenstelling": "household_profile"}),
    ("a post", {"tweet_text": "druk hier"}, {"tweet_text": "social_media_content"}),
    ("meter of a household", {"household_energy": 2.1}, {}),
    (
        "statistics of a neighbourhood",
        {"neighbourhood": "North", "average household size": 2.1},
        {},
    ),
    (
        "statistics of a neighbourhood, Dutch",
        {"buurt": "Noord", "gemiddelde_inkomensklasse": 4},
        {},
    ),
    (
        "a household, with its neighbourhood",
        {"buurt": "Noord", "adres": "Molenpad 12", "inkomensklasse": 4},
        {"inkomensklasse": "household_profile"},
    ),
    ("how many posts", {"tweets": 3}, {}),
)
