//! What a wearable measures, in the units that are kept, within the bounds of what a body can do.

use std::time::Duration;

use spotter_domain::{Invalid, Timestamp};

/// The first instant of the year 2000, in seconds since 1970: no wearable has recorded anything before.
const EARLIEST: i64 = 946_684_800;

/// How far ahead of our clock a time may be: for clocks that are wrong, and for zones that were forgotten.
const AHEAD: Duration = Duration::from_hours(48);

/// The largest number that every reader of JSON can tell from its neighbours (RFC 8259, section 6).
const LARGEST_EXACT: i64 = (1 << 53) - 1;

/// A part of a hundred.
///
/// # Errors
///
/// [`Invalid`] under 0 and over 100.
pub fn percent(percent: f64) -> Result<u8, Invalid> {
    within(percent, 0.0..=100.0, 1.0, "must be 0 to 100")
}

/// A heart rate in beats a minute.
///
/// # Errors
///
/// [`Invalid`] for one that nobody lives with.
pub fn heart_rate(beats: f64) -> Result<u16, Invalid> {
    within(beats, 20.0..=250.0, 1.0, "must be 20 to 250 beats a minute")
}

/// A heart rate variability that is told in milliseconds, in microseconds.
///
/// # Errors
///
/// [`Invalid`] under 0 and over 1,000 ms.
pub fn hrv_micros(millis: f64) -> Result<u32, Invalid> {
    within(millis, 0.0..=1000.0, 1000.0, "must be 0 to 1000 milliseconds")
}

/// A strain in hundredths.
///
/// # Errors
///
/// [`Invalid`] under 0 and over 21.
pub fn strain_hundredths(strain: f64) -> Result<u16, Invalid> {
    within(strain, 0.0..=21.0, 100.0, "must be 0 to 21")
}

/// A time that a wearable tells, rounded down to microseconds.
///
/// # Errors
///
/// [`Invalid`] before the year 2000, and more than two days after `now`.
pub fn time(told: Timestamp, now: Timestamp) -> Result<Timestamp, Invalid> {
    Timestamp::from_microsecond(told.as_microsecond())
        .ok()
        .filter(|told| told.as_second() >= EARLIEST && *told <= now + AHEAD)
        .ok_or_else(|| Invalid::new("must be in the year 2000 or later, and at most two days from now"))
}

/// A number by which the maker names a user or a record.
///
/// # Errors
///
/// [`Invalid`] for 0 and less, and for what JSON can't tell from its neighbours.
pub fn number(number: i64) -> Result<i64, Invalid> {
    if (1..=LARGEST_EXACT).contains(&number) {
        Ok(number)
    } else {
        Err(Invalid::new(format!("must be a whole number from 1 to {LARGEST_EXACT}")))
    }
}

/// `value` in units of which `scale` make one of its own, rounded to a whole number.
fn within<T: TryFrom<i64>>(
    value: f64,
    bounds: std::ops::RangeInclusive<f64>,
    scale: f64,
    hint: &'static str,
) -> Result<T, Invalid> {
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and the bounds are far from it")]
    let units = (value * scale).round() as i64;
    T::try_from(units).ok().filter(|_| bounds.contains(&value)).ok_or_else(|| Invalid::new(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_rounded_to_the_units_that_are_kept() {
        assert_eq!(percent(43.5), Ok(44));
        assert_eq!(heart_rate(63.4), Ok(63));
        assert_eq!(hrv_micros(31.813_562), Ok(31_814));
        assert_eq!(strain_hundredths(5.295_163), Ok(530));
    }

    #[test]
    fn the_bounds_are_good_and_what_is_beyond_them_is_not() {
        assert_eq!([0.0, 100.0].map(percent), [Ok(0), Ok(100)]);
        assert_eq!([20.0, 250.0].map(heart_rate), [Ok(20), Ok(250)]);
        assert_eq!([0.0, 1000.0].map(hrv_micros), [Ok(0), Ok(1_000_000)]);
        assert_eq!([0.0, 21.0].map(strain_hundredths), [Ok(0), Ok(2_100)]);
        // What would be rounded into the bounds is beyond them all the same.
        assert!([-0.1, 100.1, 1e300, f64::NAN, f64::INFINITY].map(percent).iter().all(Result::is_err));
        assert!([19.9, 250.1, -1.0].map(heart_rate).iter().all(Result::is_err));
        assert!([-0.000_1, 1_000.000_1].map(hrv_micros).iter().all(Result::is_err));
        assert!([-0.001, 21.001].map(strain_hundredths).iter().all(Result::is_err));
    }

    #[test]
    fn times_lie_between_2000_and_the_day_after_tomorrow() {
        let now: Timestamp = "2027-01-04T12:00:00Z".parse().unwrap();
        let kept = |told: &str| time(told.parse().unwrap(), now).ok().map(|time| time.to_string());
        assert_eq!(kept("2000-01-01T00:00:00Z").as_deref(), Some("2000-01-01T00:00:00Z"));
        assert_eq!(kept("1999-12-31T23:59:59.999999Z"), None);
        assert_eq!(kept("2027-01-06T12:00:00Z").as_deref(), Some("2027-01-06T12:00:00Z"));
        assert_eq!(kept("2027-01-06T12:00:00.000001Z"), None);
        assert_eq!(kept("2027-01-04T07:00:00.1234567Z").as_deref(), Some("2027-01-04T07:00:00.123456Z"));
    }

    #[test]
    fn numbers_are_those_that_json_can_tell_apart() {
        assert_eq!((number(1), number(LARGEST_EXACT)), (Ok(1), Ok(LARGEST_EXACT)));
        assert!([0, -1, LARGEST_EXACT + 1, i64::MAX].map(number).iter().all(Result::is_err));
    }
}
