//! FNV-1a (Fowler, Noll, Vo): quick on short words. The keys are our own, so nobody can make them collide on purpose.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by words of the lexicon.
pub(super) type WordMap<V> = HashMap<String, V, BuildHasherDefault<FnvHasher>>;

pub(super) const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Goes on with a hash by one byte.
pub(super) fn fnv_step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
}

/// The hash for maps.
pub(super) struct FnvHasher(u64);

impl Default for FnvHasher {
    fn default() -> FnvHasher {
        FnvHasher(FNV_START)
    }
}

impl Hasher for FnvHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().copied().fold(self.0, fnv_step);
    }

    /// A number is a hash already.
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
