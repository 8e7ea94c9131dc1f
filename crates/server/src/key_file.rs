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
    match fs::read_to_string(path) {
        Ok(kept) => {
            SigningKey::parse(SecretString::from(kept.trim().to_owned())).map_err(|error| told(&error))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = SigningKey::generate().map_err(|error| told(&error))?;
            match write_whole(path, &key) {
                Ok(()) => Ok(key),
                // Another process made one in this moment: that one counts.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => read_or_make(path),
                Err(error) => Err(told(&error)),
            }
        }
        Err(error) => Err(told(&error)),
    }
}

/// Puts a key in place, whole and on the disk or not at all, and never over another.
fn write_whole(path: &Path, key: &SigningKey) -> std::io::Result<()> {
    let draft = path.with_extension(format!("key.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(&draft)
        .and_then(|mut file| file.write_all(key.expose().as_bytes()).and_then(|()| file.sync_all()))
        // A link, because it refuses to replace what a rename would replace.
        .and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    written.and(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = path_beside(&folder.path().join("spotter.db"));
        let made = read_or_make(&path).unwrap();
        assert_eq!(read_or_make(&path).unwrap().expose(), made.expose());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
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
