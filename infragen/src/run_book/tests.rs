//! What a page says, on two systems that hold everything between them; and every command against what is rendered.

mod commands;
mod sample;

use std::time::Instant;

use super::page::Page;
use super::render::text;
use super::servers::Rds;
use crate::settings::Settings;
use crate::spec::Environment;

fn page(environment: &Environment) -> String {
    text(&Page::of(environment, &Settings::default())).expect("a run book")
}

/// The headings of a page, without those of single workloads.
fn headings(page: &str) -> Vec<&str> {
    page.lines().filter_map(|line| line.strip_prefix("## ")).collect()
}

#[test]
fn only_what_applies_is_shown() {
    let (eks, own, bare) = (page(&sample::eks()), page(&sample::own()), page(&sample::bare()));
    let database = "PostgreSQL: `coworking.c9akciq32.us-east-1.rds.amazonaws.com`";
    let expected = [
        "Before the first apply",
        "What runs",
        "How it hangs together",
        "Variables",
        "Apply",
        "Watch",
        "Release another version",
        "Roll back",
        "Scale",
        database,
        "When something is wrong",
        "Remove everything",
    ];
    assert_eq!(headings(&eks), expected);
    for (word, in_eks, in_own, in_bare) in [
        ("horizontalpodautoscaler", true, true, false),
        ("aws ", true, false, false),
        ("secretsmanager", true, false, false),
        ("cargo infragen secret", false, true, false),
        ("externalsecret", true, false, false),
        ("cronjob", false, true, false),
        ("persistentvolumeclaim", true, true, true),
        ("psql", true, true, false),
        ("redis-cli", false, true, false),
        ("--set images.", true, false, false),
        ("kubectl wait job/", false, true, false),
        ("describe resourcequota", true, true, false),
        ("ingress", true, true, false),
    ] {
        let found = [&eks, &own, &bare].map(|page| page.contains(word));
        assert_eq!(found, [in_eks, in_own, in_bare], "`{word}`");
    }
}

#[test]
fn no_value_of_a_variable_is_shown() {
    for page in [page(&sample::eks()), page(&sample::own())] {
        assert!(!page.contains("a-plain-value"), "{page}");
        assert!(page.contains("| `GREETING` | its ConfigMap |"), "{page}");
    }
    assert!(page(&sample::own()).contains("| `DB_PASSWORD` | Secret database, key password |"));
}

#[test]
fn markdown_is_well_formed() {
    for page in [page(&sample::eks()), page(&sample::own()), page(&sample::bare())] {
        let mut in_fence = false;
        let mut columns = None;
        for line in page.lines().map(str::trim_start) {
            if line.starts_with("```") {
                assert!(in_fence || line.len() > 3, "a fence without a language");
                in_fence = !in_fence;
            }
            let cells = line.replace(r"\|", "").matches('|').count();
            if in_fence || !line.starts_with('|') {
                columns = None;
                continue;
            }
            assert!(line.ends_with('|'), "{line}");
            assert_eq!(*columns.get_or_insert(cells), cells, "{line}");
            assert_eq!(line.matches('`').count() % 2, 0, "{line}");
        }
        assert!(!in_fence, "a fence is left open");
        assert!(page.ends_with('\n') && !page.contains("\n\n\n"));
    }
}

#[test]
fn what_would_break_a_table_or_a_shell_is_written_so_that_it_does_not() {
    let page = page(&sample::odd());
    assert!(page.contains(r"| `team/a'b\|c` |"), "{page}");
    assert!(page.contains(r"--name 'team/a`b|c' "), "{page}");
    assert!(page.contains(r"--username 'it'\''s me' --dbname 'a b'"), "{page}");
}

#[test]
fn an_instance_of_rds_is_known_by_its_host() {
    let known = Rds { instance: "coworking", region: "us-east-1" };
    assert_eq!(Rds::of("coworking.c9akciq32.us-east-1.rds.amazonaws.com"), Some(known));
    for other in [
        "coworking.cluster-c9akciq32.us-east-1.rds.amazonaws.com",
        "coworking.us-east-1.rds.amazonaws.com",
        "database.example.com",
    ] {
        assert_eq!(Rds::of(other), None, "{other}");
    }
}

/// Prints how long a page takes, the first and the usual one:
/// `cargo test --release -p infragen how_long -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn how_long_a_page_takes() {
    let (environment, settings) = (sample::eks(), Settings::default());
    let mut steps: [Vec<_>; 3] = [const { Vec::new() }; 3];
    for _ in 0..500 {
        let start = Instant::now();
        let page = Page::of(&environment, &settings);
        let filled = Instant::now();
        let tera = super::render::parsed(page.namespace()).expect("a template");
        let parsed = Instant::now();
        assert!(!super::render::fill(&tera, &page).expect("a run book").is_empty());
        let end = Instant::now();
        for (times, step) in steps.iter_mut().zip([filled - start, parsed - filled, end - parsed]) {
            times.push(step);
        }
    }
    for (step, times) in ["the page's values", "the template", "the text"].iter().zip(&mut steps) {
        let first = times[0];
        times.sort_unstable();
        println!("{step}: first {first:?}, median {:?}, least {:?}", times[times.len() / 2], times[0]);
    }
}

/// Writes the samples' pages, for a look and for Mermaid's own parser: `PAGES=/tmp/pages cargo test -p infragen run_book -- --ignored`.
#[test]
#[ignore = "for a person to look at"]
fn write_the_pages() {
    let folder = std::path::PathBuf::from(std::env::var("PAGES").expect("PAGES names a folder"));
    for environment in [sample::eks(), sample::own(), sample::bare(), sample::odd()] {
        std::fs::write(folder.join(format!("{}.md", environment.name())), page(&environment))
            .expect("written");
    }
}
