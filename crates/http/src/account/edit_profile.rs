//! `PATCH /api/v1/me`

use serde::Deserialize;
use spotter_application::account::EditProfile;
use spotter_domain::account::{AccountChange, PreferencesChange, Units, WeekStart};
use spotter_domain::club::TimeZoneName;
use spotter_domain::text::DisplayName;
use utoipa::ToSchema;

use super::bodies::UserBody;
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, Maybe, Object};
use crate::words;

/// What changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditProfile, example = json!({"preferences": {"units": "imperial", "time_zone": null}}))]
pub(crate) struct Request {
    /// How they want to be called.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100)]
    display_name: Maybe<String>,
    #[serde(default)]
    #[schema(value_type = PreferencesRequest, required = false)]
    preferences: Maybe<Object<PreferencesRequest>>,
}

/// Which preferences change; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditPreferences)]
pub(crate) struct PreferencesRequest {
    #[serde(default)]
    #[schema(schema_with = words::units, required = false)]
    units: Maybe<String>,
    #[serde(default)]
    #[schema(schema_with = words::week_start, required = false)]
    week_start: Maybe<String>,
    /// A zone of the IANA database; null for the club's own.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, example = "Europe/Zurich")]
    time_zone: Maybe<String>,
}

pub(crate) struct Operation;

/// Edit my profile
#[utoipa::path(patch, path = "/api/v1/me", tag = "me", operation_id = "editProfile", impl_for = Operation,
    request_body = Request,
    responses((status = 200, description = "The profile as it is now.", body = UserBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let Request { display_name, preferences } = body.value;
    let mut findings = Findings::default();
    let preferences = match preferences {
        Maybe::Absent => PreferencesRequest::default(),
        Maybe::Value(Object(preferences)) => preferences,
        null @ Maybe::Null => {
            null.into_patch(&mut findings, "/preferences", |_| Ok(()));
            PreferencesRequest::default()
        }
    };
    let PreferencesRequest { units, week_start, time_zone } = preferences;
    let change = AccountChange {
        display_name: display_name
            .into_patch(&mut findings, "/display_name", |name| DisplayName::parse(&name)),
        preferences: PreferencesChange {
            units: units.into_patch(&mut findings, "/preferences/units", |word| Units::parse(&word)),
            week_start: week_start
                .into_patch(&mut findings, "/preferences/week_start", |word| WeekStart::parse(&word)),
            time_zone: time_zone.into_clearing_patch(&mut findings, "/preferences/time_zone", |name| {
                TimeZoneName::parse(&name)
            }),
            ..PreferencesChange::default()
        },
    };
    let command = findings.finish(EditProfile { change, expected: call.expected() })?;
    let profile = call.spotter().run(&call.context(), &command).await?;
    found(&call, &UserBody::new(profile))
}
