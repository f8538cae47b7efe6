"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("a profile", {"household_income": 3}, {"household_income": "household_profile"}),
    ("Dutch", {"gezinssamenstelling": "2+1"}, {"gezinssamenstelling": "household_profile"}),
    ("a post", {"tweet_text": "druk hier"}, {"tweet_text": "social_media_content"}),
    ("meter of a household", {"household_energy": 2.1}, {}),
    ("how many posts", {"tweets": 3}, {}),
)
