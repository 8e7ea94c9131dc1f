//! The sets of a block, packed in one column.
//!
//! A JSON array with an array for each set: its kind's letter, its weight in steps, its repetitions, its rating
//! in halves, its centimetres, its seconds. What a set does not have is null; nulls at the end are left out.

use std::fmt::{self, Write};

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use spotter_domain::Invalid;
use spotter_domain::workout::{Distance, Reps, Rpe, Set, SetDuration, SetKind, Weight};

pub(super) fn write(sets: &[Set]) -> String {
    let mut text = String::with_capacity(2 + 24 * sets.len());
    text.push('[');
    for (n, set) in sets.iter().enumerate() {
        text.push_str(if n == 0 { "[\"" } else { ",[\"" });
        text.push_str(letter(set.kind));
        text.push('"');
        let numbers = [
            set.weight.map(|weight| i64::from(weight.steps())),
            set.reps.map(|reps| reps.get().into()),
            set.rpe.map(|rpe| rpe.halves().into()),
            set.distance.map(|distance| distance.centimetres().into()),
            set.duration.map(|duration| duration.seconds().into()),
        ];
        let written = numbers.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        for number in &numbers[..written] {
            // Writing to a string can't fail.
            let _ = match number {
                Some(number) => write!(text, ",{number}"),
                None => text.write_str(",null"),
            };
        }
        text.push(']');
    }
    text.push(']');
    text
}

pub(super) fn read(text: &str) -> Result<Vec<Set>, Invalid> {
    match serde_json::from_str::<Vec<Packed>>(text) {
        Ok(sets) => Ok(sets.into_iter().map(|Packed(set)| set).collect()),
        Err(_) => Err(Invalid::new("does not hold sets")),
    }
}

const fn letter(kind: SetKind) -> &'static str {
    match kind {
        SetKind::Normal => "n",
        SetKind::Warmup => "w",
        SetKind::Drop => "d",
        SetKind::Failure => "f",
    }
}

struct Packed(Set);

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PackedVisitor)
    }
}

struct PackedVisitor;

impl<'de> Visitor<'de> for PackedVisitor {
    type Value = Packed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of a letter and up to five numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut columns: A) -> Result<Packed, A::Error> {
        let word: &str = columns.next_element()?.ok_or_else(|| A::Error::custom("no kind"))?;
        let kind = SetKind::ALL.into_iter().find(|kind| letter(*kind) == word);
        Ok(Packed(Set {
            kind: kind.ok_or_else(|| A::Error::custom("an unknown kind"))?,
            weight: next(&mut columns, Weight::from_steps)?,
            reps: next(&mut columns, Reps::new)?,
            rpe: next(&mut columns, Rpe::from_halves)?,
            distance: next(&mut columns, Distance::from_centimetres)?,
            duration: next(&mut columns, SetDuration::from_seconds)?,
        }))
    }
}

/// The next number, if there is one, checked as its type does.
fn next<'de, A: SeqAccess<'de>, N: Deserialize<'de>, T>(
    columns: &mut A,
    check: impl FnOnce(N) -> Result<T, Invalid>,
) -> Result<Option<T>, A::Error> {
    let number: Option<N> = columns.next_element()?.flatten();
    number.map(check).transpose().map_err(A::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Set {
        Set {
            kind: SetKind::Failure,
            weight: Some(Weight::from_steps(-2_000).unwrap()),
            reps: Some(Reps::new(5).unwrap()),
            rpe: Some(Rpe::new(8.5).unwrap()),
            distance: Some(Distance::from_metres(5.0).unwrap()),
            duration: Some(SetDuration::from_seconds(30).unwrap()),
        }
    }

    #[test]
    fn sets_come_back() {
        let weight = Some(Weight::from_steps(4_000).unwrap());
        let sets = [
            Set { kind: SetKind::Warmup, weight, reps: Some(Reps::new(10).unwrap()), ..Set::default() },
            Set { kind: SetKind::Drop, ..Set::default() },
            Set { duration: full().duration, ..Set::default() },
            full(),
        ];
        let text = write(&sets);
        assert_eq!(text, r#"[["w",4000,10],["d"],["n",null,null,null,null,30],["f",-2000,5,17,500,30]]"#);
        assert_eq!(read(&text), Ok(sets.to_vec()));
        assert_eq!(read(&write(&[])), Ok(vec![]));
    }

    #[test]
    fn what_can_be_no_sets_is_refused() {
        let bad = [
            "",
            "{}",
            "[",
            "[[]]",
            r#"[["x"]]"#,
            "[[1]]",
            r#"[["n",1.5]]"#,
            r#"[["n",200001]]"#,
            r#"[["n",1,-1]]"#,
            r#"[["n",1,1,21]]"#,
            r#"[["n",1,1,2,100000001]]"#,
            r#"[["n",1,1,2,1,86401]]"#,
            r#"[["n",1,1,2,1,1,1]]"#,
        ];
        for text in bad {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
