//! When an event takes place, and until when its waitlist moves.

use std::time::Duration;

use crate::patch::Patch;
use crate::{Invalid, Timestamp};

/// The times of an event: it ends after it starts, and its waitlist stands still from the cut-off on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the names of the interface")]
pub struct Schedule {
    starts_at: Timestamp,
    ends_at: Timestamp,
    cutoff_at: Option<Timestamp>,
}

/// New times for an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the names of the interface")]
pub struct ScheduleChange {
    /// A new start.
    pub starts_at: Patch<Timestamp>,
    /// A new end.
    pub ends_at: Patch<Timestamp>,
    /// A new cut-off, or none but the start.
    pub cutoff_at: Patch<Option<Timestamp>>,
}

impl Schedule {
    /// The longest that an event may last: 31 days.
    pub const LONGEST: Duration = Duration::from_hours(31 * 24);

    /// The years in which events may take place, as Unix seconds: 2000 to 2199.
    const ERA: std::ops::Range<i64> = 946_684_800..7_258_118_400;

    /// Checks the times of an event and rounds them down to microseconds. The cut-off is the start unless
    /// an earlier one is named.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it would end before it starts, last over 31 days, take place before the year 2000
    /// or after 2199, or have its cut-off after its start.
    pub fn new(
        starts_at: Timestamp,
        ends_at: Timestamp,
        cutoff_at: Option<Timestamp>,
    ) -> Result<Self, Invalid> {
        let (starts_at, ends_at) = (whole_micros(starts_at)?, whole_micros(ends_at)?);
        let cutoff_at = cutoff_at.map(whole_micros).transpose()?;
        if ends_at <= starts_at {
            return Err(Invalid::new("must end after it starts"));
        }
        if ends_at.duration_since(starts_at).unsigned_abs() > Self::LONGEST {
            return Err(Invalid::new("must not last over 31 days"));
        }
        if cutoff_at.is_some_and(|cutoff| cutoff > starts_at) {
            return Err(Invalid::new("must have its cut-off at its start or before"));
        }
        Ok(Self { starts_at, ends_at, cutoff_at })
    }

    /// The schedule with some times changed.
    ///
    /// # Errors
    ///
    /// As [`Schedule::new`].
    pub fn changed(self, change: ScheduleChange) -> Result<Self, Invalid> {
        Self::new(
            change.starts_at.or(self.starts_at),
            change.ends_at.or(self.ends_at),
            change.cutoff_at.or(self.cutoff_at),
        )
    }

    /// When it starts.
    #[must_use]
    pub const fn starts_at(self) -> Timestamp {
        self.starts_at
    }

    /// When it ends.
    #[must_use]
    pub const fn ends_at(self) -> Timestamp {
        self.ends_at
    }

    /// The cut-off, where it is not simply the start.
    #[must_use]
    pub const fn own_cutoff(self) -> Option<Timestamp> {
        self.cutoff_at
    }

    /// From when on nobody is promoted any more (rule R6).
    #[must_use]
    pub fn cutoff(self) -> Timestamp {
        self.cutoff_at.unwrap_or(self.starts_at)
    }
}

fn whole_micros(time: Timestamp) -> Result<Timestamp, Invalid> {
    // `as_microsecond` rounds towards zero, which within the era is down.
    Timestamp::from_microsecond(time.as_microsecond())
        .ok()
        .filter(|time| Schedule::ERA.contains(&time.as_second()))
        .ok_or_else(|| Invalid::new("must take place in the years 2000 to 2199"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn an_event_ends_after_it_starts_and_cuts_off_before() {
        let (six, seven) = (at("2027-01-04T18:00:00Z"), at("2027-01-04T19:00:00Z"));
        assert!(Schedule::new(six, seven, None).is_ok());
        assert!(Schedule::new(six, six, None).is_err());
        assert!(Schedule::new(seven, six, None).is_err());
        assert!(Schedule::new(six, seven, Some(six)).is_ok());
        assert!(Schedule::new(six, seven, Some(seven)).is_err());
        assert!(Schedule::new(six, at("2027-03-01T00:00:00Z"), None).is_err());
        assert!(Schedule::new(at("1999-12-31T23:00:00Z"), at("2000-01-01T01:00:00Z"), None).is_err());
        assert!(Schedule::new(at("2200-01-01T00:00:00Z"), at("2200-01-01T01:00:00Z"), None).is_err());
    }

    #[test]
    fn the_cutoff_is_the_start_unless_it_is_named() {
        let (five, six, seven) =
            (at("2027-01-04T17:00:00Z"), at("2027-01-04T18:00:00Z"), at("2027-01-04T19:00:00Z"));
        assert_eq!(Schedule::new(six, seven, None).unwrap().cutoff(), six);
        assert_eq!(Schedule::new(six, seven, Some(five)).unwrap().cutoff(), five);
    }

    #[test]
    fn times_are_kept_in_whole_microseconds() {
        let schedule = Schedule::new(at("2027-01-04T18:00:00.123456789Z"), at("2027-01-04T19:00:00Z"), None);
        assert_eq!(schedule.unwrap().starts_at(), at("2027-01-04T18:00:00.123456Z"));
    }
}
