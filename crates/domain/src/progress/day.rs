//! Days of somebody's calendar, and the weeks and months that they make.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::account::WeekStart;
use crate::{Invalid, Timestamp};

/// A day of the calendar, as the number of days since 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(i32);

impl Day {
    /// The last day that there is: 9999-12-31.
    pub const LAST: Self = Self(2_932_896);

    /// A day that was stored.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is before 1970 or after 9999.
    pub fn from_number(number: i32) -> Result<Self, Invalid> {
        if (0..=Self::LAST.0).contains(&number) {
            Ok(Self(number))
        } else {
            Err(Invalid::new("must be a day of the years 1970 to 9999"))
        }
    }

    /// The day on which an instant falls in a time zone.
    #[must_use]
    pub fn of(instant: Timestamp, zone: &TimeZone) -> Self {
        Self::from_date(zone.to_datetime(instant).date())
    }

    /// The day of a date; days before 1970 are its first one.
    #[must_use]
    pub fn from_date(date: Date) -> Self {
        let since = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
        Self(i32::try_from(since).unwrap_or_default().max(0))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The date.
    #[must_use]
    pub fn date(self) -> Date {
        let days = jiff::Span::new().try_days(self.0);
        days.and_then(|days| Date::constant(1970, 1, 1).checked_add(days)).unwrap_or(Date::MAX)
    }

    /// So many days later, or earlier if negative; never before 1970 nor after 9999.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days).clamp(0, Self::LAST.0))
    }

    /// The first instant of the day in a time zone.
    #[must_use]
    pub fn begin(self, zone: &TimeZone) -> Timestamp {
        self.date()
            .to_zoned(zone.clone())
            .and_then(|zoned| zoned.start_of_day())
            .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// The number that, added to the number of a day, makes the first day of a week divisible by seven:
    /// 1970-01-01 was a Thursday.
    #[must_use]
    pub const fn week_shift(week_start: WeekStart) -> i32 {
        match week_start {
            WeekStart::Monday => 3,
            WeekStart::Sunday => 4,
            WeekStart::Saturday => 5,
        }
    }

    /// The first day of its week. The week of 1970-01-01 begins in 1969 and is begun on 1970-01-01 instead.
    #[must_use]
    pub fn week(self, week_start: WeekStart) -> Self {
        Self((self.0 - (self.0 + Self::week_shift(week_start)) % 7).max(0))
    }

    /// The first day of its month.
    #[must_use]
    pub fn month(self) -> Self {
        Self::from_date(self.date().first_of_month())
    }
}

/// How long the stretches of a summary are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A day.
    Day,
    /// Seven days from the person's first day of the week.
    Week,
    /// A month of the calendar.
    Month,
}

impl Period {
    /// Every period.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// The word that is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|period| period.as_str() == word)
            .ok_or_else(|| Invalid::new("must be day, week or month"))
    }

    /// The first day of the stretch that a day belongs to.
    #[must_use]
    pub fn begin(self, day: Day, week_start: WeekStart) -> Day {
        match self {
            Self::Day => day,
            Self::Week => day.week(week_start),
            Self::Month => day.month(),
        }
    }
}

/// How many weeks in a row have a day of `days`, which come latest first: up to the week of `today`, or up to
/// the one before as long as this week has none yet.
#[must_use]
pub fn streak_weeks(days: impl IntoIterator<Item = Day>, today: Day, week_start: WeekStart) -> u32 {
    // Weeks by number: the first week of all begins before the first day.
    let number = |day: Day| (day.0 + Day::week_shift(week_start)) / 7;
    let this_week = number(today);
    let mut streak = 0;
    let mut expected = this_week;
    for week in days.into_iter().map(number) {
        if week > this_week || (streak > 0 && week > expected) {
            // A workout session of tomorrow, or another one of a week that was counted.
            continue;
        }
        if week == expected || (streak == 0 && week == this_week - 1) {
            streak += 1;
            expected = week - 1;
        } else {
            break;
        }
    }
    streak
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_date(text.parse().unwrap())
    }

    #[test]
    fn days_have_weeks_and_months() {
        let wednesday = day("2026-04-08");
        assert_eq!(wednesday.week(WeekStart::Monday), day("2026-04-06"));
        assert_eq!(wednesday.week(WeekStart::Sunday), day("2026-04-05"));
        assert_eq!(wednesday.week(WeekStart::Saturday), day("2026-04-04"));
        assert_eq!(day("2026-04-06").week(WeekStart::Monday), day("2026-04-06"));
        assert_eq!(wednesday.month(), day("2026-04-01"));
        assert_eq!(wednesday.date().to_string(), "2026-04-08");
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(day("1969-12-31").number(), 0);
        assert_eq!(Day::LAST.date().to_string(), "9999-12-31");
    }

    #[test]
    fn a_day_is_that_of_the_persons_zone() {
        let instant = "2026-04-08T23:30:00Z".parse().unwrap();
        assert_eq!(Day::of(instant, &TimeZone::UTC), day("2026-04-08"));
        let zurich = TimeZone::get("Europe/Zurich").unwrap();
        assert_eq!(Day::of(instant, &zurich), day("2026-04-09"));
        assert_eq!(day("2026-04-09").begin(&zurich).to_string(), "2026-04-08T22:00:00Z");
    }

    #[test]
    fn a_streak_ends_at_the_first_week_without_a_day() {
        let streak = |days: &[&str], today: &str| {
            streak_weeks(days.iter().map(|text| day(text)), day(today), WeekStart::Monday)
        };
        assert_eq!(streak(&[], "2026-04-08"), 0);
        assert_eq!(streak(&["2026-04-08", "2026-04-06", "2026-04-05", "2026-03-28"], "2026-04-08"), 3);
        // This week is still to come.
        assert_eq!(streak(&["2026-04-05", "2026-03-28"], "2026-04-08"), 2);
        assert_eq!(streak(&["2026-03-28"], "2026-04-08"), 0);
        assert_eq!(streak(&["2026-04-20", "2026-04-08", "2026-03-22"], "2026-04-08"), 1);
        // The first week of all counts once, too.
        assert_eq!(streak(&["1970-01-05", "1970-01-03", "1970-01-02"], "1970-01-05"), 2);
    }
}
