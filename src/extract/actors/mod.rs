//! Who is who in an article: names and their roles, and the actor behind each speaker.

mod cast;
mod chain;
mod described;
mod documents;
#[cfg(test)]
mod hard_cases;
mod named;
mod offices;
mod others;
mod partisans;
mod phrase;
mod pronouns;
mod resolve;
mod roles;
mod rollup;
mod short_names;
mod written;

pub(super) use cast::{Cast, Mention};
pub use phrase::{PhraseReading, resolve_phrase};
pub(super) use resolve::{Resolver, Spoke};
use roles::Role;
use rollup::person_actor;
pub(super) use rollup::{Counting, named_actor};
