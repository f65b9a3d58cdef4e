//! The pipeline: walk, parse, extract, write; gives an `IngestReport`.
