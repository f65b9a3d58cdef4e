//! Hashes words and features; the weights on disk depend on these numbers, so they never change.

/// FNV-1a's offset and prime (Fowler, Noll, Vo), widened by a final mix.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Hashes characters in lower case.
pub fn hash_lower(word: &str) -> u64 {
    let mut hash = OFFSET;
    if word.is_ascii() {
        for byte in word.bytes() {
            hash = step(hash, u32::from(byte.to_ascii_lowercase()));
        }
        return finish(hash);
    }
    for c in word.chars().flat_map(char::to_lowercase) {
        hash = step(hash, if c == '’' { u32::from('\'') } else { u32::from(c) });
    }
    finish(hash)
}

/// Hashes characters as they come.
pub(super) fn hash_chars(chars: impl Iterator<Item = char>) -> u64 {
    finish(chars.fold(OFFSET, |hash, c| step(hash, u32::from(c))))
}

/// Joins a hash with another number; the order matters.
#[inline]
pub fn mix(a: u64, b: u64) -> u64 {
    let x = (a ^ b.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ (x >> 32)
}

#[inline]
fn step(hash: u64, unit: u32) -> u64 {
    (hash ^ u64::from(unit)).wrapping_mul(PRIME)
}

#[inline]
fn finish(hash: u64) -> u64 {
    let x = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^ (x >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case_does_not_count() {
        assert_eq!(hash_lower("Said"), hash_lower("said"));
        assert_eq!(hash_lower("É"), hash_lower("é"));
        assert_ne!(hash_lower("said"), hash_lower("says"));
        assert_ne!(mix(1, 2), mix(2, 1));
    }
}
