//! The classifier: hashed features look up rows of eight-bit weights; their sum goes through one hidden layer.
//! Integers throughout, so that every machine decides alike.

/// Width of the hidden layer.
const HIDDEN: usize = 16;

/// A network over hashed features, read in place from the embedded weights.
#[derive(Clone, Debug)]
pub(super) struct Net {
    shift: u32,
    bias: [i32; HIDDEN],
    out: Vec<[i32; HIDDEN]>,
    out_bias: Vec<i32>,
    rows: &'static [[u8; HIDDEN]],
}

impl Net {
    /// Reads one network and returns what follows it; `None` if the bytes end early.
    pub(super) fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let mut at = bytes;
        let bits = u32::from_le_bytes(take(&mut at)?);
        let classes = u32::from_le_bytes(take(&mut at)?) as usize;
        let mut bias = [0; HIDDEN];
        for value in &mut bias {
            *value = i32::from_le_bytes(take(&mut at)?);
        }
        let mut out = Vec::new();
        let mut out_bias = Vec::new();
        for _ in 0..classes {
            let mut weights = [0; HIDDEN];
            for value in &mut weights {
                *value = i32::from(i16::from_le_bytes(take(&mut at)?));
            }
            out.push(weights);
        }
        for _ in 0..classes {
            out_bias.push(i32::from_le_bytes(take(&mut at)?));
        }
        let (rows, rest) = at.split_at_checked(HIDDEN << bits)?;
        let (rows, _) = rows.as_chunks::<HIDDEN>();
        Some((Self { shift: 32 - bits, bias, out, out_bias, rows }, rest))
    }

    /// The class with the highest score; the first one where two are equal.
    #[inline]
    pub(super) fn classify(&self, features: &[u32]) -> usize {
        let mut hidden = self.bias;
        for &feature in features {
            let row = &self.rows[(feature >> self.shift) as usize];
            for (sum, &weight) in hidden.iter_mut().zip(row) {
                *sum += i32::from(weight as i8);
            }
        }
        for value in &mut hidden {
            *value = (*value).max(0);
        }
        let mut best = (0, i32::MIN);
        for (class, (weights, &bias)) in self.out.iter().zip(&self.out_bias).enumerate() {
            let score = weights.iter().zip(&hidden).fold(bias, |sum, (w, h)| sum + w * h);
            if score > best.1 {
                best = (class, score);
            }
        }
        best.0
    }
}

fn take<const N: usize>(bytes: &mut &'static [u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}
