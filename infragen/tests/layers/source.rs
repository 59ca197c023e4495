//! Reads which paths and macros the sources name, tests left out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What one file names.
pub(crate) struct Source {
    /// Below the crate's `src`.
    pub(crate) path: PathBuf,
    /// Lines, first is 1, and whole paths such as `crate::spec::App`; macros end in `!`.
    pub(crate) names: Vec<(usize, String)>,
}

/// Every file below a crate's `src` that is no test.
pub(crate) fn of_crate(src: &Path) -> Vec<Source> {
    let texts: BTreeMap<PathBuf, String> = files(src)
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source is UTF-8");
            (path.strip_prefix(src).expect("below").to_owned(), text)
        })
        .collect();
    let tests: Vec<PathBuf> = texts.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    texts
        .iter()
        .filter(|(path, _)| {
            !tests.iter().any(|test| path.starts_with(test) || **path == test.with_extension("rs"))
        })
        .map(|(path, text)| Source::read(path, text))
        .collect()
}

/// Every Rust file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The modules in files of their own that only tests have, without their extension.
fn test_modules(path: &Path, text: &str) -> Vec<PathBuf> {
    let lines: Vec<&str> = text.lines().collect();
    let declared = lines.windows(2).filter(|pair| pair[0].trim() == "#[cfg(test)]");
    declared
        .filter_map(|pair| pair[1].trim().strip_suffix(';')?.rsplit(' ').next())
        .map(|name| folder_of(path).join(name))
        .collect()
}

/// The folder in which a file's own modules are.
fn folder_of(path: &Path) -> PathBuf {
    match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("mod" | "lib" | "main") => path.parent().expect("a file is in a folder").to_owned(),
        _ => path.with_extension(""),
    }
}

impl Source {
    pub(crate) fn read(path: impl AsRef<Path>, text: &str) -> Self {
        let path = path.as_ref().to_owned();
        let module: Vec<String> = folder_of(&path)
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let lines = code(text);
        let (mut names, mut aliases) = (Vec::new(), BTreeMap::new());
        let mut rest = lines.iter().enumerate();
        while let Some((index, line)) = rest.next() {
            let Some(start) = used(line) else {
                names.extend(named(line).into_iter().map(|name| (index + 1, name)));
                continue;
            };
            let mut tree = start.to_owned();
            while !tree.contains(';') {
                let Some((_, next)) = rest.next() else { break };
                tree.push_str(next.trim());
            }
            let tree = tree.split(';').next().unwrap_or_default();
            for used in expand(tree) {
                let (used, alias) = used.split_once(" as ").unwrap_or((&used, ""));
                let whole = absolute(used, &module);
                let last = whole.rsplit("::").next().unwrap_or_default();
                let alias = if alias.is_empty() { last } else { alias }.to_owned();
                aliases.insert(alias, whole.clone());
                names.push((index + 1, whole));
            }
        }
        for (_, name) in &mut names {
            let (first, below) = name.split_once("::").map_or((name.as_str(), ""), |parts| parts);
            *name = match aliases.get(first) {
                Some(whole) if !below.is_empty() => format!("{whole}::{below}"),
                _ => absolute(name, &module),
            };
        }
        Self { path, names }
    }
}

/// The lines without comments, and empty where tests are.
fn code(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut end_of_tests: Option<String> = None;
    let mut was_cfg_test = false;
    for line in text.lines() {
        if let Some(end) = &end_of_tests {
            if line == end {
                end_of_tests = None;
            }
            lines.push(String::new());
            continue;
        }
        if was_cfg_test && line.ends_with('{') {
            let indent = &line[..line.len() - line.trim_start().len()];
            end_of_tests = Some(format!("{indent}}}"));
            lines.push(String::new());
            was_cfg_test = false;
            continue;
        }
        was_cfg_test = line.trim() == "#[cfg(test)]";
        let comment = line.trim_start().starts_with("//").then_some(0).or(line.find(" // "));
        lines.push(line[..comment.unwrap_or(line.len())].to_owned());
    }
    lines
}

/// What stands behind `use`, if the line begins with it.
fn used(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = match line.strip_prefix("pub(") {
        Some(scope) => scope.split_once(") ")?.1,
        None => line,
    };
    line.strip_prefix("use ")
}

/// A tree such as `a::{b, c::d}` as whole paths.
fn expand(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, inner)) = tree.split_once('{') else {
        return if tree.is_empty() { Vec::new() } else { vec![tree.trim_end_matches("::self").to_owned()] };
    };
    let inner = inner.rsplit_once('}').map_or(inner, |(inner, _)| inner);
    let mut branches = vec![String::new()];
    let mut depth = 0;
    for letter in inner.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        match branches.last_mut() {
            Some(_) if letter == ',' && depth == 0 => branches.push(String::new()),
            Some(branch) => branch.push(letter),
            None => {}
        }
    }
    branches.iter().flat_map(|branch| expand(&format!("{before}{}", branch.trim()))).collect()
}

/// The paths and macros that a line of code names, texts left out.
fn named(line: &str) -> Vec<String> {
    let code: String = line.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let mut names = Vec::new();
    let mut rest = code.as_str();
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_alphabetic() || letter == '_') {
        let tail = &rest[start..];
        let end = tail.find(|letter: char| !letter.is_ascii_alphanumeric() && !"_:!".contains(letter));
        let (word, after) = tail.split_at(end.unwrap_or(tail.len()));
        let is_macro = word.ends_with('!') && !after.starts_with('=');
        let name = if is_macro { word } else { word.trim_end_matches([':', '!']) };
        if is_macro || name.contains("::") {
            names.push(name.to_owned());
        }
        rest = after;
    }
    names
}

/// A path without `self` and `super`.
fn absolute(path: &str, module: &[String]) -> String {
    let mut parts: Vec<&str> = path.split("::").collect();
    let mut inside = module.len();
    let is_relative = ["self", "super"].contains(&parts[0]);
    if is_relative {
        while let Some(first @ ("self" | "super")) = parts.first().copied() {
            inside -= usize::from(first == "super").min(inside);
            parts.remove(0);
        }
    }
    let front = if is_relative {
        std::iter::once("crate").chain(module[..inside].iter().map(String::as_str))
    } else {
        return path.to_owned();
    };
    front.chain(parts).collect::<Vec<_>>().join("::")
}

#[test]
fn paths_are_read_whole() {
    let text = "\
//! crate::comment
use std::{fs::{self, File}, io};
pub(crate) use super::super::spec;
use crate::kubernetes as objects;

fn f() {
    fs::write(\"crate::text\", objects::render()); // crate::comment
    let image = crate::image!(\"x\");
    println!(\"x\");
    File::create(spec::NAME);
}

#[cfg(test)]
mod tests {
    use crate::emit;
}
";
    let source = Source::read("lint/rules/example.rs", text);
    let names: Vec<_> = source.names.iter().map(|(line, name)| (*line, name.as_str())).collect();
    let expected = [
        (2, "std::fs"),
        (2, "std::fs::File"),
        (2, "std::io"),
        (3, "crate::lint::spec"),
        (4, "crate::kubernetes"),
        (7, "std::fs::write"),
        (7, "crate::kubernetes::render"),
        (8, "crate::image!"),
        (9, "println!"),
        (10, "std::fs::File::create"),
        (10, "crate::lint::spec::NAME"),
    ];
    assert_eq!(names, expected);
}
