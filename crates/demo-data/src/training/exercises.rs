//! The exercises that people do here, and what they are done with.

/// An exercise: its name in the catalogue, the name that other apps write, and how it is done.
#[derive(Debug)]
pub(crate) struct Exercise {
    pub(crate) name: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) way: Way,
}

/// How an exercise is done. Weights are in steps of 10 g, as everywhere.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// With a weight that grows in steps, after warm-ups.
    Main { start: i32, step: i32, reps: (i32, i32) },
    /// With a weight that grows in steps.
    Accessory { start: i32, step: i32, reps: (i32, i32) },
    /// With one's own body: helped by a machine at first, alone later, with a weight in the end.
    Ladder { assisted: &'static str, assisted_elsewhere: &'static str },
    /// With one's own body alone.
    Body { reps: (i32, i32) },
    /// Held for some seconds.
    Hold { seconds: (i32, i32) },
    /// A weight that is carried over some metres.
    Carry { start: i32, step: i32, metres: (i32, i32) },
    /// Over a distance, in minutes.
    Cardio { minutes: (i32, i32), metres_a_minute: (i32, i32) },
}

const KG: i32 = 100;

const fn main(name: &'static str, elsewhere: &'static str, start: i32, step: i32) -> Exercise {
    Exercise { name, elsewhere, way: Way::Main { start: start * KG, step, reps: (3, 8) } }
}

const fn accessory(name: &'static str, elsewhere: &'static str, start: i32, step: i32) -> Exercise {
    Exercise { name, elsewhere, way: Way::Accessory { start: start * KG, step, reps: (8, 15) } }
}

const fn body(name: &'static str, elsewhere: &'static str, low: i32, high: i32) -> Exercise {
    Exercise { name, elsewhere, way: Way::Body { reps: (low, high) } }
}

const fn hold(name: &'static str, elsewhere: &'static str, low: i32, high: i32) -> Exercise {
    Exercise { name, elsewhere, way: Way::Hold { seconds: (low, high) } }
}

const fn cardio(name: &'static str, elsewhere: &'static str, metres: (i32, i32)) -> Exercise {
    Exercise { name, elsewhere, way: Way::Cardio { minutes: (8, 30), metres_a_minute: metres } }
}

pub(crate) const BENCH: Exercise = main("Barbell Bench Press", "Bench Press (Barbell)", 45, 250);
pub(crate) const INCLINE: Exercise =
    main("Incline Barbell Bench Press", "Incline Bench Press (Barbell)", 35, 125);
pub(crate) const OVERHEAD: Exercise = main("Barbell Overhead Press", "Overhead Press (Barbell)", 25, 125);
pub(crate) const SQUAT: Exercise = main("Barbell Squat", "Squat (Barbell)", 55, 250);
pub(crate) const FRONT_SQUAT: Exercise = main("Barbell Front Squat", "Front Squat (Barbell)", 40, 250);
pub(crate) const DEADLIFT: Exercise = main("Barbell Deadlift", "Deadlift (Barbell)", 70, 250);
pub(crate) const ROMANIAN: Exercise =
    main("Barbell Romanian Deadlift", "Romanian Deadlift (Barbell)", 50, 250);
pub(crate) const ROW: Exercise = main("Barbell Bent-Over Row", "Bent Over Row (Barbell)", 40, 250);

pub(crate) const DUMBBELL_PRESS: Exercise =
    accessory("Dumbbell Bench Press", "Bench Press (Dumbbell)", 16, 200);
pub(crate) const DUMBBELL_INCLINE: Exercise =
    accessory("Incline Dumbbell Bench Press", "Incline Bench Press (Dumbbell)", 14, 100);
pub(crate) const SHOULDER_PRESS: Exercise =
    accessory("Seated Dumbbell Overhead Press", "Seated Dumbbell Overhead Press", 12, 100);
