//! The multi-task encoder: MiniLM-L6 with a letter-case embedding, int8 weights, heads for parts of speech, features,
//! entities and biaffine dependencies (Dozat and Manning 2017). `training/model.py` is its definition.

mod gemm;
mod math;

use crate::Error;
use gemm::{Linear, Quantised};
use safetensors::{SafeTensors, tensor::Dtype};

/// Width of the encoder.
const WIDTH: usize = 384;
/// Attention heads.
const HEADS: usize = 12;
/// Word pieces the position table holds.
pub const MAX_PIECES: usize = 512;

/// A sentence as the encoder sees it.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    /// Word-piece ids, `[CLS]` first, `[SEP]` last; at most [`MAX_PIECES`].
    pub ids: Vec<u32>,
    /// Letter-case class of each piece.
    pub shapes: Vec<u8>,
    /// Position of each word's first piece.
    pub first: Vec<u32>,
}

/// What the heads say about one sentence of `n` words.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Number of words.
    pub words: usize,
    /// `n × upos` scores.
    pub upos: Vec<f32>,
    /// `n × features` scores.
    pub feats: Vec<f32>,
    /// `n × entity labels` scores.
    pub entities: Vec<f32>,
    /// `n × (n + 1)` scores of each head for each word; column 0 is the root.
    pub arcs: Vec<f32>,
    /// `n × relations × d`, to be multiplied with the head's row of `relation_heads`.
    relation_dependents: Vec<f32>,
    /// `(n + 1) × d`.
    relation_heads: Vec<f32>,
    relations: usize,
}

impl Scores {
    /// Scores of all relations between word `dependent` (from 0) and `head` (from 1; 0 is the root).
    pub fn relations(&self, dependent: usize, head: usize, out: &mut Vec<f32>) {
        let d = self.relation_heads.len() / (self.words + 1);
        let h = &self.relation_heads[head * d..(head + 1) * d];
        let rows = &self.relation_dependents[dependent * self.relations * d..(dependent + 1) * self.relations * d];
        out.clear();
        out.extend(rows.chunks_exact(d).map(|r| math::dot(r, h)));
    }
}

/// A network that scores sentences. The one behind [`crate::Language`] is [`Encoder`]; tests and experiments may bring
/// another.
pub trait Network: Send + Sync {
    /// Scores each sentence; a sentence's scores do not depend on the others.
    fn run(&self, sentences: &[Pieces]) -> Vec<Scores>;
}

/// The network from `models/parser.safetensors`.
pub struct Encoder {
    words: &'static [i8],
    word_scale: Vec<f32>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    mix: Vec<f32>,
    upos: Linear,
    feats: Linear,
    entities: Linear,
    arc_head: Linear,
    arc_dep: Linear,
    arc: Linear,
    rel_head: Linear,
    rel_dep: Linear,
    rel: Linear,
    relations: usize,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

struct Layer {
    qkv: Linear,
    o: Linear,
    n1: Norm,
    f1: Linear,
    f2: Linear,
    n2: Norm,
}

/// Buffers of one run.
#[derive(Default)]
struct Scratch {
    q: Quantised,
    a: Vec<f32>,
    b: Vec<f32>,
    c: Vec<f32>,
    attention: Attention,
}

#[derive(Default)]
struct Attention {
    keys: Vec<f32>,
    weights: Vec<f32>,
}

impl Encoder {
    /// Reads the weights; `relations` is the number of relation labels.
    pub fn new(bytes: &'static [u8], relations: usize) -> Result<Self, Error> {
        let t = Tensors(SafeTensors::deserialize(bytes).map_err(|e| Error::Weights(e.to_string()))?);
        let layers = (0..)
            .map(|i| format!("layers.{i}"))
            .take_while(|p| t.0.tensor(&format!("{p}.qkv.weight")).is_ok())
            .map(|p| {
                Ok(Layer {
                    qkv: t.linear(&format!("{p}.qkv"))?,
                    o: t.linear(&format!("{p}.o"))?,
                    n1: t.norm(&format!("{p}.n1"))?,
                    f1: t.linear(&format!("{p}.f1"))?,
                    f2: t.linear(&format!("{p}.f2"))?,
                    n2: t.norm(&format!("{p}.n2"))?,
                })
            })
            .collect::<Result<_, Error>>()?;
        Ok(Self {
            words: t.int8("words.weight")?,
            word_scale: t.float("words.scale")?,
            positions: t.float("positions")?,
            shapes: t.float("shapes")?,
            norm: t.norm("norm")?,
            layers,
            mix: t.float("mix")?,
            upos: t.linear("upos")?,
            feats: t.linear("feats")?,
            entities: t.linear("entities")?,
            arc_head: t.linear("arc_head")?,
            arc_dep: t.linear("arc_dep")?,
            arc: t.linear("arc")?,
            rel_head: t.linear("rel_head")?,
            rel_dep: t.linear("rel_dep")?,
            rel: t.linear("rel")?,
            relations,
        })
    }

