//! Tiles of matrix products for the instructions that the processor has, and running other code with these instructions.
//!
//! The only file with `unsafe` code. `Instructions` is made by asking the processor, so that having one proves that its
//! instructions may be used.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

/// Columns of a tile of whole numbers; matrices are padded to a multiple.
pub const COLUMNS: usize = 64;
/// Most rows of a tile of whole numbers.
pub const ROWS: usize = 6;
/// Inputs that one step of a product takes in.
pub const STEP: usize = 4;
/// Rows and columns of a tile of floats.
pub const SIDE: usize = 16;

// What the widest registers hold is read and written at once.
const _: () = assert!(SIDE == 16);

/// Sums of products of whole numbers.
pub type Sums = [[i32; COLUMNS]; ROWS];
/// Sums of products of floats.
pub type FloatSums = [[f32; SIDE]; SIDE];

/// A set of instructions that this processor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instructions(Set);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
    /// Returns the fastest set.
    pub fn best() -> Instructions {
        Instructions::all().pop().unwrap_or(Instructions(Set::Portable))
    }

    /// Returns all sets that the processor has, the slowest first.
    pub fn all() -> Vec<Instructions> {
        let mut found = vec![Instructions(Set::Portable)];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            found.push(Instructions(Set::Avx2));
            if is_x86_feature_detected!("avxvnni") {
                found.push(Instructions(Set::AvxVnni));
            }
            let wide = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
            let whole = is_x86_feature_detected!("avx512vl") && is_x86_feature_detected!("avx512dq");
            if wide && whole && is_x86_feature_detected!("avx512vnni") {
                found.push(Instructions(Set::Avx512));
            }
        }
        found
    }

    /// Runs the work, compiled for these instructions.
    pub fn run<W: Work>(self, work: W) {
        match self.0 {
            Set::Portable => work.run::<Portable>(),
            // SAFETY: `all`, the only maker of the three, found the features that the functions ask for.
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => unsafe { with_avx2(work) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Set::AvxVnni => unsafe { with_avx_vnni(work) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => unsafe { with_avx512(work) },
        }
    }
}

/// Something to compute that gains from wide registers.
pub trait Work {
    /// Does it; must be marked `#[inline(always)]`, as all that it calls, to be compiled for the machine's instructions.
    fn run<M: Machine>(self);
}

/// What a set of instructions does in its own way; types of this trait are named only while `Instructions` runs them.
pub trait Machine {
    /// Returns `a * b + c`, rounded once where that is fast.
    fn multiply_add(a: f32, b: f32, c: f32) -> f32;

    /// Multiplies up to `ROWS` rows of `depth` bytes with `depth` by `COLUMNS` weights: `sums[r][c]` becomes the sum over
    /// `k` of `rows[r * depth + k] * weights[(k / STEP * COLUMNS + c) * STEP + k % STEP]`.
    fn tile(rows: &[u8], depth: usize, weights: &[i8], sums: &mut Sums);

    /// Multiplies two tables of floats, `depth` rows of each: `sums[r][c]` becomes the sum over `k` of
    /// `left.values[k * left.width + r] * right.values[k * right.width + c]`.
    fn float_tile(left: Table, right: Table, depth: usize, sums: &mut FloatSums);

    /// Turns rows to columns.
    #[inline(always)]
    fn turn(block: &FloatSums) -> FloatSums {
        std::array::from_fn(|c| std::array::from_fn(|r| block[r][c]))
    }
}

/// Rows of floats, of which a tile takes the first `SIDE`.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    pub values: &'a [f32],
    /// From the beginning of a row to that of the next.
    pub width: usize,
}

/// Calls `$function::<N>` for the number of rows.
macro_rules! by_rows {
    ($rows:expr, [$($n:literal)*], $function:ident $arguments:tt) => {
        match $rows {
            $($n => $function::<$n> $arguments,)*
            _ => unreachable!("tiles are cut to fewer rows"),
        }
    };
}

/// Any processor.
pub struct Portable;

impl Machine for Portable {
    #[inline(always)]
    fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
        a * b + c
    }

    #[inline(always)]
    fn tile(rows: &[u8], depth: usize, weights: &[i8], sums: &mut Sums) {
        for (row, sums) in rows.chunks_exact(depth).zip(sums) {
            *sums = [0; COLUMNS];
            for (inputs, weights) in row.as_chunks::<STEP>().0.iter().zip(weights.chunks_exact(STEP * COLUMNS)) {
                let inputs = inputs.map(i32::from);
                for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<STEP>().0) {
                    *sum += (0..STEP).map(|k| inputs[k] * i32::from(weights[k])).sum::<i32>();
                }
            }
        }
    }

    #[inline(always)]
    fn float_tile(left: Table, right: Table, depth: usize, sums: &mut FloatSums) {
        check_floats(left, right, depth);
        *sums = [[0.0; SIDE]; SIDE];
        for (left, right) in left.values.chunks(left.width).zip(right.values.chunks(right.width)).take(depth) {
            for (sums, value) in sums.iter_mut().zip(left) {
                for (sum, other) in sums.iter_mut().zip(right) {
                    *sum += value * other;
                }
            }
        }
    }
}

