//! A folder for a service's files, which is removed with it.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The beginning of every such folder's name; the id of its process follows.
const PREFIX: &str = "spotter-services-";

/// A folder of its own, reachable for other users of this machine.
#[derive(Debug)]
pub(super) struct Scratch(TempDir);

impl Scratch {
    /// Makes a folder, and removes those that a killed process left behind.
    ///
    /// # Errors
    ///
    /// When the machine's folder for temporary files can't be written to.
    pub(super) fn new() -> io::Result<Self> {
        let parent = std::env::temp_dir();
        sweep(&parent);
        let folder = tempfile::Builder::new()
            .prefix(&format!("{PREFIX}{}-", std::process::id()))
            .tempdir_in(parent)?;
        // Private to its owner at first; a server that runs as another user has to get to its own part.
        #[cfg(unix)]
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711))?;
        Ok(Self(folder))
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// A folder inside, owned by that user if one is given.
    ///
    /// # Errors
    ///
    /// When it can't be made or given away.
    pub(super) fn folder(&self, name: &str, owner: Option<Owner>) -> io::Result<PathBuf> {
        let folder = self.path().join(name);
        std::fs::create_dir(&folder)?;
        std::fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        if let Some(Owner { user, group }) = owner {
            std::os::unix::fs::chown(&folder, Some(user), Some(group))?;
        }
        Ok(folder)
    }
}

/// A user of this machine, by number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    user: u32,
    group: u32,
}

impl Owner {
    /// The user of this name, if the machine has one.
    pub(super) fn named(name: &str) -> Option<Self> {
        let users = std::fs::read_to_string("/etc/passwd").ok()?;
        let fields: Vec<&str> = users
            .lines()
            .map(|line| line.split(':').collect())
            .find(|fields: &Vec<&str>| fields[0] == name)?;
        Some(Self { user: fields.get(2)?.parse().ok()?, group: fields.get(3)?.parse().ok()? })
    }
}

/// Removes the folders of processes that are gone. Best effort: another user's are not ours to remove.
fn sweep(parent: &Path) {
    if !Path::new("/proc/self").exists() {
        return;
    }
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process =
            name.to_str().and_then(|name| name.strip_prefix(PREFIX)).and_then(|rest| rest.split('-').next());
        if process.is_some_and(|id| id.parse::<u32>().is_ok() && !Path::new("/proc").join(id).exists()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
