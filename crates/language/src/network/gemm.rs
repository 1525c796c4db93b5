//! Matrix products of int8 weights with activations quantised row by row.
//!
//! Integer sums are exact, so the three kernels (AVX-512 VNNI, AVX2, portable) give the same bits, and a row's result
//! does not depend on the rows beside it. This is the only file with unsafe code: the processor's instructions.
#![allow(unsafe_code)]

use super::math;

/// Columns of one packed panel.
const PANEL: usize = 64;
/// Rows a kernel works on at once.
const ROWS: usize = 6;

/// A linear layer: int8 weights packed in panels of 64 outputs × 4 inputs.
pub(super) struct Linear {
    inputs: usize,
    outputs: usize,
    packed: Vec<i8>,
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// 128 × the sum of each output's weights: activations are stored with 128 added.
    offset: Vec<i32>,
}

/// Activations quantised to u8 around 128, one scale per row.
#[derive(Default)]
pub(super) struct Quantised {
    values: Vec<u8>,
    scale: Vec<f32>,
    width: usize,
}

impl Quantised {
    /// Quantises `rows` rows of `x`.
    pub(super) fn set(&mut self, x: &[f32], width: usize) {
        let rows = x.len() / width;
        self.width = width.next_multiple_of(4);
        self.values.resize(rows * self.width, 128);
        if self.width != width {
            self.values.fill(128);
        }
        self.scale.clear();
        quantise(x, width, self.width, &mut self.values, &mut self.scale);
    }

    fn rows(&self) -> usize {
        self.scale.len()
    }
}

fn quantise(x: &[f32], width: usize, padded: usize, values: &mut [u8], scale: &mut Vec<f32>) {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2")]
        fn avx2(x: &[f32], width: usize, padded: usize, values: &mut [u8], scale: &mut Vec<f32>) {
            quantise_rows(x, width, padded, values, scale);
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2.
            return unsafe { avx2(x, width, padded, values, scale) };
        }
    }
    quantise_rows(x, width, padded, values, scale);
}

#[inline(always)]
fn quantise_rows(x: &[f32], width: usize, padded: usize, values: &mut [u8], scale: &mut Vec<f32>) {
    for (row, out) in x.chunks_exact(width).zip(values.chunks_exact_mut(padded)) {
        let top = math::absolute_maximum(row).max(1e-12);
        let inverse = 127.0 / top;
        scale.push(top / 127.0);
        for (v, o) in row.iter().zip(out) {
            // The sum lies in [1, 255]; adding 2²³ rounds to the nearest integer in the low bits.
            *o = (v * inverse + (128.0 + 8_388_608.0)).to_bits() as u8;
        }
    }
}

impl Linear {
    /// Packs `outputs × inputs` row-major weights.
    pub(super) fn new(weight: &[i8], scale: Vec<f32>, bias: Vec<f32>) -> Self {
        let outputs = scale.len();
        let inputs = weight.len() / outputs;
        let (quads, panels) = (inputs.div_ceil(4), outputs.div_ceil(PANEL));
        let mut packed = vec![0i8; panels * quads * PANEL * 4];
        for (o, row) in weight.chunks_exact(inputs).enumerate() {
            let base = (o / PANEL) * quads * PANEL * 4 + (o % PANEL) * 4;
            for (q, four) in row.chunks(4).enumerate() {
                packed[base + q * PANEL * 4..][..four.len()].copy_from_slice(four);
            }
        }
        let offset = weight.chunks_exact(inputs).map(|r| 128 * r.iter().map(|&w| i32::from(w)).sum::<i32>()).collect();
        Self { inputs, outputs, packed, scale, bias, offset }
    }

    pub(super) fn outputs(&self) -> usize {
        self.outputs
    }

    /// `y = x Wᵀ + b`, row-major, `rows × outputs`.
    #[inline(always)]
    pub(super) fn apply(&self, x: &Quantised, y: &mut Vec<f32>) {
        debug_assert_eq!(x.width, self.inputs.next_multiple_of(4));
        // Every element is written below.
        y.resize(x.rows() * self.outputs, 0.0);
        let kernel = kernel();
        let panel_bytes = x.width * PANEL;
        let mut acc = [[0i32; PANEL]; ROWS];
        // A panel of weights stays in the first-level cache while all rows pass by.
        for (p, panel) in self.packed.chunks_exact(panel_bytes).enumerate() {
            let first = p * PANEL;
            let count = PANEL.min(self.outputs - first);
            for r in (0..x.rows()).step_by(ROWS) {
                let rows = ROWS.min(x.rows() - r);
                kernel(&x.values[r * x.width..(r + rows) * x.width], x.width, panel, &mut acc[..rows]);
                for (k, sums) in acc[..rows].iter().enumerate() {
                    let out = &mut y[(r + k) * self.outputs + first..][..count];
                    let s = x.scale[r + k];
                    let (offset, scale, bias) =
                        (&self.offset[first..][..count], &self.scale[first..][..count], &self.bias[first..][..count]);
                    for ((((o, sum), offset), scale), bias) in out.iter_mut().zip(sums).zip(offset).zip(scale).zip(bias)
                    {
                        *o = ((sum - offset) as f32).mul_add(s * scale, *bias);
                    }
                }
            }
        }
    }
}

type Kernel = fn(&[u8], usize, &[i8], &mut [[i32; PANEL]]);

fn kernel() -> Kernel {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vnni")
        {
            return x86::vnni;
        }
        if is_x86_feature_detected!("avx2") {
            return x86::avx2;
        }
    }
    portable
}