/// Asserts what the tiles with raw pointers rely on; returns the number of rows.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn checked(rows: &[u8], depth: usize, weights: &[i8]) -> usize {
    assert!(depth > 0 && depth.is_multiple_of(STEP) && rows.len().is_multiple_of(depth));
    assert!(weights.len() == depth * COLUMNS && rows.len() / depth <= ROWS);
    rows.len() / depth
}

/// Asserts what the tiles with raw pointers rely on.
#[inline(always)]
fn check_floats(left: Table, right: Table, depth: usize) {
    for table in [left, right] {
        let last = depth.checked_sub(1).and_then(|last| last.checked_mul(table.width));
        let end = last.and_then(|last| last.checked_add(SIDE));
        assert!(end.is_some_and(|end| end <= table.values.len()), "rows that are not there");
    }
}

/// Reads four inputs as one number.
///
/// # Safety
/// Four bytes from `at` lie inside `rows`.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn four(rows: &[u8], at: usize) -> i32 {
    // SAFETY: the caller keeps to the bounds; any bytes are a number.
    unsafe { rows.as_ptr().add(at).cast::<i32>().read_unaligned() }
}

/// Registers of 512 bits that multiply and add four bytes at once.
#[cfg(target_arch = "x86_64")]
struct Avx512;

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
fn with_avx512<W: Work>(work: W) {
    work.run::<Avx512>();
}

#[cfg(target_arch = "x86_64")]
impl Machine for Avx512 {
    #[inline(always)]
    fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }

    #[inline(always)]
    fn tile(rows: &[u8], depth: usize, weights: &[i8], sums: &mut Sums) {
        let count = checked(rows, depth, weights);
        // SAFETY: the machine is named only below `with_avx512`; `checked` holds the bounds.
        unsafe { by_rows!(count, [1 2 3 4 5 6], tile_avx512(rows, depth, weights, sums)) }
    }

    #[inline(always)]
    fn float_tile(left: Table, right: Table, depth: usize, sums: &mut FloatSums) {
        check_floats(left, right, depth);
        // SAFETY: the machine is named only below `with_avx512`; `check_floats` holds the bounds.
        unsafe { float_tile_avx512(left, right, depth, sums) }
    }

    #[inline(always)]
    fn turn(block: &FloatSums) -> FloatSums {
        // SAFETY: the machine is named only below `with_avx512`.
        unsafe { turn_avx512(block) }
    }
}

/// # Safety
/// `checked` allows the arguments, with `R` rows.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn tile_avx512<const R: usize>(rows: &[u8], depth: usize, weights: &[i8], sums: &mut Sums) {
    const PARTS: usize = COLUMNS / 16;
    let mut totals = [[_mm512_setzero_si512(); PARTS]; R];
    for step in 0..depth / STEP {
        let mut own = [_mm512_setzero_si512(); PARTS];
        for (part, own) in own.iter_mut().enumerate() {
            // SAFETY: there are `depth / STEP` steps of `STEP * COLUMNS` weights.
            *own = unsafe { _mm512_loadu_si512(weights.as_ptr().add((step * COLUMNS + part * 16) * STEP).cast()) };
        }
        for (r, totals) in totals.iter_mut().enumerate() {
            // SAFETY: row `r` has `depth` bytes.
            let inputs = _mm512_set1_epi32(unsafe { four(rows, r * depth + step * STEP) });
            for (total, own) in totals.iter_mut().zip(own) {
                *total = _mm512_dpbusd_epi32(*total, inputs, own);
            }
        }
    }
    for (sums, totals) in sums.iter_mut().zip(totals) {
        for (sums, total) in sums.as_chunks_mut::<16>().0.iter_mut().zip(totals) {
            // SAFETY: sixteen numbers are what is written.
            unsafe { _mm512_storeu_si512(sums.as_mut_ptr().cast(), total) };
        }
    }
}

