//! The invariants, as data; `ARCHITECTURE.md` tells each by the same name.

use std::path::Path;

use super::source::{self, Source};
use super::top;

/// Something that holds of the sources because of what is absent from them.
struct Invariant {
    /// As `ARCHITECTURE.md` tells it.
    name: &'static str,
    /// Folders and files of `infragen/src` that it is about; an empty one means all.
    of: &'static [&'static str],
    /// Of these, those that it leaves out.
    but: &'static [&'static str],
    /// Paths and macros that must not be named, with all that is below them.
    never: &'static [&'static str],
    /// Of these, those that may be.
    except: &'static [&'static str],
    why: &'static str,
}

const FILES: [&str; 3] = ["std::fs", "std::env", "std::process"];
const NETWORK: [&str; 3] = ["std::net::TcpListener", "std::net::TcpStream", "std::net::UdpSocket"];
const PRINTING: [&str; 5] = ["println!", "print!", "eprintln!", "eprint!", "anstream"];

const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "`spec` knows no Kubernetes types",
        of: &["spec"],
        but: &[],
        never: &["k8s_openapi"],
        except: &[],
        why: "the vocabulary is a person's, and outlives versions of the API",
    },
    Invariant {
        name: "`spec` does no I/O and renders nothing",
        of: &["spec"],
        but: &[],
        never: &["std::fs", "std::env", "std::process", "std::io", "tera", "figment"],
        except: &[],
        why: "an environment is a value: the same on every machine, in every test",
    },
    Invariant {
        name: "`spec` knows nothing to its right",
        of: &["spec"],
        // It gathers the macros that literals are written with; `kubernetes!` is one of them.
        but: &["spec/quantity/mod.rs"],
        never: &[
            "crate::kubernetes",
            "crate::codebuild",
            "crate::run_book",
            "crate::render",
            "crate::bundle",
            "crate::lint",
            "crate::report",
            "crate::emit",
            "crate::read",
            "crate::cli",
        ],
        except: &[],
        why: "data goes left to right; nothing goes back",
    },
    Invariant {
        name: "renderers do no I/O",
        of: &["kubernetes", "codebuild", "run_book", "render.rs"],
        but: &[],
        never: &["std::fs", "std::env", "std::process", "std::net"],
        except: &[],
        why: "the same environment and settings give the same bytes",
    },
    Invariant {
        name: "renderers know nothing to their right",
        of: &["kubernetes", "codebuild", "run_book", "render.rs"],
        but: &[],
        never: &["crate::lint", "crate::report", "crate::emit", "crate::read", "crate::cli"],
        // A team's own manifests are text, and enter as anyone's do.
        except: &["crate::read::objects"],
        why: "an object must not be made so that a rule of ours is content",
    },
    Invariant {
        name: "`kubernetes` and `codebuild` do not know each other",
        of: &["kubernetes"],
        but: &[],
        never: &["crate::codebuild", "crate::run_book"],
        except: &[],
        why: "`render.rs` alone puts an environment together",
    },
    Invariant {
        name: "`kubernetes` and `codebuild` do not know each other",
        of: &["codebuild"],
        but: &[],
        never: &["crate::kubernetes", "crate::run_book"],
        except: &[],
        why: "`render.rs` alone puts an environment together",
    },
    Invariant {
        name: "only `kubernetes` knows k8s-openapi",
        of: &[""],
        but: &["kubernetes"],
        never: &["k8s_openapi"],
        except: &[],
        why: "everything to the right sees trees, and so lints anyone's YAML too",
    },
    Invariant {
        name: "`lint` never sees `spec`",
        of: &["lint"],
        but: &[],
        never: &[
            "crate::spec",
            "crate::kubernetes",
            "crate::codebuild",
            "crate::run_book",
            "crate::render",
            "crate::settings",
        ],
        except: &[],
        why: "rules judge what reaches the cluster, not what somebody meant",
    },
    Invariant {
        name: "`lint` does no I/O and prints nothing",
        of: &["lint"],
        but: &[],
        never: &[
            "std::fs",
            "std::env",
            "std::process",
            "std::io",
            "println!",
            "print!",
            "eprintln!",
            "eprint!",
        ],
        except: &[],
        why: "analysis collects; it does not fail, wait or talk",
    },
    Invariant {
        name: "`lint` knows nothing to its right",
        of: &["lint"],
        but: &[],
        never: &["crate::report", "crate::emit", "crate::read", "crate::cli"],
        except: &[],
        why: "a diagnostic is a value, and who shows it is not its concern",
    },
    Invariant {
        name: "`report` sees diagnostics, never documents",
        of: &["report"],
        but: &[],
        never: &[
            "crate::bundle",
            "crate::node::Node",
            "crate::lint::CheckedBundle",
            "crate::spec",
            "crate::kubernetes",
            "crate::emit",
            "crate::read",
            "crate::cli",
        ],
        except: &["crate::bundle::Place"],
        why: "a format shows what rules found, and finds nothing itself",
    },
    Invariant {
        name: "only `emit` writes",
        of: &[""],
        but: &["emit"],
        never: &[
            "std::fs::write",
            "std::fs::create_dir",
            "std::fs::create_dir_all",
            "std::fs::rename",
            "std::fs::copy",
            "std::fs::remove_file",
            "std::fs::remove_dir",
            "std::fs::remove_dir_all",
            "std::fs::set_permissions",
            "std::fs::hard_link",
            "std::fs::OpenOptions",
            "std::fs::File::create",
            "std::fs::File::create_new",
            "std::fs::File::options",
        ],
        except: &[],
        why: "one place to make sure that what was there stays whole",
    },
    Invariant {
        name: "`emit` takes nothing that was not linted",
        of: &["emit"],
        but: &[],
        never: &[
            "crate::bundle::Bundle",
            "crate::spec",
            "crate::kubernetes",
            "crate::codebuild",
            "crate::run_book",
            "crate::render",
            "crate::cli",
        ],
        except: &[],
        why: "`CheckedBundle` is the only way in, and only `lint` makes one",
    },
    Invariant {
        name: "`read` knows nothing but text and trees",
        of: &["read"],
        but: &[],
        never: &[
            "crate::spec",
            "crate::kubernetes",
            "crate::codebuild",
            "crate::lint",
            "crate::emit",
            "crate::cli",
        ],
        except: &[],
        why: "anyone's YAML is read as it is, by somebody who expects nothing of it",
    },
    Invariant {
        name: "nobody uses the network",
        of: &[""],
        but: &[],
        never: &NETWORK,
        except: &[],
        why: "a render works in a train, and tells nobody of itself",
    },
    Invariant {
        name: "only `cli`, `settings` and `read` look around",
        of: &[""],
        but: &["cli", "settings", "settings.rs", "read", "emit"],
        never: &FILES,
        except: &[],
        why: "what comes from outside comes in at the edge, and is a value from there on",
    },
    Invariant {
        name: "only `cli` prints",
        of: &[""],
        but: &["cli"],
        never: &PRINTING,
        except: &[],
        why: "a library's caller decides what is said, and where",
    },
    Invariant {
        name: "only `cli` uses anyhow",
        of: &[""],
        but: &["cli"],
        never: &["anyhow"],
        except: &[],
        why: "a library's errors are small, local and typed",
    },
    Invariant {
        name: "nobody knows `cli`",
        of: &[""],
        but: &["cli", "lib.rs"],
        never: &["crate::cli"],
        except: &[],
        why: "whatever the command line can do, a program can do without it",
    },
];

