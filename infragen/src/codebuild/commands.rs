//! Templates to the text of commands.

use std::path::PathBuf;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::{Target, TargetCluster, TargetWorkload};
use crate::bundle::Place;
use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::node::FieldPath;
use crate::shell;
use crate::spec::pipeline::{ImageRepository, Tag, Template};
use crate::spec::quantity::SemanticVersion;

/// What templates may name. Every value is written as one word of the shell, so it stands outside of quotes.
#[derive(Serialize)]
pub(super) struct Names<'a> {
    /// The environment's name.
    pub(super) environment: &'a str,
    /// The namespace.
    pub(super) namespace: &'a str,
    /// Where it runs.
    pub(super) cluster: Cluster<'a>,
    /// What is waited for: `kind`, `name` and `timeout` in seconds.
    pub(super) workloads: &'a [TargetWorkload],
    /// The committed folder.
    pub(super) folder: &'a str,
    /// The objects' folder in a render.
    pub(super) manifests: &'a str,
    /// The registry that images are pushed to.
    pub(super) registry: Registry<'a>,
    /// The image's repository in the registry.
    pub(super) repository: &'a str,
    /// The image, with its registry's host and without tag.
    pub(super) image: String,
    /// The file that the image is built from.
    pub(super) dockerfile: &'a str,
    /// The semantic version of a release, as a tag.
    pub(super) version: String,
    /// The tags of a release, for between double quotes: `"$image:{{ tag | safe }}"`.
    pub(super) tags: Vec<String>,
    /// The source's address.
    pub(super) source: &'a str,
}

/// Where the environment runs.
#[derive(Serialize)]
pub(super) struct Cluster<'a> {
    eks: bool,
    name: &'a str,
    /// Empty unless it is EKS.
    region: &'a str,
    kubernetes: String,
}

/// The registry that images are pushed to.
#[derive(Serialize)]
pub(super) struct Registry<'a> {
    host: String,
    account: &'a str,
    region: &'a str,
}

impl<'a> Cluster<'a> {
    pub(super) fn of(target: &'a Target) -> Self {
        let kubernetes = target.kubernetes.to_string();
        match &target.cluster {
            TargetCluster::Eks { name, region } => {
                Self { eks: true, name: name.as_str(), region: region.as_str(), kubernetes }
            }
            TargetCluster::Any { context } => {
                Self { eks: false, name: context.as_str(), region: "", kubernetes }
            }
        }
    }
}

impl<'a> Registry<'a> {
    pub(super) fn of(repository: &'a ImageRepository) -> Self {
        let registry = &repository.registry;
        Self { host: registry.host(), account: registry.account.as_str(), region: registry.region.as_str() }
    }
}

/// A tag as the inside of a double-quoted word.
pub(super) fn tag(tag: Tag, version: &SemanticVersion) -> String {
    match tag {
        Tag::Version => version.tag(),
        Tag::BuildNumber => "${CODEBUILD_BUILD_NUMBER:?}".to_owned(),
        Tag::Commit => "${CODEBUILD_RESOLVED_SOURCE_VERSION:0:12}".to_owned(),
        Tag::Latest => "latest".to_owned(),
    }
}

/// The names that templates may use, as [`Names`] has them.
const NAMES: [&str; 13] = [
    "environment",
    "namespace",
    "cluster",
    "workloads",
    "folder",
    "manifests",
    "registry",
    "repository",
    "image",
    "dockerfile",
    "version",
    "tags",
    "source",
];

/// Renders templates with the same names, and collects what is wrong with them.
pub(super) struct Commands {
    tera: Tera,
    context: Context,
    diagnostics: Vec<Diagnostic>,
}

impl Commands {
    pub(super) fn new(names: &Names<'_>) -> Self {
        let mut tera = Tera::default();
        tera.set_escape_fn(shell::quote);
        // Every file's name ends in nothing, so every template is escaped.
        tera.autoescape_on([""]);
        Self { tera, context: Context::from_serialize(names).unwrap_or_default(), diagnostics: Vec::new() }
    }

    /// The command that a template gives, without line breaks around it.
    pub(super) fn render(&mut self, template: &Template) -> Option<String> {
        if let Err(error) = self.tera.add_raw_template(template.file, template.text) {
            self.explain(template, &error);
            return None;
        }
        if self.uses_unknown_names(template) {
            return None;
        }
        match self.tera.render(template.file, &self.context) {
            Ok(text) if text.trim().is_empty() => {
                self.report(template, None, "it renders to nothing", "write a command into it".to_owned());
                None
            }
            Ok(text) => Some(text.trim_start_matches('\n').trim_end().to_owned()),
            Err(error) => {
                self.explain(template, &error);
                None
            }
        }
    }

    /// What was wrong with the templates.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// Tells each name that there is not. Tera itself is silent about one that is only asked for by an `if`.
    fn uses_unknown_names(&mut self, template: &Template) -> bool {
        let mut unknown: Vec<String> = self
            .tera
            .get_template_variables(template.file)
            .map(|names| names.into_iter().filter(|name| !NAMES.contains(name)).map(str::to_owned).collect())
            .unwrap_or_default();
        unknown.sort_unstable();
        for name in &unknown {
            let nearest = NAMES.iter().max_by(|one, other| {
                strsim::jaro_winkler(one, name).total_cmp(&strsim::jaro_winkler(other, name))
            });
            let help = format!(
                "write `{}`, or another of {}",
                nearest.unwrap_or(&NAMES[0]),
                NAMES.map(|name| format!("`{name}`")).join(", ")
            );
            let place = place_of_word(template.text, name);
            self.report(template, place, &format!("it names `{name}`, which there is not"), help);
        }
        !unknown.is_empty()
    }

