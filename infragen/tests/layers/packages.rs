//! What packages may be built into what, read from `Cargo.lock`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::top;

/// The invariants of this file, as `ARCHITECTURE.md` tells them.
pub(crate) const NAMES: [&str; 3] = [
    "`environments` builds neither Rocket nor Diesel",
    "`service` never depends on `infragen`",
    "`infragen` knows nothing of `service`",
];

/// A package, what it must not be built with, and why.
const ABSENT: [(&str, &[&str], &str); 3] = [
    (
        "environments",
        &["rocket", "diesel", "openssl-sys", "libsqlite3-sys", "service"],
        "`cargo infragen render` is to be ready in a fresh clone within minutes",
    ),
    (
        "service",
        &["infragen", "environments", "k8s-openapi"],
        "the image holds what it needs to serve, and no more",
    ),
    (
        "infragen",
        &["service", "service-settings", "environments"],
        "another team adds it to a crate of its own",
    ),
];

#[test]
fn packages_are_built_without_what_they_must_not_know() {
    let lock = fs::read_to_string(top().join("Cargo.lock")).expect("Cargo.lock");
    let packages = packages(&lock);
    for (package, absent, why) in ABSENT {
        assert!(packages.contains_key(package), "there is no package `{package}`");
        let built = built_with(&packages, package);
        for absent in absent {
            assert!(!built.contains(absent), "`{package}` is built with `{absent}`, and must not be: {why}");
        }
    }
}

/// Every package, and the names of those that it depends on; tests' dependencies are among them.
fn packages(lock: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut packages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let name = package.split('"').nth(1).unwrap_or_default();
        let dependencies = package.split_once("dependencies = [").map_or("", |(_, list)| list);
        let names = dependencies.split('"').skip(1).step_by(2).filter_map(|each| each.split(' ').next());
        packages.entry(name).or_default().extend(names);
    }
    packages
}

/// All that a package is built with, itself left out.
fn built_with<'l>(packages: &BTreeMap<&'l str, BTreeSet<&'l str>>, package: &'l str) -> BTreeSet<&'l str> {
    let mut built = BTreeSet::new();
    let mut waiting = vec![package];
    while let Some(next) = waiting.pop() {
        for dependency in packages.get(next).into_iter().flatten() {
            if built.insert(*dependency) {
                waiting.push(dependency);
            }
        }
    }
    built
}
