//! Every kubectl and infragen command of a page names only what there is.

use std::collections::BTreeSet;

use super::{page, sample};
use crate::bundle::Bundle;
use crate::node::{Node, Value};
use crate::render::render;
use crate::settings::Settings;
use crate::spec::Environment;

/// Kinds that belong to the whole cluster, and that the environment may name without holding them.
const CLUSTER_WIDE: [&str; 7] = [
    "apiservice",
    "clusterissuer",
    "clustersecretstore",
    "ingressclass",
    "node",
    "priorityclass",
    "storageclass",
];

#[test]
fn every_name_in_every_command_exists() {
    for environment in [sample::eks(), sample::own(), sample::bare(), sample::odd()] {
        let page = page(&environment);
        let bundle = render(&environment, &Settings::default());
        assert_eq!(
            bundle.diagnostics.iter().map(|each| &each.message).collect::<Vec<_>>(),
            Vec::<&String>::new()
        );
        let known = Known::of(&environment, &bundle);
        let commands = commands(&page);
        let kubectl = commands.iter().filter(|words| words[0] == "kubectl");
        assert!(kubectl.count() > 20, "the commands of `{}` were not found", environment.name());
        for words in &commands {
            if let Err(wrong) = known.check(words) {
                panic!("environment `{}`: {wrong}: {}", environment.name(), words.join(" "));
            }
        }
    }
}

#[test]
fn a_wrong_name_is_found() {
    let environment = sample::own();
    let known = Known::of(&environment, &render(&environment, &Settings::default()));
    for wrong in [
        "kubectl rollout undo deployment/cowork --namespace coworking-dev",
        "kubectl rollout undo deployment/coworking --namespace coworking",
        "kubectl rollout undo deployment/coworking",
        "kubectl get statefulset coworking --namespace coworking-dev",
        "kubectl logs --namespace coworking-dev --selector app.kubernetes.io/name=postgresql",
        "kubectl apply --filename generated/prod/kubernetes/",
        "kubectl port-forward deployment/coworking 8080:80 --namespace coworking-dev",
        "kubectl debug \"$pod\" --namespace coworking-dev --target web",
        "cargo infragen render prod",
        "cargo infragen secret dev database token",
    ] {
        assert!(known.check(&words(wrong)).is_err(), "`{wrong}` passed");
    }
}

/// Each command of a page as words: those in fences, each part of a pipe, and those in code spans of tables.
fn commands(page: &str) -> Vec<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    let mut in_fence = false;
    for line in page.replace(" \\\n", " ").lines().map(str::trim_start) {
        if line.starts_with("```") {
            in_fence = line == "```bash";
        } else if in_fence {
            lines.push(line.to_owned());
        } else {
            lines.extend(line.split('`').skip(1).step_by(2).map(|span| span.replace(r"\|", "|")));
        }
    }
    let parts = lines.iter().flat_map(|line| {
        let words = words(line.split_once("$(").map_or(line.as_str(), |(_, inner)| inner));
        words.split(|word| word == "|").map(<[String]>::to_vec).collect::<Vec<_>>()
    });
    parts
        .filter(|words| {
            let is_command = words.first().is_some_and(|word| word == "kubectl")
                || words.get(1).is_some_and(|word| word == "infragen");
            is_command && words.len() > 2
        })
        .collect()
}

/// The words of a line, as a shell splits them. Quotes in the middle of a word are taken away too.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// What there is to be named.
struct Known {
    environment: String,
    namespace: String,
    /// As `kind/name`.
    objects: BTreeSet<String>,
    /// Of the documents, from the top of the source.
    files: BTreeSet<String>,
    /// Values of `app.kubernetes.io/name` on Pods; containers are named alike.
    programs: BTreeSet<String>,
    ports: BTreeSet<String>,
    /// As `name key`.
    keys: BTreeSet<String>,
    /// Every text in every document.
    texts: BTreeSet<String>,
}

impl Known {
    fn of(environment: &Environment, bundle: &Bundle) -> Self {
        let name = environment.name().to_string();
        let mut known = Self {
            namespace: environment.namespace.value.to_string(),
            objects: BTreeSet::new(),
            files: bundle
                .documents
                .iter()
                .map(|each| format!("generated/{name}/{}", each.file.display()))
                .collect(),
            programs: BTreeSet::new(),
            ports: BTreeSet::new(),
            keys: BTreeSet::new(),
            texts: BTreeSet::new(),
            environment: name,
        };
        for (_, object) in bundle.objects() {
            let kind = object.text_at(&["kind"]).unwrap_or_default().to_ascii_lowercase();
            let name = object.text_at(&["metadata", "name"]).unwrap_or_default();
            known.objects.insert(format!("{kind}/{name}"));
            known.texts(object);
            for at in [&["spec", "template"][..], &["spec", "jobTemplate", "spec", "template"]] {
                let Some(template) = object.at(at) else { continue };
                let label = template.text_at(&["metadata", "labels", "app.kubernetes.io/name"]);
                known.programs.extend(label.map(str::to_owned));
                for container in template.at(&["spec", "containers"]).map(Node::items).unwrap_or_default() {
                    for port in container.at(&["ports"]).map(Node::items).unwrap_or_default() {
                        let number = port.at(&["containerPort"]).map(number);
                        known.ports.extend(number);
                    }
                }
            }
        }
        for external in &bundle.facts.externals {
            known.objects.insert(format!("{}/{}", external.kind.to_ascii_lowercase(), external.name));
            known.keys.extend(external.keys.iter().map(|key| format!("{} {key}", external.name)));
        }
        known
    }

