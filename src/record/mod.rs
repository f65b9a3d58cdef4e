//! What we know of one article: plain data, no I/O, no state.
//!
//! `Article` is what extraction gives and the index takes. `StatementRow` and `ArticleRow` are the
//! public record contract: what `extract`, `search` and `export` print, with offsets in code points.

mod actor;
mod article;
mod date;
mod fingerprint;
mod grounds;
mod model_size;
mod name;
mod row;
mod source;
mod span;
mod statement;

pub use actor::{Actor, ActorKind, ActorMention};
pub use article::{Article, DateRule, PublishedDate};
pub use date::{DateError, DateRange, PartialDate, Precision};
pub use fingerprint::{Fingerprint, FingerprintError};
pub use grounds::{Grounds, Judged, OtherSpeaker, Parts, Sign, StanceJudge, StanceRule};
pub use model_size::ModelSize;
pub use name::NameError;
pub use row::{ActorRow, ArticleRow, CitedSourceRow, Spans, StatementRow};
pub use source::{CitedSource, Outlet};
pub use span::{CodePoints, Span};
pub use statement::{Act, FoundBy, Part, Quotation, ResolvedBy, Speaker, Stance, Statement};