    #[inline(always)]
    fn embed(&self, sentences: &[Pieces]) -> Vec<f32> {
        let total: usize = sentences.iter().map(|s| s.ids.len()).sum();
        let mut x = Vec::with_capacity(total * WIDTH);
        for s in sentences {
            for (p, (&id, &shape)) in s.ids.iter().zip(&s.shapes).enumerate() {
                let word = &self.words[id as usize * WIDTH..][..WIDTH];
                let scale = self.word_scale[id as usize];
                let position = &self.positions[p * WIDTH..][..WIDTH];
                let shape = &self.shapes[shape as usize * WIDTH..][..WIDTH];
                let start = x.len();
                x.extend((0..WIDTH).map(|k| f32::from(word[k]) * scale + position[k] + shape[k]));
                math::layer_norm(&mut x[start..], &self.norm.weight, &self.norm.bias);
            }
        }
        x
    }

    #[inline(always)]
    fn forward(&self, sentences: &[Pieces]) -> Vec<Scores> {
        let mut s = Scratch::default();
        let mut x = self.embed(sentences);
        let mut last: Vec<Vec<f32>> = Vec::new();
        for (i, layer) in self.layers.iter().enumerate() {
            layer.forward(&mut x, sentences, &mut s);
            if i + 3 >= self.layers.len() {
                last.push(x.clone());
            }
        }
        self.heads(sentences, &last, &mut s)
    }

