//! The JSON of a record as it came, compressed.

use spotter_domain::StoreError;

use super::repository::TABLE;

/// Faster than the JSON comes, and a fifth of its size.
const LEVEL: i32 = 3;

/// The most that is made of what is stored: many times of what is taken (64 KiB), and nothing to a server.
const MOST_BYTES: usize = 1 << 20;

pub(super) fn compress(raw: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(raw, LEVEL).map_err(|_| unreadable("can't be compressed"))
}

pub(super) fn decompress(compressed: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::decompress(compressed, MOST_BYTES)
        .map_err(|_| unreadable("can't be decompressed, or is more than 1 MiB"))
}

/// The error names no row: its caller asked for a single one.
fn unreadable(detail: &str) -> StoreError {
    StoreError::Corrupt { table: TABLE, column: "raw", id: String::from("?"), detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compressed_comes_back() {
        let record = br#"{"sleep_id":"ecfc6a15-4661-442f-a9a4-f160dd7afae8","score_state":"SCORED"}"#;
        for raw in [&b""[..], &record[..], &record.repeat(800)] {
            assert_eq!(decompress(&compress(raw).unwrap()).unwrap(), raw);
        }
        assert!(compress(&record.repeat(800)).unwrap().len() < 1_000);
    }

    #[test]
    fn what_would_become_too_large_is_refused() {
        let bomb = compress(&vec![b' '; MOST_BYTES + 1]).unwrap();
        assert!(bomb.len() < 1_000);
        assert!(matches!(decompress(&bomb), Err(StoreError::Corrupt { column: "raw", .. })));
        assert!(decompress(&compress(&vec![b' '; MOST_BYTES]).unwrap()).is_ok());
        assert!(decompress(b"{}").is_err());
    }
}
