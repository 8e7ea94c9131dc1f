//! Entity tags: made of a body and, where there is one, a version; read from the conditional headers.

use actix_web::http::header::HeaderMap;
use actix_web::http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use spotter_application::ExpectedVersion;

/// How much of a hash makes a tag: 96 bits, too many for two bodies of one resource to share.
const HASH_BYTES: usize = 12;

/// The tag of a body, in its quotes. A version in it lets `If-Match` guard an edit although counters in the
/// body have moved since.
pub(crate) fn tag(body: &[u8], version: Option<u32>) -> String {
    let digest = Sha256::digest(body);
    let hash = URL_SAFE_NO_PAD.encode(&digest[..HASH_BYTES]);
    match version {
        Some(version) => format!("\"v{version}-{hash}\""),
        None => format!("\"{hash}\""),
    }
}

/// What a conditional header names.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    /// Whatever there is.
    Anything,
    /// These tags, as they were sent.
    Tags(Vec<String>),
}

/// Reads a conditional header; nothing when it was not sent.
fn named(headers: &HeaderMap, name: &HeaderName) -> Option<Named> {
    let mut tags = Vec::new();
    let mut sent = false;
    for value in headers.get_all(name) {
        sent = true;
        let Ok(text) = value.to_str() else { continue };
        if text.trim() == "*" {
            return Some(Named::Anything);
        }
        split(text, &mut tags);
    }
    sent.then_some(Named::Tags(tags))
}

/// Splits a list of tags at the commas outside of quotes.
fn split(list: &str, tags: &mut Vec<String>) {
    let mut quoted = false;
    let parts = list.split(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    tags.extend(parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned));
}

/// Whether `If-None-Match` says that the caller has this representation (weak comparison, RFC 9110, 8.8.3.2).
pub(crate) fn caller_has(headers: &HeaderMap, tag: &str) -> bool {
    match named(headers, &IF_NONE_MATCH) {
        None => false,
        Some(Named::Anything) => true,
        Some(Named::Tags(tags)) => tags.iter().any(|sent| sent.strip_prefix("W/").unwrap_or(sent) == tag),
    }
}

/// Which versions `If-Match` expects. A weak tag never matches (strong comparison), nor does one that is not
/// ours.
pub(crate) fn expected(headers: &HeaderMap) -> ExpectedVersion {
    match named(headers, &IF_MATCH) {
        None | Some(Named::Anything) => ExpectedVersion::Any,
        Some(Named::Tags(tags)) => {
            ExpectedVersion::OneOf(tags.iter().filter_map(|tag| version_of(tag)).collect())
        }
    }
}

fn version_of(tag: &str) -> Option<u32> {
    let inner = tag.strip_prefix("\"v")?.strip_suffix('"')?;
    let (version, hash) = inner.split_once('-')?;
    let ours = URL_SAFE_NO_PAD.decode(hash).is_ok_and(|bytes| bytes.len() == HASH_BYTES);
    if ours && version.bytes().all(|b| b.is_ascii_digit()) { version.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
        headers
    }

    #[test]
    fn the_version_can_be_read_back() {
        let tag = tag(b"{}", Some(7));
        let expect = |value: &str| expected(&headers(IF_MATCH, value));
        assert_eq!(expect(&tag), ExpectedVersion::OneOf(vec![7]));
        assert_eq!(expect(&format!("\"other\", {tag}")), ExpectedVersion::OneOf(vec![7]));
        assert_eq!(expect("*"), ExpectedVersion::Any);
        assert_eq!(expected(&HeaderMap::new()), ExpectedVersion::Any);
    }

    #[test]
    fn what_is_not_our_tag_never_matches() {
        for other in ["", "abc", "\"v7\"", "\"v-abc\"", "\"v7-abc\"", "\"v+7-AAAAAAAAAAAAAAAA\""] {
            assert_eq!(expected(&headers(IF_MATCH, other)), ExpectedVersion::OneOf(vec![]), "{other}");
        }
        let weak = format!("W/{}", tag(b"{}", Some(7)));
        assert_eq!(expected(&headers(IF_MATCH, &weak)), ExpectedVersion::OneOf(vec![]));
    }

    #[test]
    fn a_representation_is_recognised_weakly_and_in_lists() {
        let tag = tag(b"{}", None);
        let has = |value: &str| caller_has(&headers(IF_NONE_MATCH, value), &tag);
        assert!(has(&tag) && has(&format!("W/{tag}")) && has("*") && has(&format!("\"a,b\", {tag}")));
        assert!(!has("\"other\"") && !has("") && !caller_has(&HeaderMap::new(), &tag));
    }
}
