//! What people write beside their training.

/// About a whole workout session.
pub(super) const SESSIONS: [&str; 14] = [
    "Slept badly, still got it done",
    "Felt strong today",
    "Short on time, cut the rests",
    "New belt. Worth it.",
    "Gym packed, had to wait for the rack\nand again for the cables",
    "Left shoulder a bit cranky",
    "Good pump, nothing special",
    "Training with Jonas, \"one more set\" they said",
    "First session after the flu; easy does it",
    "Knie zwickt, morgen Pause",
    "Played football yesterday, legs heavy",
    "PR!!",
    "Deload starts next week, promised",
    "Late session, no coffee",
];

/// About one exercise.
pub(super) const EXERCISES: [&str; 12] = [
    "slow down",
    "pause at the bottom",
    "seat 4, pad 2",
    "straps from set 3",
    "elbows in",
    "full range, less weight",
    "grip gave out",
    "use the narrow handle",
    "bar path drifting forward",
    "next time +2.5",
    "left side weaker, start there",
    "heels on plates; depth, depth, depth",
];
