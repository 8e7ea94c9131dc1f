//! How many repetitions are planned, as it is told.

use std::fmt;

use serde::de::value::{F64Deserializer, I64Deserializer, MapAccessDeserializer, U64Deserializer};
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use spotter_domain::workout::{RepRange, Reps};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, OneOfBuilder, Schema, Type};

use crate::fields::{Findings, Whole};

/// A number of repetitions, or a range of them.
pub(super) enum RepsRequest {
    Number(Whole),
    Range(RangeRequest),
}

/// Both ends of a range.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RangeRequest {
    min: Whole,
    max: Whole,
}

/// What can stand there.
pub(super) fn reps_schema() -> RefOr<Schema> {
    let number = |description: &str| {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(Reps::MAX))
            .description(Some(description))
    };
    let range = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("min", number("The least."))
        .property("max", number("The most: not less than the least."))
        .required("min")
        .required("max")
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)));
    OneOfBuilder::new()
        .item(number("Of each set."))
        .item(range)
        .description(Some("How many repetitions of each set: a number, or a range."))
        .into()
}

impl<'de> Deserialize<'de> for RepsRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RepsVisitor;

        impl<'de> Visitor<'de> for RepsVisitor {
            type Value = RepsRequest;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, or an object with min and max")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<RepsRequest, E> {
                Whole::deserialize(I64Deserializer::new(number)).map(RepsRequest::Number)
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<RepsRequest, E> {
                Whole::deserialize(U64Deserializer::new(number)).map(RepsRequest::Number)
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<RepsRequest, E> {
                Whole::deserialize(F64Deserializer::new(number)).map(RepsRequest::Number)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RepsRequest, A::Error> {
                RangeRequest::deserialize(MapAccessDeserializer::new(map)).map(RepsRequest::Range)
            }
        }

        deserializer.deserialize_any(RepsVisitor)
    }
}

impl RepsRequest {
    /// Reads the range; a number is a range of one.
    pub(super) fn read(&self, findings: &mut Findings) -> Option<RepRange> {
        let (least, most) = match self {
            Self::Number(number) => {
                let reps = findings.take("/reps", Reps::planned(number.to_i64()))?;
                (reps, reps)
            }
            Self::Range(range) => {
                let least = findings.take("/reps/min", Reps::planned(range.min.to_i64()));
                let most = findings.take("/reps/max", Reps::planned(range.max.to_i64()));
                least.zip(most)?
            }
        };
        findings.take("/reps", RepRange::new(least, most))
    }
}

#[cfg(test)]
mod tests {
    use spotter_application::{Error, FieldError};

    use super::*;

    #[test]
    fn repetitions_are_a_number_or_a_range() {
        let reps = |json: &str| {
            let request: RepsRequest = serde_json::from_str(json).map_err(|error| error.to_string())?;
            let mut findings = Findings::default();
            let range = request.read(&mut findings);
            match findings.finish(range) {
                Ok(range) => Ok(range.map(|range| (range.least().get(), range.most().get())).unwrap()),
                Err(Error::Invalid(errors)) => {
                    let told = |error: &FieldError| format!("{} {}", error.pointer, error.detail);
                    Err(errors.iter().map(told).collect::<Vec<_>>().join("; "))
                }
                Err(other) => panic!("{other}"),
            }
        };
        assert_eq!(reps("5"), Ok((5, 5)));
        assert_eq!(reps("5.0"), Ok((5, 5)));
        assert_eq!(reps(r#"{"min": 8, "max": 12}"#), Ok((8, 12)));
        for bad in ["0", "-1", "10001", "1e30", "1e300"] {
            assert_eq!(reps(bad), Err("/reps must be 1 to 10000 repetitions".into()), "{bad}");
        }
        for (bad, told) in [
            (r#"{"min": 0, "max": 5}"#, "/reps/min must be 1 to 10000 repetitions"),
            (
                r#"{"min": -1, "max": 12000}"#,
                "/reps/min must be 1 to 10000 repetitions; /reps/max must be 1 to 10000 repetitions",
            ),
            (
                r#"{"min": 12, "max": 8}"#,
                "/reps must be a range of repetitions from 1 on, the smaller number first",
            ),
        ] {
            assert_eq!(reps(bad), Err(told.into()), "{bad}");
        }
        for bad in ["5.5", "\"5\"", "null", "[8, 12]", r#"{"min": 8}"#, r#"{"min": 8, "max": 12, "x": 1}"#] {
            assert!(reps(bad).unwrap_err().contains(" at line "), "{bad}");
        }
    }
}
