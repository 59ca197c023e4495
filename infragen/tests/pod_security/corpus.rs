//! The plugin's own Pods, which it takes or refuses: `../shared/corpora/pod-security/vVERSION/LEVEL/{pass,fail}`.

use std::fs;
use std::path::{Path, PathBuf};

use infragen::lint::Options;
use infragen::lint::pod_security::Level;

use crate::{bundle, refusals};

/// The rule that is the control in whose name a file is refused, at the level `baseline` and at `restricted`.
const CONTROLS: [(&str, &str, &str); 19] = [
    ("allowprivilegeescalation", "", "privilege-escalation-allowed"),
    ("apparmorprofile", "app-armor-profile-unconfined", "app-armor-profile-unconfined"),
    ("capabilities_baseline", "capability-added-beyond-baseline", "capability-beyond-restricted"),
    ("capabilities_restricted", "", "capability-beyond-restricted"),
    ("hostnamespaces", "host-namespace-shared", "host-namespace-shared"),
    ("hostpathvolumes", "host-path-volume", "volume-type-beyond-restricted"),
    ("hostports", "host-port-taken", "host-port-taken"),
    ("hostprobesandhostlifecycle", "host-in-probe-or-hook", "host-in-probe-or-hook"),
    ("privileged", "privileged-container", "privileged-container"),
    ("procmount", "proc-mount-unmasked", "proc-mount-unmasked"),
    ("procmount_restricted", "", "proc-mount-not-default"),
    ("restrictedvolumes", "", "volume-type-beyond-restricted"),
    ("runasnonroot", "", "root-user-allowed"),
    ("runasuser", "", "root-user-set"),
    ("seccompprofile_baseline", "seccomp-profile-unconfined", "seccomp-profile-missing"),
    ("seccompprofile_restricted", "", "seccomp-profile-missing"),
    ("selinuxoptions", "custom-se-linux-options", "custom-se-linux-options"),
    ("sysctls", "unsafe-sysctl", "unsafe-sysctl"),
    ("windowshostprocess", "windows-host-process", "windows-host-process"),
];

/// The entries of a folder, by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// The rule that must refuse a file of the corpus.
fn control(level: Level, file: &Path) -> &'static str {
    let control = name(file).trim_end_matches(|last: char| last.is_ascii_digit());
    let found = CONTROLS.iter().find(|(name, ..)| *name == control);
    let (_, baseline, restricted) = found.unwrap_or_else(|| panic!("no rule is the control `{control}`"));
    if level == Level::Baseline { baseline } else { restricted }
}

#[test]
fn the_corpus_is_judged_as_the_plugin_judges_it() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora/pod-security");
    if !corpus.is_dir() {
        println!("skipped: the corpus is not at {}", corpus.display());
        return;
    }
    let (mut agreed, mut disagreements) = (0, Vec::new());
    for version in entries(&corpus).into_iter().filter(|path| path.is_dir()) {
        let version_name = version.file_name().unwrap().to_str().unwrap();
        let minor = version_name.strip_prefix("v1.").unwrap().parse().unwrap();
        for (level_name, level) in [("baseline", Level::Baseline), ("restricted", Level::Restricted)] {
            let options =
                Options { pod_security: Some(level), kubernetes: vec![(1, minor)], ..Options::default() };
            for verdict in ["fail", "pass"] {
                for file in entries(&version.join(level_name).join(verdict)) {
                    let refused_by = refusals(&bundle(&fs::read_to_string(&file).unwrap()), &options);
                    // A few break a second control too, without which the API server would not even look.
                    let is_right = match verdict {
                        "pass" => refused_by.is_empty(),
                        _ => refused_by.contains(&control(level, &file)),
                    };
                    if is_right {
                        agreed += 1;
                    } else {
                        let file = file.strip_prefix(&corpus).unwrap().display();
                        disagreements.push(format!("{file}: refused by {refused_by:?}"));
                    }
                }
            }
        }
    }
    let all = agreed + disagreements.len();
    println!("{agreed} of {all} files of the corpus are judged as the plugin judges them");
    assert!(all > 0, "there is no file in {}", corpus.display());
    assert!(disagreements.is_empty(), "{agreed} of {all} agree; not\n{}", disagreements.join("\n"));
}
