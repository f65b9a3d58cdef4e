//! The word lists of `schema/lexicon`: states, bodies, people with their offices, outlets, cues; loaded once, immutable.