/// # Safety
/// `check_floats` allows the arguments.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn float_tile_avx512(left: Table, right: Table, depth: usize, sums: &mut FloatSums) {
    let mut totals = [_mm512_setzero_ps(); SIDE];
    for k in 0..depth {
        // SAFETY: row `k` of each table holds `SIDE` floats.
        let (left, right) = unsafe {
            (left.values.as_ptr().add(k * left.width), _mm512_loadu_ps(right.values.as_ptr().add(k * right.width)))
        };
        for (r, total) in totals.iter_mut().enumerate() {
            // SAFETY: as above.
            *total = _mm512_fmadd_ps(_mm512_set1_ps(unsafe { *left.add(r) }), right, *total);
        }
    }
    for (sums, total) in sums.iter_mut().zip(totals) {
        // SAFETY: sixteen floats are what is written.
        unsafe { _mm512_storeu_ps(sums.as_mut_ptr(), total) };
    }
}

/// Turns pairs of numbers, pairs of pairs, then quarters of registers twice.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn turn_avx512(block: &FloatSums) -> FloatSums {
    // SAFETY: sixteen floats are what is read.
    let rows: [__m512; SIDE] = std::array::from_fn(|r| unsafe { _mm512_loadu_ps(block[r].as_ptr()) });
    let pairs: [__m512; SIDE] = std::array::from_fn(|r| {
        let (even, odd) = (rows[r & !1], rows[r | 1]);
        if r & 1 == 0 { _mm512_unpacklo_ps(even, odd) } else { _mm512_unpackhi_ps(even, odd) }
    });
    // Of rows 4n to 4n + 3, the columns r % 4 of each quarter.
    let fours: [__m512; SIDE] = std::array::from_fn(|r| {
        let first = (r & !3) | (r >> 1 & 1);
        let (even, odd) = (_mm512_castps_pd(pairs[first]), _mm512_castps_pd(pairs[first + 2]));
        _mm512_castpd_ps(if r & 1 == 0 { _mm512_unpacklo_pd(even, odd) } else { _mm512_unpackhi_pd(even, odd) })
    });
    // Of eight rows, quarters 0 and 2, or 1 and 3.
    let halves: [__m512; SIDE] = std::array::from_fn(|r| {
        let first = (r & 8) | (r & 3);
        let (upper, lower) = (fours[first], fours[first + 4]);
        if r & 4 == 0 {
            _mm512_shuffle_f32x4::<0b10_00_10_00>(upper, lower)
        } else {
            _mm512_shuffle_f32x4::<0b11_01_11_01>(upper, lower)
        }
    });
    let mut turned = [[0.0; SIDE]; SIDE];
    for (c, turned) in turned.iter_mut().enumerate() {
        let (upper, lower) = (halves[c & 7], halves[(c & 7) + 8]);
        let column = if c & 8 == 0 {
            _mm512_shuffle_f32x4::<0b10_00_10_00>(upper, lower)
        } else {
            _mm512_shuffle_f32x4::<0b11_01_11_01>(upper, lower)
        };
        // SAFETY: sixteen floats are what is written.
        unsafe { _mm512_storeu_ps(turned.as_mut_ptr(), column) };
    }
    turned
}

/// Registers of 256 bits that multiply and add four bytes at once.
#[cfg(target_arch = "x86_64")]
struct AvxVnni;

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avxvnni")]
fn with_avx_vnni<W: Work>(work: W) {
    work.run::<AvxVnni>();
}

#[cfg(target_arch = "x86_64")]
impl Machine for AvxVnni {
    #[inline(always)]
    fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }

    #[inline(always)]
    fn tile(rows: &[u8], depth: usize, weights: &[i8], sums: &mut Sums) {
        let count = checked(rows, depth, weights);
        // SAFETY: the machine is named only below `with_avx_vnni`; `checked` holds the bounds.
        unsafe { by_rows!(count, [1 2 3 4 5 6], tile_avx_vnni(rows, depth, weights, sums)) }
    }

    #[inline(always)]
    fn float_tile(left: Table, right: Table, depth: usize, sums: &mut FloatSums) {
        Avx2::float_tile(left, right, depth, sums);
    }
}

