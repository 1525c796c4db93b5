use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! event_types {
    ($($variant:ident $name:literal $quad:ident),* $(,)?) => {
        /// The sixteen event types of PLOVER (codebook draft of 2021, chapter 3).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum EventType {
            $(#[doc = $name] #[serde(rename = $name)] $variant),*
        }

        impl EventType {
            /// All sixteen, cooperative first, in the order of the PLOVER manual.
            pub const ALL: [Self; 16] = [$(Self::$variant),*];

            /// The name as PLOVER writes it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The quad class PLOVER puts the type in.
            pub fn quad_class(self) -> QuadClass {
                match self { $(Self::$variant => QuadClass::$quad),* }
            }
        }

        impl FromStr for EventType {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                match s { $($name => Ok(Self::$variant),)* _ => Err(format!("{s:?} is not a PLOVER event type")) }
            }
        }
    };
}

event_types! {
    Agree "AGREE" VerbalCooperation,
    Consult "CONSULT" VerbalCooperation,
    Support "SUPPORT" VerbalCooperation,
    Concede "CONCEDE" VerbalCooperation,
    Cooperate "COOPERATE" MaterialCooperation,
    Aid "AID" MaterialCooperation,
    Retreat "RETREAT" MaterialCooperation,
    Request "REQUEST" VerbalConflict,
    Accuse "ACCUSE" VerbalConflict,
    Reject "REJECT" VerbalConflict,
    Threaten "THREATEN" VerbalConflict,
    Protest "PROTEST" MaterialConflict,
    Sanction "SANCTION" MaterialConflict,
    Mobilize "MOBILIZE" MaterialConflict,
    Coerce "COERCE" MaterialConflict,
    Assault "ASSAULT" MaterialConflict,
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Verbal or material, cooperation or conflict: the coarsest classification of events (McClelland; PLOVER).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuadClass {
    /// Agreeing, consulting, supporting, conceding.
    #[serde(rename = "verbal cooperation")]
    VerbalCooperation,
    /// Cooperating, aiding, retreating.
    #[serde(rename = "material cooperation")]
    MaterialCooperation,
    /// Requesting, accusing, rejecting, threatening.
    #[serde(rename = "verbal conflict")]
    VerbalConflict,
    /// Protesting, sanctioning, mobilizing, coercing, assaulting.
    #[serde(rename = "material conflict")]
    MaterialConflict,
}

impl QuadClass {
    /// The name as the PLOVER manual writes it, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::VerbalCooperation => "verbal cooperation",
            Self::MaterialCooperation => "material cooperation",
            Self::VerbalConflict => "verbal conflict",
            Self::MaterialConflict => "material conflict",
        }
    }
}

impl fmt::Display for QuadClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
