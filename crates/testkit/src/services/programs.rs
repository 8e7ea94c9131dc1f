//! Where this machine keeps its programs.

use std::path::{Path, PathBuf};

/// The folders of `PATH`, then the one that an ordinary user's `PATH` on Debian leaves out.
fn folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]).collect()
}

/// The first program of this name.
pub(super) fn on_path(name: &str) -> Option<PathBuf> {
    folders().into_iter().map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
}

/// Every folder that holds both `initdb` and `postgres`, those of `PATH` first, then Debian's, newest first.
pub(super) fn postgres_folders() -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_unstable_by_key(|(version, _)| std::cmp::Reverse(*version));
    let debian = versions.into_iter().map(|(_, folder)| folder);
    folders().into_iter().chain(debian).filter(|folder| is_postgres(folder)).collect()
}

fn is_postgres(folder: &Path) -> bool {
    ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file())
}
