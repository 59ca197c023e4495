use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{EmitError, Written, write};
use crate::bundle::{Bundle, Content, Document};
use crate::emit::{Files, Format, differences, plan};
use crate::lint::{Options, check};
use crate::read;

/// The plan of an environment with one ConfigMap a name, and a page of text.
fn planned(names: &[&str], value: &str) -> Files {
    let mut bundle = Bundle { environment: Some("prod".to_owned()), ..Bundle::default() };
    for name in names {
        let yaml = format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{value: '{value}'}}\n"
        );
        let object = Content::Object(read::objects(&yaml).unwrap().remove(0));
        bundle.documents.push(Document::rendered(format!("kubernetes/{name}.yaml"), object));
    }
    bundle.documents.push(Document::rendered("README.md", Content::Text("# prod\n".to_owned())));
    plan(&check(bundle, &Options::default()).unwrap(), Format::Yaml)
}

/// Everything below a folder.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    crate::emit::folder::read(folder).unwrap()
}

/// The names beside the folder: leftovers would be among them.
fn siblings(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.parent().unwrap()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn files_are_laid_out_with_a_header_and_a_listing() {
    let files = planned(&["a"], "x");
    let texts: Vec<_> = files
        .iter()
        .map(|(path, bytes)| (path.to_str().unwrap(), std::str::from_utf8(bytes).unwrap()))
        .collect();
    let words =
        "Rendered by infragen from prod; do not edit: change environments/ and run `infragen render prod`.";
    assert_eq!(
        texts,
        [
            (
                ".infragen",
                "# What infragen wrote here. It replaces these files, and no others.\nREADME.md\nkubernetes/a.yaml\n"
            ),
            ("README.md", format!("<!-- {words} -->\n# prod\n").as_str()),
            (
                "kubernetes/a.yaml",
                format!(
                    "# {words}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  value: x\n"
                )
                .as_str()
            ),
        ]
    );
}

#[test]
fn a_folder_is_made_changed_and_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated/prod");
    let written = write(&planned(&["a", "b"], "x"), &folder).unwrap();
    assert_eq!(written.changed.len(), 4);
    assert_eq!(contents(&folder), planned(&["a", "b"], "x").0);

    let inode = fs::metadata(&folder).unwrap().ino();
    assert_eq!(write(&planned(&["a", "b"], "x"), &folder).unwrap(), Written::default());
    assert_eq!(fs::metadata(&folder).unwrap().ino(), inode, "nothing is written where nothing differs");

    let written = write(&planned(&["a", "c"], "x"), &folder).unwrap();
    assert_eq!(written.removed, [PathBuf::from("kubernetes/b.yaml")]);
    assert_eq!(written.changed, [PathBuf::from(".infragen"), PathBuf::from("kubernetes/c.yaml")]);
    assert_eq!(contents(&folder), planned(&["a", "c"], "x").0);
    assert_eq!(siblings(&folder), ["prod"]);
}

#[test]
fn what_was_changed_by_hand_is_rendered_again() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("prod");
    write(&planned(&["a"], "x"), &folder).unwrap();
    fs::write(folder.join("kubernetes/a.yaml"), "edited").unwrap();
    assert_eq!(write(&planned(&["a"], "x"), &folder).unwrap().changed, [PathBuf::from("kubernetes/a.yaml")]);
}

#[test]
fn what_somebody_else_wrote_is_never_touched() {
    for name in ["notes.txt", "kubernetes/extra.yaml", "kubernetes/b.yaml"] {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("prod");
        write(&planned(&["a"], "x"), &folder).unwrap();
        fs::write(folder.join(name), "mine").unwrap();
        let before = contents(&folder);
        let error = write(&planned(&["a", "b"], "y"), &folder).unwrap_err();
        assert!(error.to_string().contains(name) && error.to_string().contains("--out"), "{error}");
        assert_eq!(contents(&folder), before);
        assert_eq!(siblings(&folder), ["prod"]);
    }
}

#[test]
fn a_folder_without_a_listing_is_adopted_when_it_holds_just_what_would_be_written() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("prod");
    write(&planned(&["a"], "x"), &folder).unwrap();
    fs::remove_file(folder.join(".infragen")).unwrap();
    assert!(write(&planned(&["a"], "x"), &folder).is_ok());
    fs::remove_file(folder.join(".infragen")).unwrap();
    assert!(matches!(write(&planned(&["a"], "y"), &folder), Err(EmitError::Foreign { .. })));
}

