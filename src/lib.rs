//! onrecord: a full-text search index over policy coverage that answers with statements.
//!
//! The modules by floor, the lowest first: each knows those of lower floors, and few neighbours (`ARCHITECTURE.md`).

pub mod record;

pub mod calendar;
pub mod format;

pub mod corpus;
pub mod language;
pub mod lexicon;
pub mod model;
pub mod query;

pub mod ask;
pub mod extract;
pub mod own_actors;
pub mod search;

pub mod index;
pub mod ingest;

pub mod cli;
