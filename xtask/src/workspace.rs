//! Where things are.

use std::path::{Path, PathBuf};

/// The root of the workspace, whatever folder the chore was called from.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The built program.
pub(crate) fn spotter() -> PathBuf {
    target().join("debug").join(format!("spotter{}", std::env::consts::EXE_SUFFIX))
}

/// A program that was built as it is released.
pub(crate) fn released(name: &str) -> PathBuf {
    target().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