    fn explain(&mut self, template: &Template, error: &tera::Error) {
        let help = "mend the template".to_owned();
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                let place = Place::Yaml { line: span.start_line, column: span.start_col + 1 };
                let message = report.message();
                let first = message.chars().take(1).flat_map(char::to_lowercase);
                let message: String = first.chain(message.chars().skip(1)).collect();
                self.report(template, Some(place), &message, help);
            }
            other => self.report(template, None, &other.to_string(), help),
        }
    }

    fn report(&mut self, template: &Template, place: Option<Place>, what: &str, help: String) {
        self.diagnostics.push(Diagnostic {
            help,
            file: PathBuf::from(template.file),
            path: FieldPath::root(),
            place,
            ..Diagnostic::new(
                "broken-template",
                Severity::Error,
                Category::Buildspec,
                format!("the template `{}` is broken: {what}", template.file),
            )
        });
    }
}

/// Where a word first stands in a text.
fn place_of_word(text: &str, word: &str) -> Option<Place> {
    let letter = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(word)
        .find(|(start, _)| {
            !text[..*start].ends_with(letter) && !text[start + word.len()..].starts_with(letter)
        })
        .map(|(start, _)| Place::in_text(text, start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::pipeline::Registry as EcrRegistry;
    use crate::{account, region, repository, version};

    fn names(repository: &ImageRepository) -> Names<'_> {
        Names {
            environment: "prod",
            namespace: "coworking",
            cluster: Cluster { eks: true, name: "co", region: "us-east-1", kubernetes: "1.34".to_owned() },
            workloads: &[],
            folder: "generated/prod",
            manifests: "it's $HOME",
            registry: Registry::of(repository),
            repository: repository.name.as_str(),
            image: repository.image(),
            dockerfile: "Dockerfile",
            version: "1.0.0".to_owned(),
            tags: vec!["$A".to_owned()],
            source: "https://example.com",
        }
    }

    fn render(text: &'static str) -> Result<String, (String, Option<Place>)> {
        let ecr = EcrRegistry::ecr(account!("111122223333"), region!("us-east-1"));
        let repository = ecr.repository(repository!("coworking"));
        let mut commands = Commands::new(&names(&repository));
        commands.render(&Template::new("../../codebuild/x.sh.tera", text)).ok_or_else(|| {
            let diagnostic = commands.into_diagnostics().remove(0);
            assert_eq!(diagnostic.file, PathBuf::from("codebuild/x.sh.tera"));
            (diagnostic.message, diagnostic.place)
        })
    }

    #[test]
    fn the_list_of_names_is_that_of_the_struct() {
        let ecr = EcrRegistry::ecr(account!("111122223333"), region!("us-east-1"));
        let repository = ecr.repository(repository!("coworking"));
        let serde_json::Value::Object(fields) = serde_json::to_value(names(&repository)).unwrap() else {
            panic!("a struct is a mapping")
        };
        let mut listed = NAMES.to_vec();
        listed.sort_unstable();
        let mut fields: Vec<_> = fields.keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(fields, listed);
    }

    #[test]
    fn a_value_is_one_word_of_the_shell() {
        assert_eq!(render("\ncd {{ manifests }}\n").unwrap(), r"cd 'it'\''s $HOME'");
        assert_eq!(render("{{ registry.host }}").unwrap(), "111122223333.dkr.ecr.us-east-1.amazonaws.com");
        assert_eq!(render("{% for tag in tags %}\"{{ tag | safe }}\"{% endfor %}").unwrap(), "\"$A\"");
    }

    #[test]
    fn what_is_wrong_with_a_template_is_told_with_its_place() {
        for (text, told, line, column) in [
            ("true\n{{ regoin }}", "it names `regoin`, which there is not", 2, 4),
            ("{% if regoin %}a{% endif %}b", "it names `regoin`, which there is not", 1, 7),
            ("{{ cluster.nme }}", "field `nme` is not defined", 1, 0),
            ("a\nb {{ image", "unexpected end of", 2, 0),
            ("{% if cluster.eks %}", "unexpected end of", 1, 0),
        ] {
            let (message, place) = render(text).unwrap_err();
            assert!(message.contains(told), "{text}: {message}");
            let Some(Place::Yaml { line: found, column: found_column }) = place else {
                panic!("{text}: no place")
            };
            assert_eq!(found, line, "{text}");
            assert!(column == 0 || column == found_column, "{text}: column {found_column}");
        }
        assert_eq!(
            render("{# nothing #}\n").unwrap_err().0,
            "the template `codebuild/x.sh.tera` is broken: it renders to nothing"
        );
    }

    #[test]
    fn a_tag_is_the_inside_of_a_double_quoted_word() {
        assert_eq!(tag(Tag::Version, &version!("1.4.2")), "1.4.2");
        assert_eq!(tag(Tag::Latest, &version!("1.4.2")), "latest");
    }
}
