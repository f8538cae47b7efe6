"""The one taxonomy of data categories, and the names by which devices call them: data, not code."""

from schouw_agent.vocabulary.categories import (
    CATEGORIES,
    PRIVACY_CLASSES,
    Category,
    covered_by,
    vocabulary_digest,
)

__all__ = ["CATEGORIES", "PRIVACY_CLASSES", "Category", "covered_by", "vocabulary_digest"]
