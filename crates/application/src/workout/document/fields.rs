//! The fields of an object, each read for itself, so that what is wrong with one can be told in words for people.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, de::DeserializeSeed};
use serde_json::value::RawValue;
use spotter_domain::Invalid;

use super::parts::{MOST_PARTS, Parts};
use crate::workout::interchange::rounded;

/// What is wrong with a field, or with an object as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The field; empty for the whole.
    field: Cow<'static, str>,
    why: Cow<'static, str>,
}

impl Fault {
    /// What is wrong with the whole.
    pub(super) fn whole(why: impl Into<Cow<'static, str>>) -> Self {
        Self { field: "".into(), why: why.into() }
    }

    /// What is wrong with a field.
    pub(super) fn field(field: impl Into<Cow<'static, str>>, why: impl Into<Cow<'static, str>>) -> Self {
        Self { field: field.into(), why: why.into() }
    }

    /// The same of an object that is the value of a field.
    pub(super) fn within(self, outer: &str) -> Self {
        let field = if self.field.is_empty() { outer.to_owned() } else { format!("{outer}.{}", self.field) };
        Self { field: field.into(), ..self }
    }

    /// In words: whose field it is, and what is wrong with it.
    pub(super) fn of(&self, whose: &str) -> String {
        let Self { field, why } = self;
        if field.is_empty() { format!("{whose} {why}") } else { format!("{whose}'s {field} {why}") }
    }
}

/// The fields of an object by their names. Those with other names are passed over; null is as good as none.
pub(super) struct Object<'a, const N: usize> {
    names: [&'static str; N],
    values: [Option<&'a RawValue>; N],
}

impl<'a, const N: usize> Object<'a, N> {
    /// Reads the fields of these names.
    pub(super) fn read(raw: &'a RawValue, names: [&'static str; N]) -> Result<Self, Fault> {
        let read = FieldsOf(names).deserialize(&mut serde_json::Deserializer::from_str(raw.get()));
        match read {
            Ok(read) => read,
            Err(_) if raw.get().starts_with('{') => Err(Fault::whole("has a field with a broken name")),
            Err(_) => Err(Fault::whole(format!("must be an object, not {}", short(raw)))),
        }
    }

    /// Reads a field, if it is there.
    pub(super) fn optional<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&'a RawValue) -> Result<T, Invalid>,
    ) -> Result<Option<T>, Fault> {
        let place = self.names.iter().position(|known| *known == name);
        let Some(raw) = place.and_then(|place| self.values[place]) else { return Ok(None) };
        match read(raw) {
            Ok(value) => Ok(Some(value)),
            Err(why) => Err(Fault::field(name, format!("{why}, not {}", short(raw)))),
        }
    }

    /// Reads a field that has to be there.
    pub(super) fn required<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&'a RawValue) -> Result<T, Invalid>,
    ) -> Result<T, Fault> {
        self.optional(name, read)?.ok_or_else(|| Fault::field(name, "is missing"))
    }

    /// The fields of an object that is the value of a field.
    pub(super) fn object<const M: usize>(
        &self,
        name: &'static str,
        names: [&'static str; M],
    ) -> Result<Option<Object<'a, M>>, Fault> {
        let raw = self.optional(name, Ok)?;
        raw.map(|raw| Object::read(raw, names)).transpose().map_err(|fault| fault.within(name))
    }

    /// Reads the elements of an array, each for itself.
    pub(super) fn list<T>(
        &self,
        name: &'static str,
        read: impl Fn(&'a RawValue) -> Result<T, Invalid>,
    ) -> Result<Option<Vec<T>>, Fault> {
        let Some(parts) = self.optional(name, array)? else { return Ok(None) };
        let elements = parts.0.into_iter().enumerate().map(|(place, raw)| {
            read(raw)
                .map_err(|why| Fault::field(format!("{name}[{place}]"), format!("{why}, not {}", short(raw))))
        });
        elements.collect::<Result<Vec<T>, Fault>>().map(Some)
    }
}

/// The fields of these names in an object, or why it can't be that.
pub(super) struct FieldsOf<const N: usize>(pub(super) [&'static str; N]);

impl<'de, const N: usize> DeserializeSeed<'de> for FieldsOf<N> {
    type Value = Result<Object<'de, N>, Fault>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for FieldsOf<N> {
    type Value = Result<Object<'de, N>, Fault>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = Object { names: self.0, values: [None; N] };
        let (mut seen, mut twice) = ([false; N], None);
        while let Some(place) = map.next_key_seed(PlaceAmong(&self.0))? {
            match place {
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
                Some(place) => {
                    object.values[place] = map.next_value()?;
                    if std::mem::replace(&mut seen[place], true) {
                        twice = Some(self.0[place]);
                    }
                }
            }
        }
        Ok(match twice {
            Some(name) => Err(Fault::field(name, "must not be there twice")),
            None => Ok(object),
        })
    }
}

/// Reads a name as its place among known ones.
struct PlaceAmong<'n>(&'n [&'static str]);

impl<'de> DeserializeSeed<'de> for PlaceAmong<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for PlaceAmong<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|known| *known == name))
    }
}

/// Reads a text.
pub(super) fn text(raw: &RawValue) -> Result<String, Invalid> {
    String::deserialize(&mut serde_json::Deserializer::from_str(raw.get()))
        .map_err(|_| Invalid::new("must be text"))
}

/// Reads a number. One that is too large for any type is infinite, and refused as too large by whoever asked.
pub(super) fn number(raw: &RawValue) -> Result<f64, Invalid> {
    let is_number = raw.get().starts_with(|c: char| c == '-' || c.is_ascii_digit());
    let number = is_number.then(|| raw.get().parse().ok()).flatten();
    number.ok_or_else(|| Invalid::new("must be a number"))
}

/// Reads a whole number, which may be written with a fraction of zero.
pub(super) fn whole(raw: &RawValue) -> Result<i64, Invalid> {
    match number(raw) {
        Ok(number) if number.fract() == 0.0 || number.is_infinite() => Ok(rounded(number)),
        _ => Err(Invalid::new("must be a whole number")),
    }
}

/// Reads a whole number of a smaller type. What does not fit is told as `why`.
pub(super) fn small<T: TryFrom<i64>>(raw: &RawValue, why: &'static str) -> Result<T, Invalid> {
    let number = whole(raw).ok().and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| Invalid::new(why))
}

/// Reads an array, its elements unread.
pub(super) fn array(raw: &RawValue) -> Result<Parts<'_>, Invalid> {
    serde_json::from_str(raw.get()).map_err(|_| {
        if raw.get().starts_with('[') {
            Invalid::new(format!("must have at most {MOST_PARTS} elements"))
        } else {
            Invalid::new("must be an array")
        }
    })
}

/// The beginning of a piece of the document, on one line.
fn short(raw: &RawValue) -> String {
    const MOST: usize = 40;
    let printable = raw.get().chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut shown: String = printable.take(MOST).collect();
    if raw.get().chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}
