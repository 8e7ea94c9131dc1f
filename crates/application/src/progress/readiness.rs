//! How ready the body is, by what a wearable recorded.

use std::time::Duration;

use spotter_domain::Timestamp;
use spotter_domain::wearable::{Tier, WearableKind, WearableView};

/// How old a record may be to tell of today.
pub(super) const FRESH: Duration = Duration::from_hours(36);

/// What a wearable's latest records with a score say.
#[derive(Clone, Debug, PartialEq)]
pub struct Readiness {
    /// What to make of it: the recovery's tier, or the sleep's where there is no recovery.
    pub tier: Tier,
    /// One sentence for people.
    pub line: String,
    /// The recovery score in percent.
    pub recovery: Option<u8>,
    /// The sleep performance in percent.
    pub sleep_performance: Option<u8>,
    /// The strain so far, from 0 to 21.
    pub strain: Option<f64>,
    /// The resting heart rate in beats a minute.
    pub resting_heart_rate: Option<u16>,
    /// The heart rate variability (RMSSD) in milliseconds.
    pub hrv_millis: Option<f64>,
    /// When the latest of these began.
    pub recorded_at: Timestamp,
}

/// How ready somebody is by their latest records; nothing without a score.
pub(super) fn readiness(latest: &[WearableView]) -> Option<Readiness> {
    let of = |kind| latest.iter().find(|view| view.kind == kind).map(|view| view.figures);
    let (recovery, sleep, cycle) =
        (of(WearableKind::Recovery), of(WearableKind::Sleep), of(WearableKind::Cycle));
    let score = recovery.and_then(|figures| figures.recovery);
    let performance = sleep.and_then(|figures| figures.sleep_performance);
    let tier = score.map(Tier::of_recovery).or_else(|| performance.map(Tier::of_sleep))?;
    let advice = match tier {
        Tier::High => "ready for a hard day",
        Tier::Medium => "ready for a normal day",
        Tier::Low => "better an easy day",
    };
    let mut told = Vec::new();
    told.extend(score.map(|score| format!("recovery {score} %")));
    told.extend(performance.map(|performance| format!("sleep {performance} %")));
    Some(Readiness {
        tier,
        line: format!("{}: {advice}", told.join(", ")),
        recovery: score,
        sleep_performance: performance,
        strain: cycle.and_then(|figures| figures.strain_hundredths).map(|strain| f64::from(strain) / 100.0),
        resting_heart_rate: recovery.and_then(|figures| figures.resting_heart_rate),
        hrv_millis: recovery.and_then(|figures| figures.hrv_micros).map(|micros| f64::from(micros) / 1000.0),
        recorded_at: latest.iter().map(|view| view.recorded_at).max()?,
    })
}

#[cfg(test)]
mod tests {
    use spotter_domain::wearable::Figures;

    use super::*;

    fn view(kind: WearableKind, figures: Figures) -> WearableView {
        WearableView {
            id: uuid::Uuid::nil().into(),
            kind,
            external_id: "1".into(),
            recorded_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            figures,
        }
    }

    #[test]
    fn the_recovery_tells_and_else_the_sleep() {
        let recovery = view(WearableKind::Recovery, Figures { recovery: Some(44), ..Figures::default() });
        let sleep = view(WearableKind::Sleep, Figures { sleep_performance: Some(98), ..Figures::default() });
        let both = readiness(&[recovery, sleep.clone()]).unwrap();
        assert_eq!(
            (both.tier, both.line.as_str()),
            (Tier::Medium, "recovery 44 %, sleep 98 %: ready for a normal day")
        );
        assert_eq!(readiness(&[sleep]).unwrap().tier, Tier::High);
        assert_eq!(readiness(&[view(WearableKind::Cycle, Figures::default())]), None);
        assert_eq!(readiness(&[]), None);
    }
}
