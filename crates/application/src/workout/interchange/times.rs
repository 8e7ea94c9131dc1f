//! Times and durations as exports write them.

use std::time::Duration;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::numbers::decimal;
use super::parsed::WrittenTime;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a date with a time: `2026-04-08 16:50:00` or `8 Apr 2026, 16:50`, either with seconds or without, of 12
/// hours or of 24, with an offset or without.
pub(super) fn written_time(text: &str) -> Option<WrittenTime> {
    let mut rest = Rest(text.trim());
    let date = rest.iso_date().or_else(|| rest.date_in_words())?;
    let local = DateTime::from_parts(date, rest.time()?);
    if rest.0.is_empty() {
        return Some(WrittenTime::Local(local));
    }
    let offset = rest.offset()?;
    if !rest.0.is_empty() {
        return None;
    }
    offset.to_timestamp(local).ok().map(WrittenTime::Instant)
}

/// Reads a duration: `2h 2m`, `45m`, `1h`, `30s`, or a number of seconds.
pub(super) fn duration(text: &str) -> Option<Duration> {
    if let Some(seconds) = decimal(text) {
        return Duration::try_from_secs_f64(seconds.round()).ok();
    }
    let mut rest = Rest(text.trim());
    let mut seconds: u64 = 0;
    // Each unit at most once, the larger before the smaller.
    let mut units = [('h', 3_600), ('m', 60), ('s', 1)].into_iter();
    while !rest.0.is_empty() {
        let number = rest.digits(1..=6)?;
        rest.spaces();
        let (_, worth) = units.find(|(unit, _)| rest.one_of(&[*unit, unit.to_ascii_uppercase()]))?;
        seconds += u64::from(number) * worth;
        rest.spaces();
    }
    (!text.trim().is_empty()).then(|| Duration::from_secs(seconds))
}

