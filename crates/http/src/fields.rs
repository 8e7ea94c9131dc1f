//! Reading bodies strictly: what is absent, what is null, what is wrong, and where.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use spotter_application::{Error, FieldError};
use spotter_domain::patch::Patch;
use spotter_domain::{Invalid, Timestamp};

use crate::cursor::is_storable;

/// How many findings are told: enough to mend a body, and a bound for what a hostile one costs.
const MOST_FINDINGS: usize = 100;

/// Gathers what is wrong with a body, so that the sender learns of all of it at once.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    noted: Vec<FieldError>,
    /// The JSON pointer of the part that is being read, which all pointers are below.
    within: String,
}

impl Findings {
    /// Takes a good value, or notes what is wrong with it.
    pub(crate) fn take<T>(&mut self, pointer: &'static str, value: Result<T, Invalid>) -> Option<T> {
        value.map_err(|invalid| self.note(pointer, invalid)).ok()
    }

    /// As [`Findings::take`] for a value that may be missing.
    pub(crate) fn take_optional<T>(
        &mut self,
        pointer: &'static str,
        value: Option<Result<T, Invalid>>,
    ) -> Option<T> {
        value.and_then(|value| self.take(pointer, value))
    }

    /// Notes what is wrong with a value.
    pub(crate) fn note(&mut self, pointer: &'static str, invalid: Invalid) {
        if self.noted.len() < MOST_FINDINGS {
            let pointer = match self.within.as_str() {
                "" => pointer.into(),
                within => format!("{within}{pointer}").into(),
            };
            self.noted.push(FieldError { pointer, detail: invalid.0 });
        }
    }

    /// Reads a part of the body: whatever is noted meanwhile stands below `part`, a name or an index.
    pub(crate) fn within<T>(&mut self, part: impl fmt::Display, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.within.len();
        self.within.push('/');
        self.within.push_str(&part.to_string());
        let value = read(self);
        self.within.truncate(length);
        value
    }

    /// Reads each item of a list, which stands below its index; nothing unless every one is good.
    pub(crate) fn each<T, U>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut read: impl FnMut(&mut Self, T) -> Option<U>,
    ) -> Option<Vec<U>> {
        let mut all = Some(Vec::new());
        for (index, item) in items.into_iter().enumerate() {
            let value = self.within(index, |findings| read(findings, item));
            all = all.zip(value).map(|(mut all, value)| {
                all.push(value);
                all
            });
        }
        all
    }

    /// The error of everything that was noted.
    pub(crate) fn into_error(self) -> Error {
        Error::Invalid(self.noted)
    }

    /// Goes on with `value` if nothing was noted.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Error> {
        if self.noted.is_empty() { Ok(value) } else { Err(self.into_error()) }
    }
}

