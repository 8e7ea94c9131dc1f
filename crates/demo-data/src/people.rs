//! Who trains. None of these people exists.

use jiff::ToSpan;
use jiff::civil::Date;
use spotter_domain::Invalid;

use crate::chance::Chance;

/// The seed of everything that is generated unless another is given.
pub const SEED: u64 = 2_026;

/// How many workout sessions a year a veteran has: 1,500 in ten years.
pub const SESSIONS_A_YEAR: usize = 150;

/// The number of the veteran; members are counted from 1.
const VETERAN: u64 = 0;

/// Somebody whose history follows from these values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    pub(crate) seed: u64,
    pub(crate) number: u64,
    /// The last day before their first one.
    pub(crate) after: Date,
    pub(crate) until: Date,
    pub(crate) sessions: usize,
}

impl Person {
    /// Somebody who has trained for that many years up to a day, 150 times a year.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when the calendar does not go back as far.
    pub fn veteran(seed: u64, years: u8, until: Date) -> Result<Self, Invalid> {
        let sessions = SESSIONS_A_YEAR * usize::from(years);
        Ok(Self { seed, number: VETERAN, after: years_before(until, years)?, until, sessions })
    }

    /// The member of that number of a club, who has trained for a year, 120 to 180 times.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when the calendar does not go back as far.
    pub fn member(seed: u64, number: u32, until: Date) -> Result<Self, Invalid> {
        let number = u64::from(number) + 1;
        let sessions = SESSIONS_A_YEAR - 30 + Chance::of(!seed, number).below(61);
        Ok(Self { seed, number, after: years_before(until, 1)?, until, sessions })
    }

    /// Whether this is the one with many years.
    #[must_use]
    pub const fn is_veteran(&self) -> bool {
        self.number == VETERAN
    }

    /// What they are called.
    #[must_use]
    pub fn name(&self) -> String {
        let mut chance = Chance::of(!self.seed, self.number.wrapping_add(1) << 32);
        let (given, family) = (chance.pick(&GIVEN), chance.pick(&FAMILY));
        format!("{} {}", given.unwrap_or(&"Kim"), family.unwrap_or(&"Moreau"))
    }

    /// Their address: the same whatever the seed.
    #[must_use]
    pub fn email(&self) -> String {
        match self.number {
            VETERAN => "veteran@ironworks.example".to_owned(),
            number => format!("member{:05}@ironworks.example", number - 1),
        }
    }
}

fn years_before(until: Date, years: u8) -> Result<Date, Invalid> {
    until
        .checked_sub(i64::from(years).years())
        .map_err(|_| Invalid::new("must begin in the years of the calendar"))
}

const GIVEN: [&str; 40] = [
    "Amelie", "Bashir", "Chiara", "Daniyal", "Eszter", "Farid", "Greta", "Hiroshi", "Imke", "Jakub", "Katya",
    "Lars", "Malika", "Nuno", "Odile", "Pedro", "Quynh", "Rasmus", "Salma", "Tiago", "Ulla", "Vera",
    "Wanjiru", "Xavier", "Yasmin", "Zoltan", "Anouk", "Bram", "Ciara", "Dmitri", "Elena", "Finn", "Gloria",
    "Hamza", "Ingrid", "João", "Kasia", "Liam", "Marta", "Noor",
];

const FAMILY: [&str; 40] = [
    "Almeida",
    "Bakker",
    "Castellano",
    "Dahl",
    "Eriksen",
    "Fontaine",
    "Grabowski",
    "Haddad",
    "Ivanova",
    "Jansen",
    "Kowalczyk",
    "Lindgren",
    "Moreau",
    "Nakamura",
    "Okafor",
    "Pereira",
    "Quispe",
    "Rossi",
    "Schäfer",
    "Tanaka",
    "Ueda",
    "Varga",
    "Weiss",
    "Xu",
    "Yilmaz",
    "Zanetti",
    "Aydin",
    "Borg",
    "Costa",
    "Dvořák",
    "Engström",
    "Ferreira",
    "Gallo",
    "Horvat",
    "Ito",
    "Jovanović",
    "Kim",
    "Lund",
    "Marques",
    "Novák",
];