pub(crate) const ARNOLD: Exercise = accessory("Dumbbell Arnold Press", "Arnold Press (Dumbbell)", 10, 100);
pub(crate) const CROSSOVER: Exercise = accessory("Cable Crossover", "Cable Crossover", 10, 125);
pub(crate) const PEC_DECK: Exercise = accessory("Pec Deck", "Pec Deck", 30, 250);
pub(crate) const LATERAL: Exercise = accessory("Dumbbell Lateral Raise", "Lateral Raise (Dumbbell)", 5, 50);
pub(crate) const REVERSE_FLY: Exercise = accessory("Dumbbell Reverse Fly", "Reverse Fly (Dumbbell)", 5, 100);
pub(crate) const PUSHDOWN: Exercise =
    accessory("Cable Triceps Pushdown", "Triceps Pushdown (Cable)", 15, 125);
pub(crate) const ROPE_PUSHDOWN: Exercise =
    accessory("Rope Triceps Pushdown", "Rope Triceps Pushdown", 12, 125);
pub(crate) const SKULLCRUSHER: Exercise =
    accessory("Barbell Skullcrusher", "Skullcrusher (Barbell)", 15, 125);

pub(crate) const PULLDOWN: Exercise = accessory("Cable Lat Pulldown", "Lat Pulldown (Cable)", 35, 250);
pub(crate) const CABLE_ROW: Exercise = accessory("Seated Cable Row", "Seated Cable Row", 35, 250);
pub(crate) const T_BAR: Exercise = accessory("T-Bar Row", "T-Bar Row", 25, 250);
pub(crate) const FACE_PULL: Exercise = accessory("Cable Face Pull", "Face Pull", 12, 125);
pub(crate) const SHRUG: Exercise = accessory("Barbell Shrug", "Shrug (Barbell)", 50, 250);
pub(crate) const CURL: Exercise = accessory("Barbell Curl", "Bicep Curl (Barbell)", 20, 125);
pub(crate) const DUMBBELL_CURL: Exercise = accessory("Dumbbell Bicep Curl", "Bicep Curl (Dumbbell)", 8, 100);
pub(crate) const HAMMER: Exercise = accessory("Dumbbell Hammer Curl", "Hammer Curl (Dumbbell)", 8, 100);
pub(crate) const PREACHER: Exercise = accessory("Barbell Preacher Curl", "Preacher Curl (Barbell)", 15, 125);

pub(crate) const LEG_PRESS: Exercise = accessory("Leg Press", "Leg Press", 80, 500);
pub(crate) const LEG_EXTENSION: Exercise = accessory("Leg Extension", "Leg Extension (Machine)", 30, 250);
pub(crate) const LYING_CURL: Exercise = accessory("Lying Leg Curl", "Lying Leg Curl (Machine)", 25, 250);
pub(crate) const SEATED_CURL: Exercise = accessory("Seated Leg Curl", "Seated Leg Curl (Machine)", 30, 250);
pub(crate) const SPLIT_SQUAT: Exercise =
    accessory("Dumbbell Bulgarian Split Squat", "Bulgarian Split Squat", 8, 200);
pub(crate) const LUNGE: Exercise = accessory("Dumbbell Walking Lunge", "Walking Lunge (Dumbbell)", 8, 200);
pub(crate) const HIP_THRUST: Exercise = accessory("Barbell Hip Thrust", "Hip Thrust (Barbell)", 50, 250);
pub(crate) const STANDING_CALF: Exercise =
    accessory("Machine Standing Calf Raise", "Standing Calf Raise (Machine)", 50, 250);
pub(crate) const SEATED_CALF: Exercise = accessory("Machine Seated Calf Raise", "Seated Calf Raise", 30, 250);
pub(crate) const CABLE_CRUNCH: Exercise = accessory("Cable Crunch", "Cable Crunch", 25, 250);

pub(crate) const PULL_UP: Exercise = Exercise {
    name: "Pull-Up",
    elsewhere: "Pull Up",
    way: Way::Ladder { assisted: "Assisted Pull-Up", assisted_elsewhere: "Pull Up (Assisted)" },
};
pub(crate) const CHIN_UP: Exercise = Exercise {
    name: "Chin-Up",
    elsewhere: "Chin Up",
    way: Way::Ladder { assisted: "Assisted Chin-Up", assisted_elsewhere: "Chin Up (Assisted)" },
};
pub(crate) const DIP: Exercise = Exercise {
    name: "Chest Dip",
    elsewhere: "Chest Dip",
    way: Way::Ladder { assisted: "Assisted Chest Dip", assisted_elsewhere: "Chest Dip (Assisted)" },
};