    fn texts(&mut self, node: &Node) {
        self.texts.extend(node.as_str().map(str::to_owned));
        node.items().iter().for_each(|item| self.texts(item));
        node.fields().iter().for_each(|field| self.texts(&field.node));
    }

    fn check(&self, words: &[String]) -> Result<(), String> {
        let words: Vec<&str> = words.iter().take_while(|word| *word != "--").map(String::as_str).collect();
        if words[0] == "kubectl" { self.kubectl(&words[1..]) } else { self.infragen(&words[2..]) }
    }

    fn infragen(&self, words: &[&str]) -> Result<(), String> {
        let must = |is: bool, what: &str| if is { Ok(()) } else { Err(what.to_owned()) };
        must(["render", "explain", "secret"].contains(&words[0]), "no such command")?;
        must(words[1] == self.environment, "another environment")?;
        if words[0] == "secret" {
            must(self.keys.contains(&format!("{} {}", words[2], words[3])), "no such key")?;
        }
        if let Some(set) = option(words, "--set") {
            let repository = set
                .strip_prefix("images.")
                .and_then(|rest| rest.split_once(".tag=").or(rest.split_once(".digest=")))
                .ok_or("no image")?
                .0;
            must(
                self.texts.iter().any(|text| text.contains(&format!("/{repository}:"))),
                "no such repository",
            )?;
        }
        Ok(())
    }

    fn kubectl(&self, words: &[&str]) -> Result<(), String> {
        let must = |is: bool, what: String| if is { Ok(()) } else { Err(what) };
        if let Some(file) = option(words, "--filename") {
            let folder = format!("generated/{}/kubernetes/", self.environment);
            return must(
                file == "-" || file == folder || self.files.contains(file),
                format!("no file `{file}`"),
            );
        }
        if words[0] == "config" {
            return Ok(());
        }
        let objects = named(words);
        let is_cluster_wide = objects.iter().any(|(kind, _)| CLUSTER_WIDE.contains(kind));
        let in_system = words.contains(&"kube-system") || words.contains(&"customresourcedefinition");
        if in_system {
            return Ok(());
        }
        if !is_cluster_wide {
            must(option(words, "--namespace") == Some(&self.namespace), "another namespace".to_owned())?;
        }
        for (kind, name) in objects.into_iter().filter(|(_, name)| !name.is_empty() && !name.starts_with('$'))
        {
            let is_there = match kind {
                "apiservice" => true,
                "targetgroupbinding" => true,
                kind if CLUSTER_WIDE.contains(&kind) => {
                    self.texts.contains(name) || self.objects.contains(&format!("{kind}/{name}"))
                }
                "job" => {
                    let origin = name.strip_suffix("-by-hand").or(name.strip_suffix("-restore"));
                    self.objects.contains(&format!("job/{name}"))
                        || origin.is_some_and(|origin| self.objects.contains(&format!("cronjob/{origin}")))
                }
                "pod" => {
                    let set = name.strip_suffix("-0");
                    set.is_some_and(|set| self.objects.contains(&format!("statefulset/{set}")))
                }
                kind => self.objects.contains(&format!("{kind}/{name}")),
            };
            must(is_there, format!("no {kind} `{name}`"))?;
        }
        if let Some(selector) = option(words, "--selector") {
            let program = selector.strip_prefix("app.kubernetes.io/name=");
            let is_ours = selector == "app.kubernetes.io/managed-by=infragen";
            must(
                is_ours || program.is_some_and(|name| self.programs.contains(name)),
                "selects nothing".to_owned(),
            )?;
        }
        if let Some(container) = option(words, "--target") {
            must(self.programs.contains(container), format!("no container `{container}`"))?;
        }
        if words[0] == "port-forward" {
            let port = words.iter().find_map(|word| word.strip_prefix("8080:")).ok_or("no port")?;
            must(self.ports.contains(port), format!("no port {port}"))?;
        }
        Ok(())
    }
}

fn number(node: &Node) -> String {
    match node.value {
        Value::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The value of an option.
fn option<'w>(words: &[&'w str], name: &str) -> Option<&'w str> {
    words.iter().position(|word| *word == name).and_then(|at| words.get(at + 1)).copied()
}

/// The objects that a command names: `kind/name`, or a kind and a name behind a verb that takes them apart.
fn named<'w>(words: &[&'w str]) -> Vec<(&'w str, &'w str)> {
    let mut objects: Vec<_> = words
        .iter()
        .filter(|word| !word.contains(['=', ':', '{', ' ']))
        .filter_map(|word| word.split_once('/'))
        .filter(|(kind, _)| kind.bytes().all(|byte| byte.is_ascii_lowercase()))
        .collect();
    if ["get", "describe", "patch", "delete", "create"].contains(&words[0])
        && let Some(kind) = words.get(1).filter(|kind| !kind.contains([',', '/']) && **kind != "all")
    {
        let name = words.get(2).filter(|name| !name.starts_with("--")).copied().unwrap_or_default();
        objects.push((kind, name));
    }
    objects
}
