//! `/api/v1/registrations/{id}`

mod attendance;
mod cancel;
mod view;