pub(crate) const PUSH_UP: Exercise = body("Push-Up", "Push Up", 10, 30);
pub(crate) const LEG_RAISE: Exercise = body("Hanging Leg Raise", "Hanging Leg Raise", 6, 15);
pub(crate) const AB_WHEEL: Exercise = body("Ab Wheel Rollout", "Ab Wheel", 6, 15);
pub(crate) const PLANK: Exercise = hold("Plank", "Plank", 30, 150);
pub(crate) const SIDE_PLANK: Exercise = hold("Side Plank", "Side Plank", 20, 90);
pub(crate) const DEAD_HANG: Exercise = hold("Dead Hang", "Dead Hang", 20, 90);
pub(crate) const FARMER: Exercise = Exercise {
    name: "Farmer's Walk",
    elsewhere: "Farmers Walk",
    way: Way::Carry { start: 20 * KG, step: 2 * KG, metres: (20, 60) },
};
pub(crate) const TREADMILL: Exercise = cardio("Treadmill Running", "Running (Treadmill)", (130, 200));
pub(crate) const ROWING: Exercise = cardio("Rowing Machine", "Rowing (Machine)", (190, 250));
pub(crate) const BIKE: Exercise = cardio("Stationary Bike", "Stationary Bike", (350, 550));

/// Every exercise of this file.
const ALL: [&Exercise; 51] = [
    &BENCH,
    &INCLINE,
    &OVERHEAD,
    &SQUAT,
    &FRONT_SQUAT,
    &DEADLIFT,
    &ROMANIAN,
    &ROW,
    &DUMBBELL_PRESS,
    &DUMBBELL_INCLINE,
    &SHOULDER_PRESS,
    &ARNOLD,
    &CROSSOVER,
    &PEC_DECK,
    &LATERAL,
    &REVERSE_FLY,
    &PUSHDOWN,
    &ROPE_PUSHDOWN,
    &SKULLCRUSHER,
    &PULLDOWN,
    &CABLE_ROW,
    &T_BAR,
    &FACE_PULL,
    &SHRUG,
    &CURL,
    &DUMBBELL_CURL,
    &HAMMER,
    &PREACHER,
    &LEG_PRESS,
    &LEG_EXTENSION,
    &LYING_CURL,
    &SEATED_CURL,
    &SPLIT_SQUAT,
    &LUNGE,
    &HIP_THRUST,
    &STANDING_CALF,
    &SEATED_CALF,
    &CABLE_CRUNCH,
    &PULL_UP,
    &CHIN_UP,
    &DIP,
    &PUSH_UP,
    &LEG_RAISE,
    &AB_WHEEL,
    &PLANK,
    &SIDE_PLANK,
    &DEAD_HANG,
    &FARMER,
    &TREADMILL,
    &ROWING,
    &BIKE,
];

/// What other apps call the exercise of that name in the catalogue.
pub(crate) fn as_elsewhere(name: &str) -> &str {
    let known = |exercise: &&Exercise| match exercise.way {
        Way::Ladder { assisted, assisted_elsewhere } if assisted == name => Some(assisted_elsewhere),
        _ => (exercise.name == name).then_some(exercise.elsewhere),
    };
    ALL.iter().find_map(known).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use spotter_application::workout::How;
    use spotter_application::workout::catalogue::catalogue;

    use super::*;

    fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        ALL.iter().flat_map(|exercise| {
            let assisted = match exercise.way {
                Way::Ladder { assisted, assisted_elsewhere } => Some((assisted, assisted_elsewhere)),
                _ => None,
            };
            std::iter::once((exercise.name, exercise.elsewhere)).chain(assisted)
        })
    }

    #[test]
    fn the_catalogue_knows_every_name_and_means_the_same() {
        for (name, elsewhere) in names() {
            let ours = catalogue().exact(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(ours.how, How::Exact, "{name}");
            let theirs = catalogue().exact(elsewhere).unwrap_or_else(|| panic!("{elsewhere}"));
            assert_eq!(theirs.exercise, ours.exercise, "{elsewhere}");
            assert_eq!(as_elsewhere(name), elsewhere);
        }
    }

    #[test]
    fn no_exercise_is_there_twice() {
        let mut all: Vec<_> = names().map(|(name, _)| name).collect();
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
    }
}
