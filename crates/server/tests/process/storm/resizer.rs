//! The manager who can't decide how many seats there are.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::SEATS;
use super::fleet::Addresses;
use crate::support::club::number;
use crate::support::{Api, Class, wait};

/// How often the size is changed.
const TICK: Duration = Duration::from_millis(100);

/// More seats than this there never are.
const MOST: u32 = SEATS + 40;

/// What became of the changes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Resized {
    grown: u32,
    shrunk: u32,
    refused: u32,
}

/// Makes the class larger and smaller until it is calm. That it can't be made smaller than what is confirmed
/// is no failure (rule R8); that it can't be reached while nodes are down is none either.
pub(crate) async fn resize(
    addresses: Addresses,
    class: Class,
    mut chance: fastrand::Rng,
    calm: CancellationToken,
) -> Resized {
    let api = Api::new();
    let mut resized = Resized::default();
    let mut capacity = SEATS;
    let mut tick = wait::ticks(TICK);
    // At first there is room to make it smaller.
    let mut wanted = SEATS - 10;
    for turn in 0.. {
        tick.tick().await;
        if calm.is_cancelled() {
            break;
        }
        let Ok(answer) = api.send(addresses.of(turn), &class.resize(wanted)).await else { continue };
        match answer.status.as_u16() {
            200 if wanted > capacity => resized.grown += 1,
            200 if wanted < capacity => resized.shrunk += 1,
            200 | 503 => {}
            409 => resized.refused += 1,
            status => panic!("resizing got {status}: {:#}", answer.body),
        }
        if answer.status == 200 {
            capacity = wanted;
            assert_eq!(number(&answer.body, "capacity"), i64::from(wanted));
            assert!(number(&answer.body, "confirmed") <= i64::from(wanted), "rule R1: {:#}", answer.body);
        }
        wanted = if chance.bool() {
            (capacity + chance.u32(1..=2)).min(MOST)
        } else {
            capacity - chance.u32(1..=5)
        };
    }
    assert!(resized.grown > 0 && resized.shrunk > 0 && resized.refused > 0, "{resized:?}");
    resized
}
