//! What the user asks: text -> `Query`, plain data with no engine in it.

mod ast;

pub use ast::{ActorPattern, Certainty, DateField, FieldName, Query, Unit};
