//! The settings: every one has a default that works; a file, the environment and flags override it in turn.

mod explain;
mod load;
mod model;

pub use explain::explain;
pub use load::{Flags, Loaded, load};
pub use model::{
    AuthSettings, DatabaseSettings, DeskSettings, HttpSettings, LimitsSettings, LogFormat, LogSettings,
    PoolSettings, RedisSettings, Settings, SqliteSettings, WearablesSettings,
};
