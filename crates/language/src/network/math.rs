//! The float parts of the network. Every loop has a fixed order of operations, and products are added with
//! [`f32::mul_add`], which is rounded once on every processor: all of them give the same bits.

/// Lanes of the running sums: one AVX-512 register, two AVX2 registers.
const LANES: usize = 16;

#[inline(always)]
pub(super) fn sum(x: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    let chunks = x.chunks_exact(LANES);
    let rest = chunks.remainder();
    for c in chunks {
        for k in 0..LANES {
            lanes[k] += c[k];
        }
    }
    fold(lanes) + rest.iter().sum::<f32>()
}

#[inline(always)]
pub(super) fn dot(x: &[f32], y: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    let (a, b) = (x.chunks_exact(LANES), y.chunks_exact(LANES));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(p, q)| p * q).sum();
    for (p, q) in a.zip(b) {
        for k in 0..LANES {
            lanes[k] = p[k].mul_add(q[k], lanes[k]);
        }
    }
    fold(lanes) + rest
}

#[inline(always)]
fn fold(mut lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for k in 0..width {
            lanes[k] += lanes[k + width];
        }
        width /= 2;
    }
    lanes[0]
}

#[inline(always)]
pub(super) fn absolute_maximum(x: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    let chunks = x.chunks_exact(LANES);
    let rest = chunks.remainder().iter().fold(0f32, |m, v| m.max(v.abs()));
    for c in chunks {
        for k in 0..LANES {
            let v = c[k].abs();
            lanes[k] = if v > lanes[k] { v } else { lanes[k] };
        }
    }
    lanes.iter().fold(rest, |m, &v| m.max(v))
}

/// `x` to zero mean and unit variance, scaled and shifted, in place.
#[inline(always)]
pub(super) fn layer_norm(x: &mut [f32], weight: &[f32], bias: &[f32]) {
    let n = x.len() as f32;
    let mean = sum(x) / n;
    for v in x.iter_mut() {
        *v -= mean;
    }
    let scale = 1.0 / (dot(x, x) / n + 1e-12).sqrt();
    for ((v, w), b) in x.iter_mut().zip(weight).zip(bias) {
        *v = (*v * scale).mul_add(*w, *b);
    }
}

/// x Φ(x). Φ is an odd polynomial fitted by least squares on Chebyshev nodes of [−4.5, 4.5]; error below 1e−4.
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    const R: f32 = 4.5;
    const C: [f32; 8] =
        [0.398_587_56, -1.327_977_6, 3.802_196_3, -7.762_277, 10.746_317, -9.457_675, 4.727_245_2, -1.015_318_5];
    let c = x.clamp(-R, R);
    let t = c * c * (1.0 / (R * R));
    let mut p = C[7];
    let mut k = 7;
    while k > 0 {
        k -= 1;
        p = p.mul_add(t, C[k]);
    }
    x * c.mul_add(p, 0.5)
}

/// [`gelu`] of every element, in place.
#[inline(always)]
pub(super) fn gelu_all(x: &mut [f32]) {
    for v in x {
        *v = gelu(*v);
    }
}

/// eˣ for x ≤ 0 within 2e−7 relative; 0 below −87.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    // Adding 1.5 × 2²³ rounds to the nearest integer and leaves it in the low bits.
    const SHIFT: f32 = 12_582_912.0;
    let shifted = x.mul_add(std::f32::consts::LOG2_E, SHIFT);
    let n = shifted - SHIFT;
    let r = n.mul_add(2.121_944_4e-4, n.mul_add(-0.693_359_4, x));
    let mut p = 0.001_394_3;
    for c in [0.008_333_54, 0.041_666_57, 0.166_666_67, 0.5, 1.0, 1.0] {
        p = r.mul_add(p, c);
    }
    p * f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23))
}

/// Softmax in place; the length is a multiple of the lanes.
#[inline(always)]
pub(super) fn softmax(x: &mut [f32]) {
    let mut lanes = [f32::MIN; LANES];
    for c in x.chunks_exact(LANES) {
        for k in 0..LANES {
            lanes[k] = if c[k] > lanes[k] { c[k] } else { lanes[k] };
        }
    }
    let mut top = f32::MIN;
    for v in lanes {
        top = if v > top { v } else { top };
    }
    let mut sums = [0f32; LANES];
    for c in x.chunks_exact_mut(LANES) {
        for k in 0..LANES {
            c[k] = exp(c[k] - top);
            sums[k] += c[k];
        }
    }
    let scale = 1.0 / fold(sums);
    for v in x.iter_mut() {
        *v *= scale;
    }
}

/// Scores to log-probabilities in place.
#[inline(always)]
pub(super) fn log_softmax(x: &mut [f32]) {
    let top = x.iter().fold(f32::NEG_INFINITY, |m, &v| if v > m { v } else { m });
    let mut total = 0.0;
    for v in x.iter() {
        total += exp(*v - top);
    }
    let log = top + total.ln();
    for v in x.iter_mut() {
        *v -= log;
    }
}
