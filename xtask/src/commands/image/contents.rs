//! What is in the image: these files, and nothing else.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Built;
use super::archive::Entry;
use crate::figures::{Figures, megabytes};

/// The goal for the whole image, in bytes.
const SIZE: f64 = 12e6;

/// Every path of the image; a folder's ends in a slash.
const FILES: [&str; 8] = [
    "coworking-analytics",
    "etc/",
    "etc/passwd",
    "etc/ssl/",
    "etc/ssl/certs/",
    "etc/ssl/certs/ca-certificates.crt",
    "etc/ssl/rds.pem",
    "licences.txt",
];

/// Looks at all of it.
pub(super) fn look(built: &Built, figures: &mut Figures) {
    let files = match built.image.files() {
        Ok(files) => files,
        Err(error) => return figures.check("the image's files", format!("{error:#}"), false),
    };
    let size: f64 = files.values().map(|file| file.content.len() as f64).sum();
    figures.check("size of the image, at most 12 MB", megabytes(size), size <= SIZE);
    let program = files.get("coworking-analytics").map_or(&[][..], |file| &file.content);
    figures.measured("of it the program", megabytes(program.len() as f64));
    let other = others(&files);
    figures.check(
        "nothing but what belongs there",
        format!("{} files and folders{other}", files.len()),
        other.is_empty(),
    );
    let writable = files.values().any(|file| file.mode & 0o022 != 0 || file.owner != (0, 0));
    figures.check(
        "all of it is root's, and nobody else may write",
        format!("{} files", files.len()),
        !writable,
    );
    figures.check(
        "no file tells when it was built",
        "one date",
        files.values().all(|file| file.changed <= 1),
    );
    figures.check("the program is linked statically", "no interpreter", !needs_an_interpreter(program));
    let paths = ["/build/service", "/usr/local/cargo"].iter().filter(|path| holds(program, path.as_bytes()));
    let paths: Vec<_> = paths.collect();
    figures.check("the program names no folder of the builder", format!("{paths:?}"), paths.is_empty());
    let run = &built.image.config["config"];
    figures.check("its user is a number", run["User"].to_string(), run["User"] == "65532:65532");
    figures.check(
        "its health check is the program's own",
        health(run),
        health(run) == "/coworking-analytics healthcheck",
    );
    let labels = ["version", "revision", "source", "licenses", "title", "description"];
    let told = |label: &&&str| {
        run["Labels"][format!("org.opencontainers.image.{label}")].as_str().is_some_and(|told| told.len() > 2)
    };
    let labels: Vec<_> = labels.iter().filter(told).collect();
    figures.check("labels", format!("{labels:?}"), labels.len() == 6);
    let licences = files
        .get("licences.txt")
        .map_or(0, |file| String::from_utf8_lossy(&file.content).matches("\n====").count());
    figures.check("licences of what is linked", format!("{licences} texts"), licences > 50);
    let authorities = |name: &str| {
        let pem = files.get(name).map(|file| String::from_utf8_lossy(&file.content).into_owned());
        pem.unwrap_or_default().matches("BEGIN CERTIFICATE").count()
    };
    let (all, rds) = (authorities("etc/ssl/certs/ca-certificates.crt"), authorities("etc/ssl/rds.pem"));
    figures.check("certificate authorities: everyone's, RDS'", format!("{all}, {rds}"), all > 50 && rds > 50);
}

/// What is missing or should not be there, the first of it.
fn others(files: &BTreeMap<String, Entry>) -> String {
    let missing =
        FILES.iter().filter(|file| !files.contains_key(**file)).map(|file| format!(", missing {file}"));
    let more =
        files.keys().filter(|file| !FILES.contains(&file.as_str())).map(|file| format!(", more: {file}"));
    missing.chain(more).take(10).collect()
}

fn health(run: &Value) -> String {
    let words = run["Healthcheck"]["Test"].as_array().into_iter().flatten().filter_map(Value::as_str);
    words.filter(|word| *word != "CMD").collect::<Vec<_>>().join(" ")
}

/// Whether a program's headers ask for a dynamic linker: an entry of type 3 in those that ELF of 64 bits begins with.
fn needs_an_interpreter(program: &[u8]) -> bool {
    let number = |at: usize, bytes: usize| {
        let slice = program.get(at..at + bytes)?;
        Some(slice.iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    let (Some(start), Some(size), Some(count)) = (number(32, 8), number(54, 2), number(56, 2)) else {
        return true;
    };
    count == 0 || (0..count).any(|index| number(start + index * size, 4) == Some(3))
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_more_or_less_is_told() {
        let entry = Entry { mode: 0o644, owner: (0, 0), changed: 1, content: Vec::new() };
        let mut files: BTreeMap<_, _> =
            FILES.iter().map(|file| ((*file).to_owned(), entry.clone())).collect();
        assert_eq!(others(&files), "");
        files.insert("bin/sh".to_owned(), entry);
        files.remove("etc/passwd");
        assert_eq!(others(&files), ", missing etc/passwd, more: bin/sh");
    }

    #[test]
    fn a_program_that_is_linked_dynamically_is_told() {
        let own = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        assert!(needs_an_interpreter(&own));
        let mut header = vec![0; 64 + 56];
        header[32] = 64;
        header[54] = 56;
        header[56] = 1;
        header[64] = 1;
        assert!(!needs_an_interpreter(&header));
        header[64] = 3;
        assert!(needs_an_interpreter(&header));
    }
}
