//! The layers, told as what is absent from them.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The files below `src` whose path `choose` takes, and that hold one of `words`.
fn holding(words: &[&str], choose: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&folder);
    assert!(files.iter().any(|file| choose(file.strip_prefix(&folder).unwrap())), "nothing is looked at");
    let within = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        choose(file.strip_prefix(&folder).unwrap()) && words.iter().any(|word| text.contains(word))
    };
    files.into_iter().filter(within).collect()
}

#[test]
fn only_the_store_knows_diesel() {
    assert_eq!(
        holding(&["diesel::", "diesel_migrations"], |file| !file.starts_with("store")),
        [] as [PathBuf; 0]
    );
}

#[test]
fn the_store_knows_no_http() {
    assert_eq!(
        holding(&["rocket", "crate::routes", "crate::error"], |file| file.starts_with("store")),
        [] as [PathBuf; 0]
    );
}

#[test]
fn the_reports_know_neither() {
    let others = ["diesel", "rocket", "tokio", "service_settings", "crate::"];
    assert_eq!(holding(&others, |file| file.starts_with("reports")), [] as [PathBuf; 0]);
}

#[test]
fn the_dashboard_knows_neither() {
    let others = ["diesel", "rocket", "tokio", "service_settings", "crate::store", "crate::routes"];
    assert_eq!(holding(&others, |file| file.starts_with("dashboard")), [] as [PathBuf; 0]);
}

#[test]
fn the_routes_know_no_settings_values() {
    assert_eq!(
        holding(&[" Settings", "&Settings", "::Settings", "SELECT "], |file| file.starts_with("routes")),
        [] as [PathBuf; 0]
    );
}

#[test]
fn the_service_knows_no_infragen() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("infragen"));
}
