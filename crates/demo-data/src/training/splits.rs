//! The plans that people train by: a split is a round of days, a day a list of slots, and a slot a choice of
//! exercises that change places every few weeks.

use super::exercises::{
    AB_WHEEL, ARNOLD, BENCH, BIKE, CABLE_CRUNCH, CABLE_ROW, CHIN_UP, CROSSOVER, CURL, DEAD_HANG, DEADLIFT,
    DIP, DUMBBELL_CURL, DUMBBELL_INCLINE, DUMBBELL_PRESS, Exercise, FACE_PULL, FARMER, FRONT_SQUAT, HAMMER,
    HIP_THRUST, INCLINE, LATERAL, LEG_EXTENSION, LEG_PRESS, LEG_RAISE, LUNGE, LYING_CURL, OVERHEAD, PEC_DECK,
    PLANK, PREACHER, PULL_UP, PULLDOWN, PUSH_UP, PUSHDOWN, REVERSE_FLY, ROMANIAN, ROPE_PUSHDOWN, ROW, ROWING,
    SEATED_CALF, SEATED_CURL, SHOULDER_PRESS, SHRUG, SIDE_PLANK, SKULLCRUSHER, SPLIT_SQUAT, SQUAT,
    STANDING_CALF, T_BAR, TREADMILL,
};

/// One day of a split.
#[derive(Debug)]
pub(crate) struct PlannedDay {
    /// What people call it.
    pub(crate) titles: &'static [&'static str],
    /// Its slots in their order.
    pub(crate) slots: &'static [Slot],
}

/// A choice of exercises. No exercise is in two slots of one day.
pub(crate) type Slot = &'static [&'static Exercise];

/// What ends some workout sessions.
pub(crate) const CARDIO: Slot = &[&TREADMILL, &ROWING, &BIKE];

const PUSH: PlannedDay = PlannedDay {
    titles: &["Push", "Push day", "Chest & shoulders"],
    slots: &[
        &[&BENCH, &INCLINE],
        &[&OVERHEAD, &SHOULDER_PRESS, &ARNOLD],
        &[&DUMBBELL_INCLINE, &DUMBBELL_PRESS, &DIP],
        &[&CROSSOVER, &PEC_DECK, &PUSH_UP],
        &[&LATERAL],
        &[&PUSHDOWN, &ROPE_PUSHDOWN, &SKULLCRUSHER],
    ],
};

const PULL: PlannedDay = PlannedDay {
    titles: &["Pull", "Pull day", "Back & biceps"],
    slots: &[
        &[&DEADLIFT, &ROW],
        &[&PULL_UP, &CHIN_UP],
        &[&CABLE_ROW, &T_BAR],
        &[&PULLDOWN],
        &[&FACE_PULL, &REVERSE_FLY, &SHRUG],
        &[&CURL, &DUMBBELL_CURL, &HAMMER, &PREACHER],
    ],
};

const LEGS: PlannedDay = PlannedDay {
    titles: &["Legs", "Leg day", "Lower body"],
    slots: &[
        &[&SQUAT, &FRONT_SQUAT],
        &[&ROMANIAN, &HIP_THRUST],
        &[&LEG_PRESS, &SPLIT_SQUAT, &LUNGE],
        &[&LYING_CURL, &SEATED_CURL, &LEG_EXTENSION],
        &[&STANDING_CALF, &SEATED_CALF],
        &[&LEG_RAISE, &PLANK, &AB_WHEEL, &CABLE_CRUNCH],
    ],
};

const UPPER: PlannedDay = PlannedDay {
    titles: &["Upper", "Upper A", "Upper body"],
    slots: &[
        &[&BENCH, &OVERHEAD],
        &[&ROW, &T_BAR],
        &[&DUMBBELL_INCLINE, &SHOULDER_PRESS],
        &[&PULL_UP, &CHIN_UP, &PULLDOWN],
        &[&LATERAL, &FACE_PULL],
        &[&DUMBBELL_CURL, &SKULLCRUSHER, &HAMMER],
    ],
};

const LOWER: PlannedDay = PlannedDay {
    titles: &["Lower", "Lower A", "Squat & hinge"],
    slots: &[
        &[&SQUAT],
        &[&DEADLIFT, &ROMANIAN],
        &[&SPLIT_SQUAT, &LEG_PRESS],
        &[&SEATED_CURL, &LYING_CURL],
        &[&STANDING_CALF, &FARMER],
        &[&SIDE_PLANK, &LEG_RAISE, &DEAD_HANG],
    ],
};

const WHOLE: PlannedDay = PlannedDay {
    titles: &["Full body", "Full body A", "Ganzkörper"],
    slots: &[
        &[&SQUAT, &FRONT_SQUAT],
        &[&BENCH, &INCLINE],
        &[&ROW, &CABLE_ROW],
        &[&DIP, &PUSH_UP],
        &[&CHIN_UP, &PULLDOWN],
        &[&PLANK, &AB_WHEEL, &FARMER],
    ],
};

/// The splits: somebody keeps to one for a year or so.
pub(crate) const SPLITS: [&[&PlannedDay]; 3] =
    [&[&PUSH, &PULL, &LEGS], &[&UPPER, &LOWER], &[&WHOLE, &UPPER, &LEGS]];
