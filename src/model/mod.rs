//! Trained weights and what they compute: numbers in, labels out.