/// What is left to read of a text.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    /// Takes a number of so many digits.
    fn digits(&mut self, count: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let found = self.0.bytes().take(*count.end()).take_while(u8::is_ascii_digit).count();
        if !count.contains(&found) {
            return None;
        }
        let (digits, rest) = self.0.split_at(found);
        self.0 = rest;
        digits.parse().ok()
    }

    /// Takes a number that has to be followed by nothing or by something else than a digit.
    fn number<N: TryFrom<u32>>(&mut self, count: std::ops::RangeInclusive<usize>) -> Option<N> {
        let number = self.digits(count)?;
        if self.0.starts_with(|next: char| next.is_ascii_digit()) {
            return None;
        }
        N::try_from(number).ok()
    }

    /// Takes one of these characters.
    fn one_of(&mut self, characters: &[char]) -> bool {
        let rest = self.0.strip_prefix(characters);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes spaces of any width.
    fn spaces(&mut self) -> bool {
        let rest = self.0.trim_start();
        let some = rest.len() < self.0.len();
        self.0 = rest;
        some
    }

    /// Takes `2026-04-08` and what divides it from the time; nothing if it is not there.
    fn iso_date(&mut self) -> Option<Date> {
        let mut rest = Rest(self.0);
        let year = rest.number(4..=4)?;
        let month = rest.one_of(&['-']).then(|| rest.number(1..=2))??;
        let day = rest.one_of(&['-']).then(|| rest.number(1..=2))??;
        if !rest.one_of(&['T', 't']) && !rest.spaces() {
            return None;
        }
        self.0 = rest.0;
        Date::new(year, month, day).ok()
    }

    /// Takes `8 Apr 2026, ` with the month's name in English, whole or cut to at least three letters.
    fn date_in_words(&mut self) -> Option<Date> {
        let day = self.number(1..=2)?;
        self.spaces();
        let letters = self.0.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, rest) = self.0.split_at(letters);
        self.0 = rest;
        if letters < 3 {
            return None;
        }
        let name = name.to_ascii_lowercase();
        let month = (1..).zip(MONTHS).find(|(_, month)| month.starts_with(&name))?.0;
        self.one_of(&['.']);
        self.spaces();
        let year = self.number(4..=4)?;
        let divided = self.one_of(&[',']);
        if !self.spaces() && !divided {
            return None;
        }
        Date::new(year, month, day).ok()
    }

    /// Takes `16:50`, `16:50:30`, `16:50:30.5`, or these with AM or PM.
    fn time(&mut self) -> Option<Time> {
        let hour: i8 = self.number(1..=2)?;
        let minute = self.one_of(&[':']).then(|| self.number(2..=2))??;
        let second = if self.one_of(&[':']) { self.number(2..=2)? } else { 0 };
        let nanosecond = if self.0.starts_with(['.', ',']) { self.fraction()? } else { 0 };
        let hour = match self.half_of_the_day() {
            None => hour,
            Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
            Some(_) => return None,
        };
        Time::new(hour, minute, second, nanosecond).ok()
    }

    /// Takes a fraction of a second; what is smaller than a nanosecond is dropped.
    fn fraction(&mut self) -> Option<i32> {
        let digits = self.0[1..].bytes().take_while(u8::is_ascii_digit).count();
        let (fraction, rest) = self.0[1..].split_at(digits);
        self.0 = rest;
        let kept = &fraction[..digits.min(9)];
        let scale = 10_i32.pow(u32::try_from(9 - kept.len()).ok()?);
        kept.parse::<i32>().ok().map(|number| number * scale)
    }

    /// Takes AM (0 hours) or PM (12 hours), which may follow after a space, a narrow one, or none.
    fn half_of_the_day(&mut self) -> Option<i8> {
        let (half, rest) = self.0.trim_start().split_at_checked(2)?;
        let hours = if half.eq_ignore_ascii_case("am") {
            0
        } else if half.eq_ignore_ascii_case("pm") {
            12
        } else {
            return None;
        };
        self.0 = rest;
        Some(hours)
    }

    /// Takes `Z`, `+01`, `+0100`, `+01:00` or `+01:00:00`.
    fn offset(&mut self) -> Option<Offset> {
        self.spaces();
        if self.one_of(&['Z', 'z']) {
            return Some(Offset::UTC);
        }
        let sign = if self.one_of(&['+']) { 1 } else { self.one_of(&['-']).then_some(-1)? };
        let hours = self.digits(2..=2)?;
        let more = self.one_of(&[':']) || !self.0.is_empty();
        let minutes = if more { self.digits(2..=2)? } else { 0 };
        let seconds = if self.one_of(&[':']) { self.digits(2..=2)? } else { 0 };
        if minutes > 59 || seconds > 59 {
            return None;
        }
        let total = i32::try_from(hours * 3_600 + minutes * 60 + seconds).ok()?;
        Offset::from_seconds(sign * total).ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn local_times_are_read_in_each_form() {
        let half_past_four = WrittenTime::Local(datetime(2026, 4, 8, 16, 50, 0, 0));
        for text in [
            "2026-04-08 16:50:00",
            "2026-04-08 16:50",
            "2026-4-8 16:50",
            "2026-04-08T16:50:00.000",
            "2026-04-08 4:50:00 PM",
            "2026-04-08 4:50:00\u{202F}PM",
            "2026-04-08 04:50PM",
            "2026-04-08 4:50\u{a0}pm",
            "8 Apr 2026, 16:50",
            "08 Apr 2026, 16:50:00",
            "8 April 2026 16:50",
            "8 apr. 2026, 4:50 PM",
            " 8 APR 2026,16:50 ",
        ] {
            assert_eq!(written_time(text), Some(half_past_four), "{text}");
        }
        let midnight = WrittenTime::Local(datetime(2026, 9, 1, 0, 5, 7, 250_000_000));
        assert_eq!(written_time("1 Sept 2026, 12:05:07.25 AM"), Some(midnight));
        assert_eq!(
            written_time("2026-09-01 12:05 PM"),
            Some(WrittenTime::Local(datetime(2026, 9, 1, 12, 5, 0, 0)))
        );
    }

    #[test]
    fn an_offset_makes_an_instant() {
        let instant = WrittenTime::Instant("2024-01-07T17:15:00Z".parse().unwrap());
        for text in [
            "2024-01-07T17:15:00Z",
            "2024-01-07 18:15:00+01:00",
            "2024-01-07 18:15:00 +0100",
            "2024-01-07 12:15-05",
            "2024-01-07 18:08:28+00:53:28",
            "7 Jan 2024, 6:15 PM +01:00",
        ] {
            assert_eq!(written_time(text), Some(instant), "{text}");
        }
    }

    #[test]
    fn what_names_no_time_is_refused() {
        for text in [
            "",
            "2026-04-08",
            "2026-02-29 10:00",
            "29 Feb 2026, 10:00",
            "2026-13-01 10:00",
            "2026-04-08 24:00",
            "2026-04-08 10:60",
            "2026-04-08 13:00 PM",
            "2026-04-08 0:30 AM",
            "08.04.2026 16:50",
            "4/8/2026 16:50",
            "8 Avr 2026, 16:50",
            "8 Ap 2026, 16:50",
            "8 Apr 26, 16:50",
            "26-04-08 16:50",
            "2026-04-08 16:50 Uhr",
            "2026-04-08 16:50:00+25:00:99",
            "2026-04-0816:50",
            "8 Apr 2026, 116:50",
            "2026-04-08 16:50:",
            "９ Apr 2026, 16:50",
        ] {
            assert_eq!(written_time(text), None, "{text}");
        }
        assert!(written_time("29 Feb 2024, 10:00").is_some());
    }

    #[test]
    fn durations_are_read_in_hours_minutes_and_seconds() {
        let durations = [
            ("2h 2m", 7_320),
            ("45m", 2_700),
            ("1h", 3_600),
            ("30s", 30),
            ("1h 0m 5s", 3_605),
            ("2H2M", 7_320),
            ("3600", 3_600),
            ("59.6", 60),
            ("0", 0),
        ];
        for (text, seconds) in durations {
            assert_eq!(duration(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "h", "2m 2h", "1h 1h", "-5", "an hour", "1d", "1:30", "1h 5", "1ü", "99999999h"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
