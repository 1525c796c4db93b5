//! From acts to come to the single category that holds them (PLOVER manual, "Auxiliary modes": the coder returns the
//! one category, not a category plus an auxiliary).

use legation_record::EventType;

/// Type, CAMEO code, mode.
pub(crate) type Category = (EventType, &'static str, Option<&'static str>);

/// What an act the actor announces for itself is coded as: type, CAMEO code, mode. `None` where it stays itself with
/// status future (manual: RETREAT and CONCEDE do not reduce to AGREE; an announced retreat is CONCEDE).
pub(crate) fn announced(act: EventType, modes: &[String]) -> Option<Category> {
    use EventType::*;
    let has = |mode: &str| modes.iter().any(|m| m == mode);
    Some(match act {
        Consult => (Agree, "036", None),
        Support => (Agree, "032", None),
        Cooperate => (Agree, "031", None),
        Aid => (Agree, "033", None),
        // An announced resignation is the resignation.
        Retreat if has("resign") => return None,
        Retreat => (Concede, "08", None),
        Assault => (Threaten, "138", Some("violence")),
        Coerce if has("arrest") => (Threaten, "137", Some("arrest")),
        Coerce if has("deport") => (Threaten, "137", Some("expel")),
        Coerce => (Threaten, "137", Some("restrict")),
        Sanction if has("expel") => (Threaten, "131", Some("expel")),
        Sanction => (Threaten, "131", Some("relations")),
        Protest => (Threaten, "133", Some("restrict")),
        Mobilize => (Threaten, "138", None),
        Agree | Concede | Request | Accuse | Reject | Threaten => return None,
    })
}

/// What an act its actor says it will not do is coded as: a rejection of it. `None` where declining is no rejection.
pub(crate) fn refused(act: EventType) -> Option<Category> {
    use EventType::*;
    matches!(act, Agree | Consult | Support | Concede | Cooperate | Aid | Retreat).then_some(match act {
        Consult => (Reject, "125", Some("meet")),
        Aid | Cooperate | Support => (Reject, "121", Some("assist")),
        Concede | Retreat => (Reject, "123", Some("yield")),
        _ => (Reject, "120", None),
    })
}

/// Types whose events speak of another act, named in `about`.
pub(crate) fn holds_an_act(event_type: EventType) -> bool {
    use EventType::*;
    matches!(event_type, Agree | Request | Accuse | Reject | Threaten)
}
