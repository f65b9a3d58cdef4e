//! The pipeline: walk, parse, extract, write; gives an `IngestReport`.
//!
//! One thread walks and reads, `jobs` threads parse and extract, and the caller's thread receives what they found in
//! the order of the walk. So a commit always falls between two files, and the same folder gives the same order.

mod change;
mod each;
mod error;
mod estimate;
mod one;
mod pipeline;
mod read;
mod report;
mod run;
mod source;
mod survey;

pub use change::now;
pub use each::{Read, each_article};
pub use error::IngestError;
pub use estimate::{Estimate, words_in};
pub use one::{ReadAgainError, document};
pub use pipeline::WORKER;
pub use report::{FileFailure, IngestReport, Progress, Total};
pub use run::{IngestOptions, Understanding, ingest};
pub use survey::{Survey, survey};
