//! The signing key of an installation on the embedded database: made once, kept beside it.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use spotter_security::SigningKey;

use crate::exit::Failure;

/// Where the key of the database in `file` is kept.
#[must_use]
pub fn path_beside(file: &Path) -> PathBuf {
    file.with_extension("key")
}

/// Reads the key at `path`, or makes one there that only this user can read.
///
/// # Errors
///
/// [`Failure`] when the file can't be read or written, or what is in it is no key.
pub fn read_or_make(path: &Path) -> Result<SigningKey, Failure> {
    let told = |error: &dyn std::fmt::Display| {
        Failure::Other(format!("the signing key in {} can't be used: {error}", path.display()))
    };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| told(&error))?;
    }
    let key = SigningKey::generate().map_err(|error| told(&error))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(key.expose().as_bytes()).map_err(|error| told(&error))?;
            file.sync_all().map_err(|error| told(&error))?;
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let kept = fs::read_to_string(path).map_err(|error| told(&error))?;
            SigningKey::parse(SecretString::from(kept.trim().to_owned())).map_err(|error| told(&error))
        }
        Err(error) => Err(told(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = path_beside(&folder.path().join("data/spotter.db"));
        let made = read_or_make(&path).unwrap();
        assert_eq!(read_or_make(&path).unwrap().expose(), made.expose());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_key_is_told_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spotter.key");
        fs::write(&path, "short").unwrap();
        assert!(read_or_make(&path).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "short");
    }
}
