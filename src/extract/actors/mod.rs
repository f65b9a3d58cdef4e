//! Who is who in an article: names and their roles, and the actor behind each speaker.

mod cast;
mod phrase;
mod resolve;
mod rollup;

use cast::CastPerson;
pub(super) use cast::{Cast, Role};
pub use phrase::{PhraseReading, resolve_phrase};
pub(super) use resolve::{Resolver, Spoke};
pub(super) use rollup::{Counting, named_actor, person_actor};
use rollup::{body_actor, state_actor};
