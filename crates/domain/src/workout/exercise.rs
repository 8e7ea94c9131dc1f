//! Exercises: entries of the catalogue, or of a person.

use serde::{Deserialize, Serialize};

use super::Muscles;
use crate::id::{AccountId, ExerciseId};
use crate::text::ExerciseName;
use crate::{Invalid, Timestamp};

macro_rules! words {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant:meta])* $name:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $type {
            $($(#[$variant])* $name),+
        }

        impl $type {
            /// Every one.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$name),+];

            /// The word that is stored and sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word),+
                }
            }

            /// Reads the word.
            ///
            /// # Errors
            ///
            /// [`Invalid`] for any other word; it lists those that can be.
            pub fn parse(word: &str) -> Result<Self, Invalid> {
                Self::ALL.into_iter().find(|known| known.as_str() == word).ok_or_else(|| {
                    Invalid::new(format!("must be one of {}", Self::ALL.map(Self::as_str).join(", ")))
                })
            }
        }
    };
}

words! {
    /// What an exercise is done with.
    Equipment {
        /// Nothing.
        None = "none",
        /// A barbell.
        Barbell = "barbell",
        /// One or two dumbbells.
        Dumbbell = "dumbbell",
        /// One or two kettlebells.
        Kettlebell = "kettlebell",
        /// A cable pulley.
        Cable = "cable",
        /// A machine with a path of its own.
        Machine = "machine",
        /// A guided barbell.
        SmithMachine = "smith_machine",
        /// A cambered bar.
        EzBar = "ez_bar",
        /// A hexagonal bar.
        TrapBar = "trap_bar",
        /// A barbell with one end on the floor.
        Landmine = "landmine",
        /// An elastic band.
        Band = "band",
        /// A plate.
        Plate = "plate",
        /// A ball with a weight.
        MedicineBall = "medicine_ball",
        /// Straps or rings.
        Suspension = "suspension",
        /// A sled.
        Sled = "sled",
        /// A treadmill, a rower, a bicycle.
        CardioMachine = "cardio_machine",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// How many joints take part.
    Mechanic {
        /// Several.
        Compound = "compound",
        /// One.
        Isolation = "isolation",
    }
}

words! {
    /// In which direction the force goes.
    Force {
        /// Away from the body.
        Push = "push",
        /// Towards the body.
        Pull = "pull",
        /// Nowhere.
        Static = "static",
    }
}

words! {
    /// What the weight of a set of this exercise means.
    LoadKind {
        /// It is lifted.
        External = "external",
        /// It comes on top of one's own body.
        Bodyweight = "bodyweight",
        /// It helps: a negative load (rule W3).
        Assisted = "assisted",
        /// It has none.
        None = "none",
    }
}

/// What is known of an exercise beside its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    /// The muscles that do the work.
    pub primary: Muscles,
    /// The muscles that help.
    pub secondary: Muscles,
    /// With what.
    pub equipment: Equipment,
    /// How many joints.
    pub mechanic: Option<Mechanic>,
    /// In which direction.
    pub force: Option<Force>,
    /// What its weight means.
    pub load: LoadKind,
}

impl Default for Traits {
    /// What is assumed of a name that nobody has described: a weight is lifted.
    fn default() -> Self {
        Self {
            primary: Muscles::default(),
            secondary: Muscles::default(),
            equipment: Equipment::Other,
            mechanic: None,
            force: None,
            load: LoadKind::External,
        }
    }
}

/// An exercise that a person made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomExercise {
    /// Names the exercise.
    pub id: ExerciseId,
    /// Whose it is.
    pub account: AccountId,
    /// What they call it.
    pub name: ExerciseName,
    /// What they say of it.
    pub traits: Traits,
    /// Grows with every edit.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// An entry of the catalogue as it is stored: what statements join with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Names the exercise.
    pub id: ExerciseId,
    /// What it is called.
    pub name: ExerciseName,
    /// What is known of it.
    pub traits: Traits,
}

/// A name that leads a person to an exercise, beside the names of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalAlias {
    /// The name.
    pub name: ExerciseName,
    /// Where it leads.
    pub exercise: ExerciseId,
}

/// The exercises and names that a person has beside the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalExercises {
    /// What they made, by id.
    pub exercises: Vec<CustomExercise>,
    /// Names that lead elsewhere.
    pub aliases: Vec<PersonalAlias>,
}
