//! A compact map from feature hashes to one small weight per label, searched in place of the file's bytes.
//!
//! Buckets of 64 bytes, one cache line: eight check bytes, then eight entries of seven weights. A feature lives in the
//! bucket that its low bits name, under the check byte that its high bits give; what is not there weighs nothing.

/// Labels that a table holds weights for.
pub const WIDTH: usize = 7;
const ENTRIES: usize = 8;
const BUCKET: usize = ENTRIES * (1 + WIDTH);

/// Eight entries with their check bytes, in one cache line.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Bucket([u8; BUCKET]);

/// The map.
#[derive(Debug, Clone)]
pub struct WeightTable {
    buckets: Vec<Bucket>,
}

impl WeightTable {
    /// Builds a table; of features that do not fit into their bucket the first ones stay, so give the heaviest first.
    ///
    /// Returns the table and how many features found no place.
    pub fn build(features: impl ExactSizeIterator<Item = (u64, [i8; WIDTH])>) -> (WeightTable, usize) {
        let roomy = features.len() * 5 / (4 * ENTRIES) + 1;
        let count = roomy.next_power_of_two();
        let mut buckets = vec![Bucket([0; BUCKET]); count];
        let mut lost = 0;
        for (hash, weights) in features {
            let bucket = &mut buckets[place(hash, count)].0;
            let check = check(hash);
            match (0..ENTRIES).find(|&e| bucket[e] == 0 || bucket[e] == check) {
                Some(entry) if bucket[entry] == 0 => {
                    bucket[entry] = check;
                    let at = ENTRIES + entry * WIDTH;
                    for (slot, weight) in bucket[at..at + WIDTH].iter_mut().zip(weights) {
                        *slot = weight as u8;
                    }
                }
                _ => lost += 1,
            }
        }
        (WeightTable { buckets }, lost)
    }

    /// Reads a table from its bytes; `None` if their number fits no table.
    pub fn from_bytes(bytes: &[u8]) -> Option<WeightTable> {
        let (buckets, rest) = bytes.as_chunks::<BUCKET>();
        if !rest.is_empty() || !buckets.len().is_power_of_two() {
            return None;
        }
        Some(WeightTable { buckets: buckets.iter().map(|&bytes| Bucket(bytes)).collect() })
    }

    /// Returns the table's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.buckets.iter().flat_map(|bucket| bucket.0).collect()
    }

    /// Adds the feature's weights to the sums, if it has any.
    #[inline]
    pub fn add(&self, hash: u64, sums: &mut Sums) {
        let bucket = &self.buckets[place(hash, self.buckets.len())].0;
        let Some(entry) = entry_of(bucket, check(hash)) else { return };
        let at = ENTRIES + entry * WIDTH;
        // One byte more than the weights, before them, makes eight: a whole register.
        let Some(weights) = bucket[at - 1..].first_chunk::<{ WIDTH + 1 }>() else { return };
        for (sum, &weight) in sums.0.iter_mut().zip(weights) {
            *sum = sum.wrapping_add(i16::from(weight as i8));
        }
    }
}

/// Sums of the weights of up to 250 features, in front of them one that means nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums([i16; WIDTH + 1]);

impl Sums {
    /// Returns the sum of each label.
    pub fn labels(self) -> [i16; WIDTH] {
        let [_, labels @ ..] = self.0;
        labels
    }
}

/// Returns the first entry with the check byte: the eight are compared at once, as one number.
#[inline]
fn entry_of(bucket: &[u8; BUCKET], check: u8) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let checks = u64::from_le_bytes(*bucket.first_chunk()?);
    let zero_where_equal = checks ^ (ONES * u64::from(check));
    let found = zero_where_equal.wrapping_sub(ONES) & !zero_where_equal & HIGHS;
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

fn place(hash: u64, buckets: usize) -> usize {
    (hash as usize) & (buckets - 1)
}

/// Zero marks an empty entry, so no feature checks as zero.
fn check(hash: u64) -> u8 {
    ((hash >> 56) as u8).max(1)
}

#[cfg(test)]
mod tests {
    use super::super::mix;
    use super::*;

    #[test]
    fn gives_back_what_was_put_in() {
        let features: Vec<(u64, [i8; WIDTH])> =
            (0..5000u64).map(|n| (mix(n, 7), [(n % 100) as i8 - 50; WIDTH])).collect();
        let (table, lost) = WeightTable::build(features.iter().copied());
        assert!(lost < 200, "{lost}");
        let table = WeightTable::from_bytes(&table.to_bytes()).expect("the same bytes");
        let right = features
            .iter()
            .filter(|(hash, weights)| {
                let mut sums = Sums::default();
                table.add(*hash, &mut sums);
                sums.labels() == weights.map(i16::from)
            })
            .count();
        assert!(right >= features.len() - 250, "{right}");
    }

    #[test]
    fn refuses_bytes_of_the_wrong_length() {
        assert!(WeightTable::from_bytes(&[0; 63]).is_none());
        assert!(WeightTable::from_bytes(&[0; 64 * 3]).is_none());
    }
}
