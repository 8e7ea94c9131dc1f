//! Cursors: opaque to callers, and bound to the list that gave them.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use spotter_application::workout::ExerciseCursor;
use spotter_domain::Timestamp;
use spotter_domain::club::Slug;
use spotter_domain::event::EventCursor;
use spotter_domain::id::{AccountId, ApiKeyId, ImportId, TemplateId};
use spotter_domain::progress::{Day, RecordKey};
use spotter_domain::registration::MyRegistrationsCursor;
use spotter_domain::waitlist::QueueNumber;
use spotter_domain::wearable::WearableCursor;
use spotter_domain::workout::{SessionCursor, Weight};

use crate::problem::Problem;

/// The place of an item in a list.
pub(crate) trait Cursor: Serialize + DeserializeOwned {
    /// Whether a list could have given it: cursors come back from strangers.
    fn is_plausible(&self) -> bool {
        true
    }
}

impl Cursor for AccountId {}

impl Cursor for ApiKeyId {}

impl Cursor for ExerciseCursor {}

impl Cursor for ImportId {}

impl Cursor for TemplateId {}

impl Cursor for String {
    fn is_plausible(&self) -> bool {
        Slug::parse(self).is_ok()
    }
}

impl Cursor for QueueNumber {
    fn is_plausible(&self) -> bool {
        i64::try_from(self.get()).is_ok()
    }
}

impl Cursor for EventCursor {
    fn is_plausible(&self) -> bool {
        is_storable(self.starts_at)
    }
}

impl Cursor for MyRegistrationsCursor {
    fn is_plausible(&self) -> bool {
        is_storable(self.starts_at)
    }
}

impl Cursor for SessionCursor {
    fn is_plausible(&self) -> bool {
        is_storable(self.started_at)
    }
}

impl Cursor for Day {
    fn is_plausible(&self) -> bool {
        Self::from_number(self.number()).is_ok()
    }
}

impl Cursor for RecordKey {
    fn is_plausible(&self) -> bool {
        Weight::from_steps(self.weight.steps()).is_ok()
    }
}

impl Cursor for WearableCursor {
    fn is_plausible(&self) -> bool {
        is_storable(self.recorded_at)
    }
}

/// Whether an instant lies in the years 1 to 9999, which every database knows.
pub(crate) fn is_storable(instant: Timestamp) -> bool {
    (-62_135_596_800..253_402_300_800).contains(&instant.as_second())
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tagged<'a, C> {
    list: Cow<'a, str>,
    after: C,
}

/// The cursor as it is sent.
pub(crate) fn encode<C: Cursor>(list: &str, after: &C) -> Result<String, Problem> {
    let json = serde_json::to_vec(&Tagged { list: list.into(), after });
    json.map(|json| URL_SAFE_NO_PAD.encode(json)).map_err(|error| Problem::internal(error.to_string()))
}

/// The cursor that was sent, if this list gave it.
pub(crate) fn decode<C: Cursor>(list: &str, sent: &str) -> Result<C, Problem> {
    URL_SAFE_NO_PAD
        .decode(sent)
        .ok()
        .and_then(|json| serde_json::from_slice::<Tagged<'_, C>>(&json).ok())
        .filter(|tagged| tagged.list == list && tagged.after.is_plausible())
        .map(|tagged| tagged.after)
        .ok_or_else(Problem::invalid_cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_to_its_own_list_only() {
        let sent = encode("queue", &QueueNumber::new(7)).unwrap();
        assert_eq!(decode::<QueueNumber>("queue", &sent).unwrap(), QueueNumber::new(7));
        assert!(decode::<QueueNumber>("other", &sent).is_err());
        assert!(decode::<EventCursor>("queue", &sent).is_err());
    }

    #[test]
    fn forged_cursors_are_refused() {
        let forge = |json: &str| URL_SAFE_NO_PAD.encode(json);
        for bad in ["", "?", "AAAA", "é", &forge("{}"), &forge("[]"), &forge("{\"list\":\"q\",\"after\":-1}")]
        {
            assert!(decode::<QueueNumber>("q", bad).is_err(), "{bad}");
        }
        assert!(
            decode::<QueueNumber>("q", &forge("{\"list\":\"q\",\"after\":18446744073709551615}")).is_err()
        );
        assert!(decode::<Day>("q", &forge("{\"list\":\"q\",\"after\":20551}")).is_ok());
        assert!(decode::<Day>("q", &forge("{\"list\":\"q\",\"after\":-1}")).is_err());
        assert!(decode::<String>("clubs", &forge("{\"list\":\"clubs\",\"after\":\"a\\u0000\"}")).is_err());
    }
}