/// Plain loops, for every processor.
fn portable(x: &[u8], width: usize, panel: &[i8], acc: &mut [[i32; PANEL]]) {
    for (row, sums) in x.chunks_exact(width).zip(acc) {
        *sums = [0; PANEL];
        for (four, weights) in row.chunks_exact(4).zip(panel.chunks_exact(PANEL * 4)) {
            for (sum, w) in sums.iter_mut().zip(weights.chunks_exact(4)) {
                for k in 0..4 {
                    *sum += i32::from(four[k]) * i32::from(w[k]);
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{PANEL, ROWS};
    use std::arch::x86_64::*;

    pub(super) fn vnni(x: &[u8], width: usize, panel: &[i8], acc: &mut [[i32; PANEL]]) {
        assert!(x.len() == acc.len() * width && panel.len() == width * PANEL && width.is_multiple_of(4));
        // SAFETY: `kernel` chose this function for a processor with these features; the assertion bounds all reads.
        unsafe {
            match acc.len() {
                1 => vnni_rows::<1>(x, width, panel, acc),
                2 => vnni_rows::<2>(x, width, panel, acc),
                3 => vnni_rows::<3>(x, width, panel, acc),
                4 => vnni_rows::<4>(x, width, panel, acc),
                5 => vnni_rows::<5>(x, width, panel, acc),
                _ => vnni_rows::<ROWS>(x, width, panel, acc),
            }
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    unsafe fn vnni_rows<const R: usize>(x: &[u8], width: usize, panel: &[i8], acc: &mut [[i32; PANEL]]) {
        let mut sums = [[_mm512_setzero_si512(); 4]; R];
        let (mut w, x) = (panel.as_ptr(), x.as_ptr());
        for q in (0..width).step_by(4) {
            // SAFETY: `panel` holds `width * 64` bytes, `x` holds `R * width`; `q + 4 <= width`.
            unsafe {
                let weights = [
                    _mm512_loadu_si512(w.cast()),
                    _mm512_loadu_si512(w.add(64).cast()),
                    _mm512_loadu_si512(w.add(128).cast()),
                    _mm512_loadu_si512(w.add(192).cast()),
                ];
                for (r, row) in sums.iter_mut().enumerate() {
                    let four = _mm512_set1_epi32(x.add(r * width + q).cast::<i32>().read_unaligned());
                    for (sum, panel) in row.iter_mut().zip(&weights) {
                        *sum = _mm512_dpbusd_epi32(*sum, four, *panel);
                    }
                }
                w = w.add(256);
            }
        }
        for (out, row) in acc.iter_mut().zip(&sums) {
            for (quarter, sum) in out.chunks_exact_mut(16).zip(row) {
                // SAFETY: a quarter of a row is 16 sums, one register.
                unsafe { _mm512_storeu_si512(quarter.as_mut_ptr().cast(), *sum) };
            }
        }
    }

    pub(super) fn avx2(x: &[u8], width: usize, panel: &[i8], acc: &mut [[i32; PANEL]]) {
        assert!(x.len() == acc.len() * width && panel.len() == width * PANEL && width.is_multiple_of(4));
        for (r, sums) in acc.iter_mut().enumerate() {
            // SAFETY: `kernel` chose this function for a processor with AVX2; the assertion bounds all reads.
            unsafe { avx2_row(&x[r * width..(r + 1) * width], panel, sums) };
        }
    }

    /// Widens both sides to 16 bits: the 8-bit product-and-add instruction of AVX2 saturates.
    #[target_feature(enable = "avx2")]
    unsafe fn avx2_row(x: &[u8], panel: &[i8], out: &mut [i32; PANEL]) {
        for half in 0..2 {
            let mut sums = [_mm256_setzero_si256(); 8];
            for (q, four) in x.chunks_exact(4).enumerate() {
                // SAFETY: panel rows are 256 bytes; each half is 128.
                unsafe {
                    let word = four.as_ptr().cast::<i32>().read_unaligned();
                    let activations = _mm256_cvtepu8_epi16(_mm_set1_epi32(word));
                    let w = panel.as_ptr().add(q * 256 + half * 128);
                    for (k, sum) in sums.iter_mut().enumerate() {
                        let weights = _mm256_cvtepi8_epi16(_mm_loadu_si128(w.add(16 * k).cast()));
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(activations, weights));
                    }
                }
            }
            for (k, sum) in sums.iter().enumerate() {
                let mut pairs = [0i32; 8];
                // SAFETY: eight sums of 32 bits.
                unsafe { _mm256_storeu_si256(pairs.as_mut_ptr().cast(), *sum) };
                for c in 0..4 {
                    out[half * 32 + 4 * k + c] = pairs[2 * c] + pairs[2 * c + 1];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every kernel this processor has gives the sums of plain loops, for any number of rows.
    #[test]
    fn kernels_agree() {
        let width = 96;
        let panel: Vec<i8> =
            (0..width * PANEL).map(|k| ((k * 7919) % 255) as i16 as u8 as i8).map(|w| w.max(-127)).collect();
        for rows in 1..=ROWS {
            let x: Vec<u8> = (0..rows * width).map(|k| ((k * 104_729) % 256) as u8).collect();
            let (mut a, mut b) = ([[0; PANEL]; ROWS], [[1; PANEL]; ROWS]);
            portable(&x, width, &panel, &mut a[..rows]);
            kernel()(&x, width, &panel, &mut b[..rows]);
            assert_eq!(a[..rows], b[..rows]);
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                x86::avx2(&x, width, &panel, &mut b[..rows]);
                assert_eq!(a[..rows], b[..rows]);
            }
        }
    }
}