/// A field of a partial update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Maybe<T> {
    /// It was not mentioned.
    #[default]
    Absent,
    /// It was mentioned as null.
    Null,
    /// It has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// The change of a field that always has a value.
    pub(crate) fn into_patch<U>(
        self,
        findings: &mut Findings,
        pointer: &'static str,
        parse: impl FnOnce(T) -> Result<U, Invalid>,
    ) -> Patch<U> {
        let parsed = match self {
            Self::Absent => return Patch::Keep,
            Self::Null => Err(Invalid::new("must not be null")),
            Self::Value(value) => parse(value),
        };
        findings.take(pointer, parsed).into()
    }

    /// As [`Maybe::into_patch`] for a value of many parts: `read` notes what is wrong with each.
    pub(crate) fn into_patch_of_parts<U>(
        self,
        findings: &mut Findings,
        pointer: &'static str,
        read: impl FnOnce(&mut Findings, T) -> Option<U>,
    ) -> Patch<U> {
        match self {
            Self::Value(value) => read(findings, value).into(),
            other => other.into_patch(findings, pointer, |_| Err(Invalid::new("must not be null"))),
        }
    }

    /// The change of a field that null clears.
    pub(crate) fn into_clearing_patch<U>(
        self,
        findings: &mut Findings,
        pointer: &'static str,
        parse: impl FnOnce(T) -> Result<U, Invalid>,
    ) -> Patch<Option<U>> {
        match self {
            Self::Absent => Patch::Keep,
            Self::Null => Patch::Set(None),
            Self::Value(value) => findings.take(pointer, parse(value)).map(Some).into(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}

/// A whole number of any size; what does not fit `i64` becomes its nearest end, which no type accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Whole(i64);

impl Whole {
    /// The number, or the largest one of that width for whatever does not fit: the domain's types refuse it.
    pub(crate) fn to_u32(self) -> u32 {
        u32::try_from(self.0).unwrap_or(u32::MAX)
    }

    /// As [`Whole::to_u32`].
    pub(crate) fn to_u16(self) -> u16 {
        u16::try_from(self.0).unwrap_or(u16::MAX)
    }

    /// As [`Whole::to_u32`].
    pub(crate) fn to_u8(self) -> u8 {
        u8::try_from(self.0).unwrap_or(u8::MAX)
    }

    /// The number.
    pub(crate) const fn to_i64(self) -> i64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WholeVisitor;

        impl Visitor<'_> for WholeVisitor {
            type Value = Whole;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Whole, E> {
                Ok(Whole(number))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Whole, E> {
                Ok(Whole(i64::try_from(number).unwrap_or(i64::MAX)))
            }

            /// JSON Schema's integers include 5.0.
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Whole, E> {
                if number.fract() != 0.0 {
                    return Err(E::invalid_type(de::Unexpected::Float(number), &self));
                }
                #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, as documented")]
                Ok(Whole(number as i64))
            }
        }

        deserializer.deserialize_any(WholeVisitor)
    }
}

/// A JSON object. Serde's own structs take arrays of their fields too; an interface should not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        deserializer.deserialize_any(ObjectVisitor(PhantomData))
    }
}

/// Reads an instant as RFC 3339 writes it: other forms of ISO 8601 are none, nor is a time without an offset.
pub(crate) fn instant(text: &str) -> Result<Timestamp, Invalid> {
    if !is_rfc_3339(text.as_bytes()) {
        return Err(Invalid::new("must be a time of RFC 3339 such as 2027-01-04T18:00:00Z"));
    }
    text.parse()
        .ok()
        .filter(|instant| is_storable(*instant))
        .ok_or_else(|| Invalid::new("must be a time that there is, in the years 1 to 9998"))
}

/// Whether a text has the form of section 5.6 of RFC 3339, with nanoseconds at most. Which days a month has is not
/// looked at.
fn is_rfc_3339(text: &[u8]) -> bool {
    let form = |part: &[u8], form: &[u8]| {
        part.len() == form.len()
            && part.iter().zip(form).all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                b'T' => matches!(byte, b'T' | b't' | b' '),
                _ => byte == wanted,
            })
    };
    let Some((time, rest)) = text.split_at_checked("0000-00-00T00:00:00".len()) else { return false };
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let offset = match rest.strip_prefix(b".") {
        Some(fraction) if !(1..=9).contains(&digits(fraction)) => return false,
        Some(fraction) => &fraction[digits(fraction)..],
        None => rest,
    };
    let within_a_day = |offset: &[u8]| &offset[1..3] < b"24".as_slice() && &offset[4..6] < b"60".as_slice();
    let is_offset = matches!(offset, b"Z" | b"z")
        || ((form(offset, b"+00:00") || form(offset, b"-00:00")) && within_a_day(offset));
    form(time, b"0000-00-00T00:00:00") && is_offset
}

