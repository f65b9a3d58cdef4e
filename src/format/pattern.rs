//! Compiles the regular expressions that are constants of this module.

use regex::Regex;

/// Compiles a pattern that is a constant.
pub fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is a constant, and a test uses it")
}