/// # Safety
/// `checked` allows the arguments, with `R` rows.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avxvnni")]
unsafe fn tile_avx_vnni<const R: usize>(rows: &[u8], depth: usize, weights: &[i8], sums: &mut Sums) {
    for part in (0..COLUMNS).step_by(16) {
        let mut totals = [[_mm256_setzero_si256(); 2]; R];
        for step in 0..depth / STEP {
            // SAFETY: there are `depth / STEP` steps of `STEP * COLUMNS` weights.
            let (low, high) = unsafe {
                let own = weights.as_ptr().add((step * COLUMNS + part) * STEP);
                (_mm256_loadu_si256(own.cast()), _mm256_loadu_si256(own.add(32).cast()))
            };
            for (r, [first, second]) in totals.iter_mut().enumerate() {
                // SAFETY: row `r` has `depth` bytes.
                let inputs = _mm256_set1_epi32(unsafe { four(rows, r * depth + step * STEP) });
                *first = _mm256_dpbusd_avx_epi32(*first, inputs, low);
                *second = _mm256_dpbusd_avx_epi32(*second, inputs, high);
            }
        }
        for (sums, totals) in sums.iter_mut().zip(totals) {
            for (sums, total) in sums[part..].as_chunks_mut::<8>().0.iter_mut().zip(totals) {
                // SAFETY: eight numbers are what is written.
                unsafe { _mm256_storeu_si256(sums.as_mut_ptr().cast(), total) };
            }
        }
    }
}

/// Registers of 256 bits.
#[cfg(target_arch = "x86_64")]
struct Avx2;

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn with_avx2<W: Work>(work: W) {
    work.run::<Avx2>();
}

#[cfg(target_arch = "x86_64")]
impl Machine for Avx2 {
    #[inline(always)]
    fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }

    #[inline(always)]
    fn tile(rows: &[u8], depth: usize, weights: &[i8], sums: &mut Sums) {
        checked(rows, depth, weights);
        for (rows, sums) in rows.chunks(3 * depth).zip(sums.chunks_mut(3)) {
            // SAFETY: the machine is named only below `with_avx2`; `checked` holds the bounds.
            unsafe { by_rows!(rows.len() / depth, [1 2 3], tile_avx2(rows, depth, weights, sums)) }
        }
    }

    #[inline(always)]
    fn float_tile(left: Table, right: Table, depth: usize, sums: &mut FloatSums) {
        check_floats(left, right, depth);
        // SAFETY: the machine is named only below `with_avx2` and `with_avx_vnni`; `check_floats` holds the bounds.
        unsafe { float_tile_avx2(left, right, depth, sums) }
    }
}

/// # Safety
/// `checked` allows the arguments, with `R` rows.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn tile_avx2<const R: usize>(rows: &[u8], depth: usize, weights: &[i8], sums: &mut [[i32; COLUMNS]]) {
    for part in (0..COLUMNS).step_by(16) {
        // Each register holds four columns, two halves of a sum for each.
        let mut totals = [[_mm256_setzero_si256(); 4]; R];
        for step in 0..depth / STEP {
            let mut inputs = [_mm256_setzero_si256(); R];
            for (r, inputs) in inputs.iter_mut().enumerate() {
                // SAFETY: row `r` has `depth` bytes.
                let four = unsafe { four(rows, r * depth + step * STEP) };
                *inputs = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
            }
            for group in 0..4 {
                // SAFETY: there are `depth / STEP` steps of `STEP * COLUMNS` weights.
                let own = unsafe {
                    let own = weights.as_ptr().add((step * COLUMNS + part + group * 4) * STEP);
                    _mm256_cvtepi8_epi16(_mm_loadu_si128(own.cast()))
                };
                for (totals, inputs) in totals.iter_mut().zip(inputs) {
                    totals[group] = _mm256_add_epi32(totals[group], _mm256_madd_epi16(inputs, own));
                }
            }
        }
        for (sums, [a, b, c, d]) in sums.iter_mut().zip(totals) {
            for (sums, pair) in sums[part..].as_chunks_mut::<8>().0.iter_mut().zip([[a, b], [c, d]]) {
                let joined = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(pair[0], pair[1]));
                // SAFETY: eight numbers are what is written.
                unsafe { _mm256_storeu_si256(sums.as_mut_ptr().cast(), joined) };
            }
        }
    }
}