#[test]
fn every_invariant_holds() {
    let sources = source::of_crate(&top().join("infragen/src"));
    let broken: Vec<String> = INVARIANTS
        .iter()
        .flat_map(|invariant| {
            sources
                .iter()
                .filter(|source| invariant.is_about(&source.path))
                .flat_map(|source| invariant.breaks(source))
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_invariant_is_about_something() {
    let sources = source::of_crate(&top().join("infragen/src"));
    for invariant in INVARIANTS {
        for folder in invariant.of {
            assert!(
                sources.iter().any(|source| source.path.starts_with(folder)),
                "`{}` is about `{folder}`, which there is not",
                invariant.name
            );
        }
    }
}

#[test]
fn the_architecture_tells_every_invariant() {
    let page = std::fs::read_to_string(top().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for name in INVARIANTS.iter().map(|invariant| invariant.name).chain(super::packages::NAMES) {
        assert!(page.contains(&format!("**{name}**")), "ARCHITECTURE.md does not tell: **{name}**");
    }
}

#[test]
fn a_broken_invariant_is_told_with_file_line_and_reason() {
    let source =
        Source::read("lint/rules/example.rs", "//! crate::spec\n\nuse crate::{bundle, spec::App};\n");
    let invariant =
        INVARIANTS.iter().find(|each| each.name == "`lint` never sees `spec`").expect("the invariant");
    let told: Vec<_> = invariant.breaks(&source).collect();
    let expected = "infragen/src/lint/rules/example.rs:3 names `crate::spec::App`, but `lint` never sees `spec`: \
                    rules judge what reaches the cluster, not what somebody meant";
    assert_eq!(told, [expected]);
}

impl Invariant {
    fn is_about(&self, path: &Path) -> bool {
        self.of.iter().any(|of| path.starts_with(of)) && !self.but.iter().any(|but| path.starts_with(but))
    }

    fn breaks(&self, source: &Source) -> impl Iterator<Item = String> {
        let is_below = |name: &str, of: &&str| {
            name.strip_prefix(*of).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        };
        source.names.iter().filter_map(move |(line, name)| {
            let broken = self.never.iter().any(|never| is_below(name, never))
                && !self.except.iter().any(|except| is_below(name, except));
            broken.then(|| {
                let path = source.path.display();
                format!("infragen/src/{path}:{line} names `{name}`, but {}: {}", self.name, self.why)
            })
        })
    }
}