    #[inline(always)]
    fn heads(&self, sentences: &[Pieces], last: &[Vec<f32>], s: &mut Scratch) -> Vec<Scores> {
        // Rows of the words of all sentences; for the syntax heads with [CLS] as the root before each sentence's words.
        let (mut words, mut rows, mut base) = (Vec::new(), Vec::new(), 0u32);
        for p in sentences {
            rows.push(base);
            rows.extend(p.first.iter().map(|f| base + f));
            words.extend(p.first.iter().map(|f| base + f));
            base += p.ids.len() as u32;
        }
        let take = |group: usize, rows: &[u32]| {
            let w = &self.mix[3 * group..3 * group + 3];
            let mut out = Vec::with_capacity(rows.len() * WIDTH);
            for &r in rows {
                let at = r as usize * WIDTH;
                let (a, b, c) = (&last[0][at..][..WIDTH], &last[1][at..][..WIDTH], &last[2][at..][..WIDTH]);
                out.extend((0..WIDTH).map(|k| w[0] * a[k] + w[1] * b[k] + w[2] * c[k]));
            }
            out
        };
        let mut apply = |layer: &Linear, x: &[f32], width: usize| {
            let mut y = Vec::new();
            s.q.set(x, width);
            layer.apply(&s.q, &mut y);
            y
        };
        let activated = |mut y: Vec<f32>| {
            y.iter_mut().for_each(|v| *v = math::gelu(*v));
            y
        };
        let (syntax, tags, names) = (take(0, &rows), take(1, &words), take(2, &words));
        let upos = apply(&self.upos, &tags, WIDTH);
        let feats = apply(&self.feats, &tags, WIDTH);
        let entities = apply(&self.entities, &names, WIDTH);
        let arc_head = activated(apply(&self.arc_head, &syntax, WIDTH));
        let arc_dep = activated(apply(&self.arc_dep, &syntax, WIDTH));
        let arc_dep = apply(&self.arc, &arc_dep, self.arc_dep.outputs());
        let rel_head = activated(apply(&self.rel_head, &syntax, WIDTH));
        let rel_dep = activated(apply(&self.rel_dep, &syntax, WIDTH));
        let rel_dep = apply(&self.rel, &rel_dep, self.rel_dep.outputs());
        let (a, r, rd) = (self.arc.outputs(), self.rel_head.outputs(), self.rel.outputs());
        let d = r + 1;
        debug_assert_eq!(rd, self.relations * d);
        let (mut out, mut word, mut row) = (Vec::with_capacity(sentences.len()), 0, 0);
        for p in sentences {
            let n = p.first.len();
            let mut arcs = Vec::with_capacity(n * (n + 1));
            for i in 0..n {
                let dep = &arc_dep[(row + 1 + i) * a..][..a];
                arcs.extend((0..=n).map(|h| math::dot(dep, &arc_head[(row + h) * a..][..a])));
            }
            let mut relation_heads = Vec::with_capacity((n + 1) * d);
            for h in 0..=n {
                relation_heads.extend_from_slice(&rel_head[(row + h) * r..][..r]);
                relation_heads.push(1.0);
            }
            let cut = |x: &[f32], width: usize| x[word * width..(word + n) * width].to_vec();
            out.push(Scores {
                words: n,
                upos: cut(&upos, self.upos.outputs()),
                feats: cut(&feats, self.feats.outputs()),
                entities: cut(&entities, self.entities.outputs()),
                arcs,
                relation_dependents: rel_dep[(row + 1) * rd..(row + 1 + n) * rd].to_vec(),
                relation_heads,
                relations: self.relations,
            });
            word += n;
            row += n + 1;
        }
        out
    }
}

impl Network for Encoder {
    #[allow(unsafe_code)]
    fn run(&self, sentences: &[Pieces]) -> Vec<Scores> {
        #[cfg(target_arch = "x86_64")]
        {
            // The same Rust code compiled for wider registers; no fused operations, so the same bits.
            #[target_feature(enable = "avx2")]
            fn avx2(network: &Encoder, sentences: &[Pieces]) -> Vec<Scores> {
                network.forward(sentences)
            }
            if is_x86_feature_detected!("avx2") {
                // SAFETY: the processor has AVX2.
                return unsafe { avx2(self, sentences) };
            }
        }
        self.forward(sentences)
    }
}

impl Layer {
    #[inline(always)]
    fn forward(&self, x: &mut [f32], sentences: &[Pieces], s: &mut Scratch) {
        s.q.set(x, WIDTH);
        self.qkv.apply(&s.q, &mut s.a);
        s.b.clear();
        s.b.resize(x.len(), 0.0);
        let mut start = 0;
        for p in sentences {
            let n = p.ids.len();
            s.attention.run(&s.a[start * 3 * WIDTH..][..n * 3 * WIDTH], &mut s.b[start * WIDTH..][..n * WIDTH]);
            start += n;
        }
        s.q.set(&s.b, WIDTH);
        self.o.apply(&s.q, &mut s.c);
        add_and_norm(x, &s.c, &self.n1);
        s.q.set(x, WIDTH);
        self.f1.apply(&s.q, &mut s.a);
        for v in &mut s.a {
            *v = math::gelu(*v);
        }
        s.q.set(&s.a, self.f1.outputs());
        self.f2.apply(&s.q, &mut s.c);
        add_and_norm(x, &s.c, &self.n2);
    }
}

#[inline(always)]
fn add_and_norm(x: &mut [f32], y: &[f32], norm: &Norm) {
    for (row, add) in x.chunks_exact_mut(WIDTH).zip(y.chunks_exact(WIDTH)) {
        for (v, a) in row.iter_mut().zip(add) {
            *v += a;
        }
        math::layer_norm(row, &norm.weight, &norm.bias);
    }
}

impl Attention {
    /// `qkv`: n rows of query, key, value; `out`: n rows.
    #[inline(always)]
    fn run(&mut self, qkv: &[f32], out: &mut [f32]) {
        const D: usize = WIDTH / HEADS;
        let n = out.len() / WIDTH;
        let scale = 1.0 / (D as f32).sqrt();
        for h in 0..HEADS {
            // Keys as d × n, so that the inner loop runs over positions.
            self.keys.clear();
            self.keys.resize(D * n, 0.0);
            for j in 0..n {
                for d in 0..D {
                    self.keys[d * n + j] = qkv[j * 3 * WIDTH + WIDTH + h * D + d];
                }
            }
            for i in 0..n {
                let query = &qkv[i * 3 * WIDTH + h * D..][..D];
                self.weights.clear();
                self.weights.resize(n, 0.0);
                for (q, keys) in query.iter().zip(self.keys.chunks_exact(n)) {
                    let q = q * scale;
                    for (w, k) in self.weights.iter_mut().zip(keys) {
                        *w += q * k;
                    }
                }
                math::softmax(&mut self.weights);
                let mut sums = [0f32; D];
                for (j, &w) in self.weights.iter().enumerate() {
                    let value = &qkv[j * 3 * WIDTH + 2 * WIDTH + h * D..][..D];
                    for (s, v) in sums.iter_mut().zip(value) {
                        *s += w * v;
                    }
                }
                out[i * WIDTH + h * D..][..D].copy_from_slice(&sums);
            }
        }
    }
}

struct Tensors(SafeTensors<'static>);

impl Tensors {
    fn view(&self, name: &str, dtype: Dtype) -> Result<&'static [u8], Error> {
        let t = self.0.tensor(name).map_err(|e| Error::Weights(format!("{name}: {e}")))?;
        if t.dtype() != dtype {
            return Err(Error::Weights(format!("{name}: expected {dtype:?}, found {:?}", t.dtype())));
        }
        Ok(t.data())
    }

    #[allow(unsafe_code)]
    fn int8(&self, name: &str) -> Result<&'static [i8], Error> {
        let bytes = self.view(name, Dtype::I8)?;
        // SAFETY: u8 and i8 have the same size and alignment, and every bit pattern is valid.
        Ok(unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) })
    }

    fn float(&self, name: &str) -> Result<Vec<f32>, Error> {
        let four = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        Ok(self.view(name, Dtype::F32)?.chunks_exact(4).map(four).collect())
    }

    fn linear(&self, name: &str) -> Result<Linear, Error> {
        let part = |p: &str| format!("{name}.{p}");
        Ok(Linear::new(self.int8(&part("weight"))?, self.float(&part("scale"))?, self.float(&part("bias"))?))
    }

    fn norm(&self, name: &str) -> Result<Norm, Error> {
        Ok(Norm { weight: self.float(&format!("{name}.weight"))?, bias: self.float(&format!("{name}.bias"))? })
    }
}
