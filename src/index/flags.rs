//! Values of the field `is` that only the program asks for.

/// A statement whose target would put an end to something.
pub const UNDOING: &str = "undoing";
/// A statement by somebody with a full name whose article says what it is, and so what it counts for.
pub const INTRODUCED: &str = "introduced";
/// A statement by somebody with a full name of whom its article says nothing.
pub const UNPLACED: &str = "unplaced";
