//! The exponential function and the Gaussian error linear unit, written so that loops over them use wide registers.

use super::kernels::Machine;

/// Lanes that sums and maxima of slices are kept in: as many as the widest registers hold.
pub const LANES: usize = 16;

/// Returns `e` to the power of `x`, for `x` of at most 0, with a relative error below 2e-6; below -87 nearly 0.
#[inline(always)]
pub fn exp<M: Machine>(x: f32) -> f32 {
    /// Adding it rounds to a whole number, which then stands in the lowest bits.
    const ROUNDING: f32 = 12_582_912.0;
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    /// ln 2 in two parts, of which the first has few bits, so that its multiples are exact.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let x = if x > -87.0 { x } else { -87.0 };
    let shifted = M::multiply_add(x, LOG2_E, ROUNDING);
    let whole = shifted - ROUNDING;
    let rest = M::multiply_add(whole, -LN_2[1], M::multiply_add(whole, -LN_2[0], x));
    // The series of the exponential function; `rest` is at most 0.35.
    let mut series = 1.0 / 720.0;
    for coefficient in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        series = M::multiply_add(series, rest, coefficient);
    }
    series * f32::from_bits((shifted.to_bits() << 23).wrapping_add(1f32.to_bits()))
}

/// Returns `x` times the normal distribution's share below `x`, with an error below 4e-6 times the larger of 1 and `|x|`.
#[inline(always)]
pub fn gelu<M: Machine>(x: f32) -> f32 {
    /// Beyond it the share is 0 or 1 but for 3.4e-6.
    const END: f32 = 4.5;
    /// Least-squares fit, weighted towards the largest error, of (share - 0.5) / x as a polynomial of 2 (x / END)² - 1.
    const FIT: [f32; 11] = [
        8.193_444e-4,
        -2.259_161_3e-3,
        3.079_208e-3,
        -5.413_250_5e-3,
        1.115_704_7e-2,
        -1.891_483e-2,
        2.837_207_2e-2,
        -4.013_447_5e-2,
        5.469_175_4e-2,
        -7.719_228_4e-2,
        1.569_050_8e-1,
    ];
    let inner = if x > END { END } else { x };
    let inner = if inner < -END { -END } else { inner };
    let square = M::multiply_add(inner * inner, 2.0 / (END * END), -1.0);
    let mut fit = FIT[0];
    for coefficient in &FIT[1..] {
        fit = M::multiply_add(fit, square, *coefficient);
    }
    x * M::multiply_add(inner, fit, 0.5)
}

/// Returns the smallest and the greatest value; of no values, the infinities.
#[inline(always)]
pub fn extremes(values: &[f32]) -> (f32, f32) {
    // Comparing keeps to one instruction where `f32::min` would look for what is no number, and one loop for each of them to
    // wide registers.
    let least = folded(values, f32::INFINITY, |a, b| if a < b { a } else { b });
    (least, folded(values, f32::NEG_INFINITY, |a, b| if a > b { a } else { b }))
}

/// Folds the values lane by lane, then the lanes.
#[inline(always)]
fn folded(values: &[f32], start: f32, fold: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [start; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for chunk in whole {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = fold(value, *lane);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane = fold(value, *lane);
    }
    lanes.into_iter().fold(start, fold)
}

/// Returns the sum of what `of` makes of each value.
#[inline(always)]
pub fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for chunk in whole {
        for lane in 0..LANES {
            lanes[lane] += of(chunk[lane]);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane += of(value);
    }
    lanes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::super::kernels::{Instructions, Work};
    use super::*;

    struct Curves<'a>(&'a [f32], &'a mut Vec<(f32, f32)>);

    impl Work for Curves<'_> {
        #[inline(always)]
        fn run<M: Machine>(self) {
            self.1.extend(self.0.iter().map(|&x| (exp::<M>(x.min(0.0)), gelu::<M>(x))));
        }
    }

    /// The normal distribution's share below `x`, by the trapezoidal rule.
    fn share(x: f64) -> f64 {
        let steps = 2000;
        let density = |x: f64| (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
        let step = x / f64::from(steps);
        let inner: f64 = (1..steps).map(|n| density(f64::from(n) * step)).sum();
        0.5 + step * (inner + (density(0.0) + density(x)) / 2.0)
    }

    #[test]
    fn the_stated_errors_hold() {
        let values: Vec<f32> = (-2000..2000).map(|n| n as f32 / 200.0).collect();
        for instructions in Instructions::all() {
            let mut found = Vec::new();
            instructions.run(Curves(&values, &mut found));
            for (&x, (power, unit)) in values.iter().zip(found) {
                let exact = f64::from(x.min(0.0)).exp();
                assert!((f64::from(power) / exact - 1.0).abs() < 2e-6, "exp {x}: {power}");
                let exact = f64::from(x) * share(f64::from(x));
                assert!((f64::from(unit) - exact).abs() < 4e-6 * f64::from(x.abs().max(1.0)), "gelu {x}: {unit}");
            }
        }
        let mut found = Vec::new();
        Instructions::best().run(Curves(&[-1e30, f32::NEG_INFINITY], &mut found));
        assert!(found[0].0 < 1e-37 && found[1].0 < 1e-37, "{found:?}");
    }

    #[test]
    fn sums_and_extremes_count_every_value() {
        let values: Vec<f32> = (0..37).map(|n| n as f32 - 5.0).collect();
        assert_eq!(extremes(&values), (-5.0, 31.0));
        assert_eq!(sum(&values, |x| x * 2.0), 2.0 * values.iter().sum::<f32>());
        assert_eq!(extremes(&[]), (f32::INFINITY, f32::NEG_INFINITY));
    }
}