/// Reads an identifier.
pub(crate) fn identifier<T: From<uuid::Uuid>>(text: &str) -> Result<T, Invalid> {
    uuid::Uuid::try_parse(text).map(T::from).map_err(|_| Invalid::new("must be a UUID"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_as_rfc_3339_says() {
        for good in [
            "2027-01-04T18:00:00Z",
            "2027-01-04t18:00:00z",
            "2027-01-04 18:00:00.123456789Z",
            "2027-01-04T23:30:00+05:30",
            "2027-01-04T07:00:00.0-11:00",
        ] {
            let same_hour = instant(good).unwrap().as_second() - 1_799_085_600;
            assert!(same_hour.abs() < 60, "{good} is {same_hour} seconds off");
        }
        for other_form in [
            "",
            "2027-01-04",
            "2027-01-04T18:00Z",
            "2027-01-04T18Z",
            "20270104T180000Z",
            "2027-01-04T18:00:00",
            "2027-01-04T18:00:00.Z",
            "2027-01-04T18:00:00.1234567890Z",
            "2027-01-04T18:00:00+01",
            "2027-01-04T18:00:00+0100",
            "2027-01-04T18:00:00+24:00",
            "2027-01-04T18:00:00+01:60",
            "2027-01-04T18:00:00+01:00:30",
            "2027-01-04T18:00:00+01:00[Europe/Zurich]",
            "+002027-01-04T18:00:00Z",
            "2027-01-04T18:00:00Zü",
        ] {
            assert!(instant(other_form).unwrap_err().0.contains("RFC 3339"), "{other_form}");
        }
        for nowhere in
            ["2027-02-29T18:00:00Z", "2027-13-01T18:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
        {
            assert!(instant(nowhere).unwrap_err().0.contains("that there is"), "{nowhere}");
        }
    }

    #[derive(Debug, Default, serde::Deserialize)]
    #[serde(default)]
    struct Body {
        name: Maybe<String>,
    }

    fn name(json: &str) -> Maybe<String> {
        serde_json::from_str::<Object<Body>>(json).unwrap().0.name
    }

    #[test]
    fn absent_and_null_are_told_apart() {
        assert_eq!(name("{}"), Maybe::Absent);
        assert_eq!(name("{\"name\":null}"), Maybe::Null);
        assert_eq!(name("{\"name\":\"x\"}"), Maybe::Value("x".into()));
        assert!(serde_json::from_str::<Object<Body>>("[\"x\"]").is_err());
    }

    #[test]
    fn null_clears_what_may_be_empty_and_is_noted_otherwise() {
        let mut findings = Findings::default();
        assert_eq!(Maybe::Null.into_clearing_patch(&mut findings, "/a", Ok::<u8, _>), Patch::Set(None));
        assert_eq!(Maybe::Null.into_patch(&mut findings, "/b", Ok::<u8, _>), Patch::Keep);
        assert_eq!(findings.noted.len(), 1);
        assert!(findings.finish(()).is_err());
    }

    #[test]
    fn findings_name_the_part_and_end_at_a_hundred() {
        let mut findings = Findings::default();
        let bad = || Err::<u8, _>(Invalid::new("bad"));
        findings.take("/title", bad());
        findings.within("exercises", |findings| {
            let read = findings.each([Some(1), None], |findings, number| {
                findings.take("/reps", number.ok_or_else(|| Invalid::new("bad")))
            });
            assert_eq!(read, None);
            assert_eq!(findings.each([1, 2], |_, number| Some(number)), Some(vec![1, 2]));
        });
        let pointers: Vec<_> = findings.noted.iter().map(|error| error.pointer.as_ref()).collect();
        assert_eq!(pointers, ["/title", "/exercises/1/reps"]);
        for _ in 0..1_000 {
            findings.take("/title", bad());
        }
        assert_eq!(findings.noted.len(), MOST_FINDINGS);
    }

    #[test]
    fn whole_numbers_of_any_size_are_read() {
        let read = |json: &str| serde_json::from_str::<Whole>(json).ok();
        assert_eq!(read("5.0"), Some(Whole(5)));
        assert_eq!(read("1e300"), Some(Whole(i64::MAX)));
        assert_eq!(read("5.5"), None);
        assert_eq!(read("\"5\""), None);
        assert_eq!(Whole(-1).to_u32(), u32::MAX);
        assert_eq!(Whole(70_000).to_u16(), u16::MAX);
        assert_eq!(Whole(-1).to_u8(), u8::MAX);
    }
}