#[test]
fn links_are_followed_to_the_folder_and_not_out_of_it() {
    let root = tempfile::tempdir().unwrap();
    let (real, link) = (root.path().join("real"), root.path().join("link"));
    fs::create_dir(&real).unwrap();
    symlink("real", &link).unwrap();
    write(&planned(&["a"], "x"), &link).unwrap();
    assert!(link.is_symlink());
    assert_eq!(contents(&real), planned(&["a"], "x").0);

    let outside = root.path().join("outside");
    fs::write(&outside, "mine").unwrap();
    fs::remove_file(real.join("README.md")).unwrap();
    symlink(&outside, real.join("README.md")).unwrap();
    write(&planned(&["a"], "y"), &link).unwrap();
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");

    symlink("nowhere", root.path().join("dangling")).unwrap();
    for no_folder in ["dangling", "outside"] {
        let error = write(&planned(&["a"], "x"), &root.path().join(no_folder)).unwrap_err();
        assert!(matches!(error, EmitError::NoFolder(_)), "{error}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("file"), "").unwrap();
    let error = write(&planned(&["a"], "x"), &root.path().join("file/below/prod")).unwrap_err();
    assert!(error.to_string().contains("file"), "{error}");
    assert_eq!(siblings(&root.path().join("prod")), ["file"]);
}

#[test]
fn leftovers_of_killed_runs_are_removed_and_those_of_living_ones_are_not() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("prod");
    let (dead, living) = (root.path().join(".prod.infragen-new-1"), root.path().join(".prod.infragen-new-2"));
    for leftover in [&dead, &living] {
        fs::create_dir(leftover).unwrap();
        fs::write(leftover.join("half"), "").unwrap();
    }
    let lock = fs::File::open(&living).unwrap();
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive).unwrap();
    write(&planned(&["a"], "x"), &folder).unwrap();
    assert_eq!(siblings(&folder), [".prod.infragen-new-2", "prod"]);
}

#[test]
fn a_path_that_leads_outside_is_refused() {
    let root = tempfile::tempdir().unwrap();
    for path in ["../x", "/x", "a/../../x", ""] {
        let files = Files(BTreeMap::from([(PathBuf::from(path), Vec::new())]));
        assert!(matches!(write(&files, &root.path().join("prod")), Err(EmitError::Outside(_))), "{path}");
    }
}

#[test]
fn differences_are_what_a_write_would_change() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("prod");
    let files = planned(&["a", "b"], "x");
    assert_eq!(differences(&files, &folder).unwrap().len(), files.0.len());
    write(&files, &folder).unwrap();
    assert_eq!(differences(&files, &folder).unwrap(), []);
    fs::write(folder.join("stray"), "mine").unwrap();
    fs::remove_file(folder.join("README.md")).unwrap();
    let differ = differences(&files, &folder).unwrap();
    let sides: Vec<_> = differ
        .iter()
        .map(|difference| {
            (difference.path.to_str().unwrap(), difference.before.is_some(), difference.after.is_some())
        })
        .collect();
    assert_eq!(sides, [("README.md", false, true), ("stray", true, false)]);
}

/// Not a test of its own: [`in_a_shell`] runs it in a process that may write only so much.
#[test]
#[ignore = "run by other tests, in a process of its own"]
fn write_much() {
    let folder = PathBuf::from(std::env::var_os("INFRAGEN_TEST_FOLDER").unwrap());
    let error = write(&planned(&["a", "b"], &"y".repeat(100_000)), &folder).unwrap_err();
    assert!(matches!(error, EmitError::Write { .. }), "{error}");
}

/// Runs [`write_much`] after a shell's command that takes something away from it.
fn in_a_shell(command: &str, folder: &Path) -> bool {
    let tests = std::env::current_exe().unwrap();
    let status = Command::new("sh")
        .args([
            "-c",
            &format!("{command}; exec \"$0\" --exact emit::write::tests::write_much --ignored"),
            tests.to_str().unwrap(),
        ])
        .env("INFRAGEN_TEST_FOLDER", folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.unwrap().success()
}

#[test]
fn a_full_disk_and_a_killed_run_leave_what_was_there() {
    // No file may be longer than 8 KiB; ignoring the signal makes the write fail, and not ignoring it kills the run.
    for (command, is_killed) in [("trap '' XFSZ; ulimit -f 16", false), ("ulimit -c 0; ulimit -f 16", true)] {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("prod");
        write(&planned(&["a"], "x"), &folder).unwrap();
        let before = contents(&folder);
        assert_eq!(in_a_shell(command, &folder), !is_killed, "{command}");
        assert_eq!(contents(&folder), before);
        assert_eq!(siblings(&folder).len(), if is_killed { 2 } else { 1 }, "{command}");
        write(&planned(&["b"], "x"), &folder).unwrap();
        assert_eq!(siblings(&folder), ["prod"], "the next run tidies up");
    }
}
