//! Who is who in an article: names and their roles, and the actor behind each speaker.

mod cast;
mod chain;
mod described;
mod documents;
mod home;
mod named;
mod offices;
mod partisans;
mod phrase;
mod pronouns;
mod resolve;
mod roles;
mod rollup;

pub(super) use cast::{Cast, Mention};
pub use phrase::{PhraseReading, resolve_phrase};
pub(super) use resolve::{Resolver, Spoke};
use roles::Role;
use rollup::person_actor;
pub(super) use rollup::{Counting, named_actor};
