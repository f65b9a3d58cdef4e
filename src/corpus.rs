//! Walks a folder: each file is a `CorpusFile` or has a `SkipReason`.
