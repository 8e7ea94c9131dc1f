//! People: who they are, how they prove it, what they prefer.

mod aggregate;
mod api_key;
mod athlete;
mod email;
mod password;
mod preferences;
mod queries;
mod refresh_token;
mod repository;

pub use aggregate::{Account, AccountChange};
pub use api_key::ApiKey;
pub use athlete::Athlete;
pub use email::Email;
pub use password::{HasherError, Password, PasswordHash, PasswordHasher};
pub use preferences::{
    DefaultRest, Preferences, PreferencesChange, ProgressionType, Units, WarmupPercentages, WeekStart,
};
pub use queries::{AccountQueries, ApiKeyView, Credentials, Profile};
pub use refresh_token::{RefreshToken, Rotation};
pub use repository::{AccountRepository, ApiKeyRepository, RefreshTokenRepository};
