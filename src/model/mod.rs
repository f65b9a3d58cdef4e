//! Trained weights and what they compute: numbers in, labels out; knows text and tokens, nothing of news.
//!
//! `Tagger` marks sources, cues and contents of attributions in a paragraph by hashed features, `EncoderTagger` by a
//! transformer, both under a linear-chain CRF; `Linker` says which belong together; `AttributionModel` holds a tagger and
//! the linker, in one of two sizes (`ModelSize`), read from files of `schema/models`. `StanceModel` weighs the features of a
//! statement for and against.

mod attribution;
mod crf;
mod encoder;
mod features;
mod hashing;
mod linker;
mod softmax;
mod stance;
mod table;
mod tagger;
mod target;
mod weights;

pub use attribution::{AttributionModel, FoundAttribution, SpanTagger};
pub use crf::{LABELS, Label, Role, TaggedSpan, Transitions, spans_of};
pub use encoder::{EncoderJudge, EncoderTagger, PassagePart, PassageWord};
pub use features::{CueClasses, TokenFeatures, WINDOW, features_of};
pub use hashing::{hash_lower, mix};
pub use linker::{Choice, LinkFeatures, Linker, SLOTS as LINK_SLOTS, candidates, slot as link_slot};
pub use stance::{CLASSES as STANCE_CLASSES, SLOTS as STANCE_SLOTS, StanceModel, slot as stance_slot};
pub use table::WeightTable;
pub use tagger::Tagger;
pub use target::target_weight;
pub use weights::ModelError;

pub use crate::record::ModelSize;