/// # Safety
/// `check_floats` allows the arguments.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn float_tile_avx2(left: Table, right: Table, depth: usize, sums: &mut FloatSums) {
    const ROWS: usize = 4;
    for (part, sums) in sums.as_chunks_mut::<ROWS>().0.iter_mut().enumerate() {
        let mut totals = [[_mm256_setzero_ps(); 2]; ROWS];
        for k in 0..depth {
            // SAFETY: row `k` of each table holds `SIDE` floats.
            let (left, low, high) = unsafe {
                let right = right.values.as_ptr().add(k * right.width);
                let left = left.values.as_ptr().add(k * left.width + part * ROWS);
                (left, _mm256_loadu_ps(right), _mm256_loadu_ps(right.add(8)))
            };
            for (r, [first, second]) in totals.iter_mut().enumerate() {
                // SAFETY: as above.
                let value = _mm256_set1_ps(unsafe { *left.add(r) });
                *first = _mm256_fmadd_ps(value, low, *first);
                *second = _mm256_fmadd_ps(value, high, *second);
            }
        }
        for (sums, totals) in sums.iter_mut().zip(totals) {
            for (sums, total) in sums.as_chunks_mut::<8>().0.iter_mut().zip(totals) {
                // SAFETY: eight floats are what is written.
                unsafe { _mm256_storeu_ps(sums.as_mut_ptr(), total) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Tile<'a>(&'a [u8], usize, &'a [i8], &'a mut Sums);

    impl Work for Tile<'_> {
        #[inline(always)]
        fn run<M: Machine>(self) {
            M::tile(self.0, self.1, self.2, self.3);
        }
    }

    struct FloatTile<'a>(Table<'a>, Table<'a>, usize, &'a mut FloatSums);

    impl Work for FloatTile<'_> {
        #[inline(always)]
        fn run<M: Machine>(self) {
            M::float_tile(self.0, self.1, self.2, self.3);
        }
    }

    #[test]
    #[should_panic(expected = "rows that are not there")]
    fn a_table_that_is_too_short_is_refused() {
        let (left, right) = (floats(1, 2 * SIDE), floats(2, 2 * SIDE - 1));
        let tables = [&left, &right].map(|values| Table { values, width: SIDE });
        Instructions::best().run(FloatTile(tables[0], tables[1], 2, &mut [[0.0; SIDE]; SIDE]));
    }

    struct Turn(FloatSums);

    impl Work for Turn {
        #[inline(always)]
        fn run<M: Machine>(self) {
            let turned = M::turn(&self.0);
            let place = |r: usize, c: usize| self.0[c][r];
            assert_eq!(turned, std::array::from_fn(|r| std::array::from_fn(|c| place(r, c))));
        }
    }

    #[test]
    fn rows_become_columns() {
        let block = std::array::from_fn(|r| std::array::from_fn(|c| (r * SIDE + c) as f32));
        for instructions in Instructions::all() {
            instructions.run(Turn(block));
        }
    }

    fn floats(seed: u64, count: usize) -> Vec<f32> {
        let mixed = |i: usize| (i as u64 + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        (0..count).map(|i| mixed(i) as f32 / 8_388_608.0 - 1.0).collect()
    }

    proptest! {
        #[test]
        fn tiles_of_whole_numbers_are_equal(
            (depth, rows, weights) in (1usize..=ROWS, (1usize..40).prop_map(|d| d * STEP)).prop_flat_map(|(count, depth)| {
                let extreme = prop_oneof![any::<u8>(), Just(255u8), Just(0)];
                let weight = prop_oneof![any::<i8>(), Just(127i8), Just(-128)];
                let rows = prop::collection::vec(extreme, count * depth);
                (Just(depth), rows, prop::collection::vec(weight, COLUMNS * depth))
            })
        ) {
            let mut expected = [[0; COLUMNS]; ROWS];
            for (r, row) in rows.chunks(depth).enumerate() {
                for (k, &input) in row.iter().enumerate() {
                    for (c, sum) in expected[r].iter_mut().enumerate() {
                        *sum += i32::from(input) * i32::from(weights[(k / STEP * COLUMNS + c) * STEP + k % STEP]);
                    }
                }
            }
            for instructions in Instructions::all() {
                let mut sums = [[0; COLUMNS]; ROWS];
                instructions.run(Tile(&rows, depth, &weights, &mut sums));
                prop_assert_eq!(sums, expected, "{:?}", instructions);
            }
        }

        #[test]
        fn tiles_of_floats_are_equal_but_for_rounding(
            seed in any::<u32>(), depth in 1usize..60, wider in 0usize..40, longer in 0usize..9,
        ) {
            let (left_width, right_width) = (SIDE + longer, SIDE + wider);
            let left = floats(u64::from(seed), depth * left_width);
            let right = floats(u64::from(seed) + 7, depth * right_width);
            let tables = [(&left, left_width), (&right, right_width)].map(|(values, width)| Table { values, width });
            for instructions in Instructions::all() {
                let mut sums = [[0.0; SIDE]; SIDE];
                instructions.run(FloatTile(tables[0], tables[1], depth, &mut sums));
                for (r, sums) in sums.iter().enumerate() {
                    for (c, sum) in sums.iter().enumerate() {
                        let exact: f64 = (0..depth)
                            .map(|k| f64::from(left[k * left_width + r]) * f64::from(right[k * right_width + c]))
                            .sum();
                        prop_assert!((f64::from(*sum) - exact).abs() < 1e-4, "{:?} {} {}", instructions, sum, exact);
                    }
                }
            }
        }
    }
}
