//! The scripts that make tools ready.

use std::fs;
use std::path::Path;
use std::process::Command;

const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn install_kubectl(cluster: &str) -> (bool, String) {
    let folder = tempfile::TempDir::new().unwrap();
    // What is downloaded is not what was pinned.
    let curl = folder.path().join("curl");
    fs::write(
        &curl,
        "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --output ] && echo other > \"$2\"; shift; done\n",
    )
    .unwrap();
    let kubectl = folder.path().join("kubectl");
    fs::write(&kubectl, "#!/bin/sh\necho 'Client Version: v1.26.2'\n").unwrap();
    for program in [&curl, &kubectl] {
        fs::set_permissions(program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    let path = std::env::var("PATH").unwrap();
    let output = Command::new(Path::new(TOP).join("codebuild/scripts/install-kubectl"))
        .arg(cluster)
        .env("PATH", format!("{}:{path}", folder.path().display()))
        .env("TOOLS", folder.path())
        .output()
        .unwrap();
    assert!(fs::read_to_string(kubectl).unwrap().contains("v1.26.2"), "the old one is still there");
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_kubectl_too_far_from_its_cluster_is_refused() {
    for cluster in ["1.32", "1.36"] {
        let (succeeded, told) = install_kubectl(cluster);
        assert!(!succeeded);
        assert!(
            told.contains(&format!("more than one minor version away from the cluster's {cluster}")),
            "{told}"
        );
    }
}

#[test]
fn a_kubectl_that_is_not_the_pinned_one_is_not_installed() {
    for cluster in ["1.33", "1.34", "1.35"] {
        let (succeeded, told) = install_kubectl(cluster);
        assert!(!succeeded);
        assert!(told.contains("checksum"), "{told}");
    }
}

#[test]
fn rust_is_the_one_that_the_workspace_asks_for() {
    let script = fs::read_to_string(Path::new(TOP).join("codebuild/scripts/install-rust")).unwrap();
    assert!(script.contains(&format!("\nrust={}.0\n", env!("CARGO_PKG_RUST_VERSION"))));
}
