//! Resolves the names in a query to actors of the lexicon: `by:Mexico` -> everybody who counts for Mexico.
