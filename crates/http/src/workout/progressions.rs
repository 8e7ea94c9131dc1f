//! How loads are to grow, as it is told.

use serde::Deserialize;
use spotter_domain::Invalid;
use spotter_domain::account::ProgressionType;
use spotter_domain::workout::{Deload, Percentage, Progression, Weight};
use utoipa::ToSchema;

use crate::at_most::AtMost;
use crate::fields::{Findings, Object, Whole};
use crate::words;

/// The most percentages of a wave.
const MOST_PERCENTAGES: usize = 12;

/// How the next loads follow. Unless told, loads grow by 2.5 kg, by ten percent less after three failures in a row,
/// and a wave goes through 70, 80 and 90 percent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SetProgression)]
pub(crate) struct ProgressionRequest {
    #[serde(rename = "type")]
    #[schema(schema_with = words::progression_type)]
    kind: String,
    /// By how much the load grows.
    #[schema(minimum = 0, maximum = 2000)]
    increment_kg: Option<f64>,
    /// Of a wave: the parts of the load, one after the other.
    #[schema(value_type = Option<Vec<i64>>, min_items = 1, max_items = 12)]
    percentages: Option<AtMost<Whole, MOST_PERCENTAGES>>,
    #[schema(value_type = Option<DeloadRequest>)]
    deload: Option<Object<DeloadRequest>>,
}

/// What happens after repeated failure.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SetDeload)]
pub(crate) struct DeloadRequest {
    /// After how many failures in a row.
    #[schema(value_type = i64, minimum = 1, maximum = 10)]
    after_failures: Whole,
    /// By how much of the load.
    #[schema(value_type = i64, minimum = 1, maximum = 99)]
    percent: Whole,
}

/// Reads a progression, all parts of it; what a type has no use for is told.
pub(super) fn progression(findings: &mut Findings, request: ProgressionRequest) -> Option<Progression> {
    if request.kind == "none" {
        let useless = || Some(Err::<(), _>(Invalid::new("is nothing for the type none")));
        findings.take_optional("/increment_kg", request.increment_kg.and_then(|_| useless()));
        findings.take_optional("/percentages", request.percentages.and_then(|_| useless()));
        findings.take_optional("/deload", request.deload.and_then(|_| useless()));
        return Some(Progression::None);
    }
    let kind = ProgressionType::parse(&request.kind)
        .map_err(|_| Invalid::new("must be none, linear, double or wave"));
    let kind = findings.take("/type", kind);
    let increment = findings.take_optional("/increment_kg", request.increment_kg.map(increment));
    let is_wave = kind.is_none_or(|kind| kind == ProgressionType::Wave);
    let percentages = match request.percentages {
        Some(_) if !is_wave => findings.take("/percentages", Err(Invalid::new("is for the type wave"))),
        Some(requests) => percentages(findings, requests),
        None => None,
    };
    let deload = request.deload.and_then(|Object(request)| deload(findings, &request));
    let told = (increment, percentages, deload);
    kind.map(|kind| with(Progression::preferred(kind), told))
}

/// The progression with what was told of it.
fn with(
    mut progression: Progression,
    told: (Option<Weight>, Option<Vec<Percentage>>, Option<Deload>),
) -> Progression {
    if let Progression::Wave { percentages, .. } = &mut progression
        && let Some(told) = told.1
    {
        *percentages = told;
    }
    match &mut progression {
        Progression::None => {}
        Progression::Linear { increment, deload }
        | Progression::Double { increment, deload }
        | Progression::Wave { increment, deload, .. } => {
            *increment = told.0.unwrap_or(*increment);
            *deload = told.2.unwrap_or(*deload);
        }
    }
    progression
}

fn increment(kilograms: f64) -> Result<Weight, Invalid> {
    let weight = Weight::from_kilograms(kilograms).ok().filter(|weight| *weight >= Weight::ZERO);
    weight.ok_or_else(|| Invalid::new("must be 0 to 2000 kg"))
}

fn percentages(
    findings: &mut Findings,
    requests: AtMost<Whole, MOST_PERCENTAGES>,
) -> Option<Vec<Percentage>> {
    findings.within("percentages", |findings| {
        let requests = findings.take("", requests.all("percentages"))?;
        if requests.is_empty() {
            findings.note("", Invalid::new("must have at least one percentage"));
        }
        findings.each(requests, |findings, part| findings.take("", Percentage::new(part.to_u16())))
    })
}

fn deload(findings: &mut Findings, request: &DeloadRequest) -> Option<Deload> {
    findings.within("deload", |findings| {
        let by = findings.take("/percent", Percentage::new(request.percent.to_u16()))?;
        findings.take("", Deload::new(request.after_failures.to_u8(), by))
    })
}

#[cfg(test)]
mod tests {
    use spotter_application::Error;

    use super::*;

    fn read(json: &str) -> Result<Progression, Vec<String>> {
        let request: ProgressionRequest = serde_json::from_str(json).unwrap();
        let mut findings = Findings::default();
        let read = progression(&mut findings, request);
        match findings.finish(read) {
            Ok(read) => Ok(read.unwrap()),
            Err(Error::Invalid(errors)) => {
                Err(errors.iter().map(|error| error.pointer.clone().into_owned()).collect())
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn what_is_not_told_is_as_usual() {
        assert_eq!(read(r#"{"type": "none"}"#), Ok(Progression::None));
        assert_eq!(read(r#"{"type": "wave"}"#), Ok(Progression::preferred(ProgressionType::Wave)));
        let increment = Weight::from_kilograms(1.25).unwrap();
        let deload = Deload::new(2, Percentage::new(20).unwrap()).unwrap();
        assert_eq!(
            read(
                r#"{"type": "double", "increment_kg": 1.25, "deload": {"after_failures": 2, "percent": 20}}"#
            ),
            Ok(Progression::Double { increment, deload })
        );
        let percentages = [60, 75].map(|part| Percentage::new(part).unwrap()).to_vec();
        assert_eq!(
            read(r#"{"type": "wave", "increment_kg": 1.25, "percentages": [60, 75]}"#),
            Ok(Progression::Wave { percentages, increment, deload: Deload::default() })
        );
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        let wrong = |json: &str| read(json).unwrap_err().join(" ");
        assert_eq!(
            wrong(r#"{"type": "none", "increment_kg": 1, "deload": {"after_failures": 1, "percent": 1}}"#),
            "/increment_kg /deload"
        );
        assert_eq!(wrong(r#"{"type": "up", "increment_kg": -1}"#), "/type /increment_kg");
        assert_eq!(wrong(r#"{"type": "linear", "percentages": [70]}"#), "/percentages");
        assert_eq!(wrong(r#"{"type": "wave", "percentages": []}"#), "/percentages");
        assert_eq!(
            wrong(r#"{"type": "wave", "percentages": [70, 0, 151]}"#),
            "/percentages/1 /percentages/2"
        );
        assert_eq!(
            wrong(r#"{"type": "linear", "deload": {"after_failures": 3, "percent": 0}}"#),
            "/deload/percent"
        );
        assert_eq!(wrong(r#"{"type": "linear", "deload": {"after_failures": 11, "percent": 9}}"#), "/deload");
    }
}
