/// How a series looks: a colour that readers with colour-blindness tell apart (Okabe & Ito 2008), and dashes and a
/// marker that do so in black and white.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Cooperation: dark blue.
    Cooperation,
    /// Conflict: orange, lighter than the blue also in grey.
    Conflict,
    /// A net value or an index: black.
    Net,
    /// Something for comparison: grey.
    Context,
    /// One of several of a kind, by number from 0; they repeat after six.
    One(usize),
}

/// Red, green and blue.
pub(crate) type Colour = [u8; 3];

pub(crate) const BLACK: Colour = [0x11, 0x11, 0x11];
pub(crate) const GREY: Colour = [0x59, 0x59, 0x59];
pub(crate) const RULE: Colour = [0xDD, 0xDD, 0xDD];
pub(crate) const SHADE: Colour = [0xEC, 0xEC, 0xEC];
pub(crate) const WHITE: Colour = [0xFF, 0xFF, 0xFF];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    Disc,
    Square,
    Triangle,
    Diamond,
    Ring,
    Cross,
}

impl Look {
    pub(crate) fn colour(self) -> Colour {
        match self {
            Self::Cooperation => [0x00, 0x5A, 0x9C],
            Self::Conflict => [0xE6, 0x9F, 0x00],
            Self::Net => BLACK,
            Self::Context => [0x8C, 0x8C, 0x8C],
            Self::One(n) => SEVERAL[n % SEVERAL.len()].0,
        }
    }

    pub(crate) fn dashes(self) -> &'static [f32] {
        match self {
            Self::Cooperation | Self::Net => &[],
            Self::Conflict => &[5.0, 2.5],
            Self::Context => &[1.5, 2.0],
            Self::One(n) => SEVERAL[n % SEVERAL.len()].1,
        }
    }

    pub(crate) fn marker(self) -> Marker {
        match self {
            Self::Cooperation | Self::Net => Marker::Disc,
            Self::Conflict => Marker::Square,
            Self::Context => Marker::Ring,
            Self::One(n) => SEVERAL[n % SEVERAL.len()].2,
        }
    }
}

/// Okabe and Ito's colours without yellow, which paper swallows; dark and light ones in turn.
const SEVERAL: [(Colour, &[f32], Marker); 6] = [
    ([0x00, 0x72, 0xB2], &[], Marker::Disc),
    ([0xD5, 0x5E, 0x00], &[6.0, 2.5], Marker::Square),
    ([0x00, 0x9E, 0x73], &[2.0, 2.0], Marker::Triangle),
    ([0xCC, 0x79, 0xA7], &[7.0, 2.0, 1.5, 2.0], Marker::Diamond),
    ([0x11, 0x11, 0x11], &[10.0, 3.0], Marker::Ring),
    ([0xE6, 0x9F, 0x00], &[1.0, 1.5], Marker::Cross),
];
