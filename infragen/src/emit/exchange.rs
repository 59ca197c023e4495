//! Puts one folder in the place of another in a single step, where the system has one.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Puts `new` where `old` is. Afterwards `new` is gone, or holds what `old` held.
pub(super) fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
            // The file system cannot.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            done => return done.map_err(io::Error::from),
        }
    }
    exchange_in_steps(new, old)
}

/// The same in two steps. A run that is killed between them leaves `old` under its set-aside name, and
/// [`put_back`] mends that.
fn exchange_in_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = set_aside_name(old);
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

/// Mends what a run left that was killed while it exchanged in steps.
pub(super) fn put_back(folder: &Path) -> io::Result<()> {
    let aside = set_aside_name(folder);
    if fs::exists(&aside)? && !fs::exists(folder)? {
        fs::rename(&aside, folder)?;
    }
    Ok(())
}

fn set_aside_name(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.infragen-aside"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{exchange, exchange_in_steps, put_back, set_aside_name};

    #[test]
    fn both_ways_leave_the_old_where_the_new_was() {
        for way in [exchange, exchange_in_steps] {
            let root = tempfile::tempdir().unwrap();
            let (new, old) = (root.path().join("new"), root.path().join("old"));
            for folder in [&new, &old] {
                fs::create_dir(folder).unwrap();
                fs::write(folder.join("name"), folder.file_name().unwrap().as_encoded_bytes()).unwrap();
            }
            way(&new, &old).unwrap();
            assert_eq!(fs::read_to_string(old.join("name")).unwrap(), "new");
            assert_eq!(fs::read_to_string(new.join("name")).unwrap(), "old");
            assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2);
        }
    }

    #[test]
    fn what_was_set_aside_is_put_back() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("prod");
        fs::create_dir(set_aside_name(&folder)).unwrap();
        put_back(&folder).unwrap();
        assert!(folder.is_dir());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_new_folder_that_is_not_there_leaves_the_old() {
        let root = tempfile::tempdir().unwrap();
        let old = root.path().join("old");
        fs::create_dir(&old).unwrap();
        for way in [exchange, exchange_in_steps] {
            assert!(way(&root.path().join("none"), &old).is_err());
            assert!(old.is_dir());
        }
    }
}
