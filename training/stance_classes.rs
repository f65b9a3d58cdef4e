//! What a label by hand says to the stance models.

use onrecord::record::Stance;

use crate::labelled_statements::Label;

/// The class of what is no statement.
pub const NOTHING: usize = 3;

impl Label {
    /// Returns the class: oppose, support, neutral, no statement.
    pub fn class(&self) -> usize {
        match self.stance {
            _ if self.flags.contains('x') => NOTHING,
            Stance::Oppose => 0,
            Stance::Support => 1,
            Stance::Neutral => 2,
        }
    }

    /// Returns how sure the reader was.
    pub fn weight(&self) -> f32 {
        if self.flags.contains('u') { 0.5 } else { 1.0 }
    }
}
