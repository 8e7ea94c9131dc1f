//! `spotter openapi`.

use crate::exit::Failure;

/// The OpenAPI document as JSON.
///
/// # Errors
///
/// [`Failure::Other`] when it can't be written as JSON.
pub fn run() -> Result<String, Failure> {
    let document = spotter_http::openapi();
    let text =
        document.to_pretty_json().map_err(|error| Failure::other("the document can't be written", error))?;
    Ok(format!("{text}\n"))
}
