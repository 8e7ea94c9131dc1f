//! People and their credentials as they are sent.

use serde::{Deserialize, Serialize};
use spotter_application::account::{ACCESS_TOKEN_LIFETIME, CreatedApiKey, IssuedTokens};
use spotter_domain::Timestamp;
use spotter_domain::account::{ApiKeyView, Preferences, Profile};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::Representation;
use crate::words;

/// A person, as they see themselves.
#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserBody {
    id: Uuid,
    /// The address as it was written.
    #[schema(format = "email")]
    email: String,
    /// How they want to be called.
    display_name: String,
    preferences: PreferencesBody,
    /// Whether they run the installation.
    is_operator: bool,
    #[serde(skip)]
    version: u32,
}

/// How a person wants to see things.
#[derive(Serialize, ToSchema)]
#[schema(as = Preferences)]
pub(crate) struct PreferencesBody {
    #[schema(schema_with = words::units)]
    units: &'static str,
    #[schema(schema_with = words::week_start)]
    week_start: &'static str,
    /// The zone in which they want times shown and their days begin; the club's own, and UTC, without one.
    #[schema(required, example = "Europe/Zurich")]
    time_zone: Option<String>,
    #[schema(schema_with = words::one_rep_max_formula)]
    one_rep_max_formula: &'static str,
    /// How many seconds they rest between sets.
    default_rest_s: u16,
    #[schema(schema_with = words::progression_preference)]
    progression: &'static str,
    #[schema(schema_with = words::warmup_percentages)]
    warmup_percentages: Vec<u8>,
}

impl PreferencesBody {
    fn new(preferences: &Preferences) -> Self {
        Self {
            units: preferences.units.as_str(),
            week_start: preferences.week_start.as_str(),
            time_zone: preferences.time_zone.as_ref().map(|name| name.as_str().to_owned()),
            one_rep_max_formula: preferences.one_rep_max.as_str(),
            default_rest_s: preferences.default_rest.seconds(),
            progression: preferences.progression.as_str(),
            warmup_percentages: preferences.warmup.as_slice().to_vec(),
        }
    }
}

impl UserBody {
    pub(super) fn new(profile: Profile) -> Self {
        Self {
            id: profile.id.uuid(),
            email: profile.email,
            display_name: profile.display_name,
            preferences: PreferencesBody::new(&profile.preferences),
            is_operator: profile.is_operator,
            version: profile.version,
        }
    }
}

impl Representation for UserBody {
    fn version(&self) -> Option<u32> {
        Some(self.version)
    }
}

/// What somebody who signed in is handed.
#[derive(Serialize, ToSchema)]
#[schema(as = IssuedTokens)]
pub(crate) struct IssuedTokensBody {
    user: UserBody,
    /// Good for `expires_in` seconds, as a bearer token.
    access_token: String,
    /// Good once, for the next pair.
    refresh_token: String,
    #[schema(value_type = String, pattern = "^Bearer$")]
    token_type: &'static str,
    /// Seconds until the access token expires.
    expires_in: u64,
}

impl IssuedTokensBody {
    pub(super) fn new(issued: IssuedTokens) -> Self {
        Self {
            access_token: issued.access_token.expose().to_owned(),
            refresh_token: issued.refresh_token.expose().to_owned(),
            token_type: "Bearer",
            expires_in: ACCESS_TOKEN_LIFETIME.as_secs(),
            user: UserBody::new(issued.profile),
        }
    }
}

impl Representation for IssuedTokensBody {}

/// A refresh token that is presented.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RefreshToken, example = json!({"refresh_token": "spr_2hS8..."}))]
pub(crate) struct RefreshTokenRequest {
    pub(super) refresh_token: String,
}

/// An API key; the key itself was shown once.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub(crate) struct ApiKeyBody {
    id: Uuid,
    /// What its owner calls it.
    name: String,
    created_at: Timestamp,
}

impl ApiKeyBody {
    pub(super) fn new(view: ApiKeyView) -> Self {
        Self { id: view.id.uuid(), name: view.name, created_at: view.created_at }
    }
}

/// A new API key. This is the only time that it is told.
#[derive(Serialize, ToSchema)]
#[schema(as = CreatedApiKey)]
pub(crate) struct CreatedApiKeyBody {
    id: Uuid,
    /// What its owner calls it.
    name: String,
    /// The key, to be sent as a bearer token.
    key: String,
    created_at: Timestamp,
}

impl CreatedApiKeyBody {
    pub(super) fn new(created: CreatedApiKey) -> Self {
        let CreatedApiKey { view, key } = created;
        Self { id: view.id.uuid(), name: view.name, key, created_at: view.created_at }
    }
}

impl Representation for CreatedApiKeyBody {}
