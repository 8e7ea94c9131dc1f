//! What is counted of a set beside its weight.

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Repetitions: 0 (tried and failed) to 10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Reps(u16);

impl TryFrom<u16> for Reps {
    type Error = Invalid;

    fn try_from(reps: u16) -> Result<Self, Invalid> {
        Self::new(reps.into())
    }
}

impl From<Reps> for u16 {
    fn from(reps: Reps) -> Self {
        reps.0
    }
}

impl Reps {
    /// The most repetitions of one set.
    pub const MAX: u16 = 10_000;

    /// Checks a number of repetitions.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is negative or over [`Reps::MAX`].
    pub fn new(reps: i64) -> Result<Self, Invalid> {
        match u16::try_from(reps) {
            Ok(reps) if reps <= Self::MAX => Ok(Self(reps)),
            _ => Err(Invalid::new("must be 0 to 10000 repetitions")),
        }
    }

    /// Checks a number of repetitions that are planned: nobody plans none.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is less than one or over [`Reps::MAX`].
    pub fn planned(reps: i64) -> Result<Self, Invalid> {
        Self::new(reps)
            .ok()
            .filter(|reps| reps.get() > 0)
            .ok_or_else(|| Invalid::new("must be 1 to 10000 repetitions"))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// A rating of perceived exertion: 1 to 10 in halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rpe(u8);

impl Rpe {
    /// Checks a rating.
    ///
    /// # Errors
    ///
    /// [`Invalid`] unless it is 1 to 10 in steps of 0.5.
    pub fn new(rating: f64) -> Result<Self, Invalid> {
        let halves = rating * 2.0;
        if halves.fract() == 0.0 && (2.0..=20.0).contains(&halves) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "2 to 20")]
            Ok(Self(halves as u8))
        } else {
            Err(Invalid::new("must be 1 to 10 in steps of 0.5"))
        }
    }

    /// A rating that was stored.
    ///
    /// # Errors
    ///
    /// [`Invalid`] unless it is 2 to 20.
    pub fn from_halves(halves: u8) -> Result<Self, Invalid> {
        if (2..=20).contains(&halves) {
            Ok(Self(halves))
        } else {
            Err(Invalid::new("must be 1 to 10 in steps of 0.5"))
        }
    }

    /// In halves.
    #[must_use]
    pub const fn halves(self) -> u8 {
        self.0
    }

    /// The rating.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from(self.0) / 2.0
    }
}

/// A distance in whole centimetres, up to 1,000 km.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Distance(u32);

impl Distance {
    /// The longest distance of one set, in centimetres.
    pub const MOST_CENTIMETRES: u32 = 100_000_000;
    /// The international mile in metres, exactly (NIST SP 811, appendix B.8).
    const METRES_PER_MILE: f64 = 1_609.344;

    /// The nearest distance to so many metres.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is no number, negative or over 1,000 km.
    pub fn from_metres(metres: f64) -> Result<Self, Invalid> {
        let centimetres = (metres * 100.0).round();
        if (0.0..=f64::from(Self::MOST_CENTIMETRES)).contains(&centimetres) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within bounds")]
            Ok(Self(centimetres as u32))
        } else {
            Err(Invalid::new("must be a distance from 0 to 1000000 m"))
        }
    }

    /// The nearest distance to so many miles.
    ///
    /// # Errors
    ///
    /// As [`Distance::from_metres`].
    pub fn from_miles(miles: f64) -> Result<Self, Invalid> {
        Self::from_metres(miles * Self::METRES_PER_MILE)
    }

    /// A distance that was stored.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is too long.
    pub fn from_centimetres(centimetres: u32) -> Result<Self, Invalid> {
        if centimetres <= Self::MOST_CENTIMETRES {
            Ok(Self(centimetres))
        } else {
            Err(Invalid::new("must be a distance from 0 to 1000000 m"))
        }
    }

    /// In centimetres.
    #[must_use]
    pub const fn centimetres(self) -> u32 {
        self.0
    }

    /// In metres.
    #[must_use]
    pub fn metres(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// How long a set lasted, in whole seconds, up to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SetDuration(u32);

impl SetDuration {
    /// The longest set, in seconds.
    pub const MOST_SECONDS: u32 = 86_400;

    /// Checks a number of seconds.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is negative or over a day.
    pub fn from_seconds(seconds: i64) -> Result<Self, Invalid> {
        match u32::try_from(seconds) {
            Ok(seconds) if seconds <= Self::MOST_SECONDS => Ok(Self(seconds)),
            _ => Err(Invalid::new("must be 0 to 86400 seconds")),
        }
    }

    /// In seconds.
    #[must_use]
    pub const fn seconds(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_does_is_refused() {
        assert!(Reps::new(-1).is_err() && Reps::new(10_001).is_err() && Reps::new(i64::MAX).is_err());
        assert!(Reps::planned(0).is_err() && Reps::planned(10_001).is_err());
        assert_eq!((Reps::planned(1), Reps::planned(10_000)), (Reps::new(1), Reps::new(10_000)));
        assert!(Rpe::new(0.5).is_err() && Rpe::new(10.5).is_err() && Rpe::new(7.25).is_err());
        assert!(Rpe::new(f64::NAN).is_err());
        assert!(Distance::from_metres(-0.1).is_err() && Distance::from_metres(f64::NAN).is_err());
        assert!(Distance::from_metres(1e9).is_err());
        assert!(SetDuration::from_seconds(-1).is_err() && SetDuration::from_seconds(86_401).is_err());
    }

    #[test]
    fn numbers_come_back() {
        assert_eq!(Rpe::new(8.5).unwrap().get(), 8.5);
        assert_eq!(Distance::from_metres(5_000.0).unwrap().metres(), 5_000.0);
        assert_eq!(Distance::from_miles(1.0).unwrap().centimetres(), 160_934);
    }
}
