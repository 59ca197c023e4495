use super::{Layers, path};
use crate::settings::{Settings, SettingsError};

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn layered(file: &str, variables: &[(&str, &str)], set: &[&str]) -> Result<Settings, SettingsError> {
    let mut layers = Layers::default();
    layers.file("infragen.toml", file)?;
    variables.iter().try_for_each(|(name, value)| layers.variable(name, value))?;
    set.iter().try_for_each(|assignment| layers.set(assignment))?;
    layers.settings()
}

fn read(file: &str, variables: &[(&str, &str)], set: &[&str]) -> Result<Settings, String> {
    layered(file, variables, set).map_err(|error| error.to_string())
}

fn tag(settings: &Settings, repository: &str) -> String {
    settings.images[repository].tag.as_ref().unwrap().to_string()
}

#[test]
fn a_later_layer_decides_and_each_key_names_its_provider() {
    let file =
        "version = '1.0.0'\naccount = 123456789012\n[images.api]\ntag = '1'\n[images.web]\ntag = '5'\n";
    let variables = [("INFRAGEN_VERSION", "2.0.0"), ("INFRAGEN_IMAGES__API__TAG", "2")];
    let settings = read(file, &variables, &["version=3.0.0"]).unwrap();
    assert_eq!(settings.version.as_ref().unwrap().as_str(), "3.0.0");
    assert_eq!(settings.account.as_ref().unwrap().as_str(), "123456789012");
    assert_eq!((tag(&settings, "api"), tag(&settings, "web")), ("2".to_owned(), "5".to_owned()));
    for (key, provider) in [
        ("version", "--set"),
        ("account", "infragen.toml"),
        ("images.api.tag", "variable INFRAGEN_IMAGES__API__TAG"),
        ("images.web.tag", "infragen.toml"),
    ] {
        assert_eq!(settings.providers[key], provider, "{key}");
    }
}

#[test]
fn text_stays_text() {
    for tag_text in ["1e3", "007", "true", "0x10", "1.30", "null", "[1]"] {
        let set = format!("images.api.tag={tag_text}");
        let set_tag = read("", &[], &[&set]).map(|settings| tag(&settings, "api"));
        let variable = [("INFRAGEN_IMAGES__API__TAG", tag_text)];
        let variable_tag = read("", &variable, &[]).map(|settings| tag(&settings, "api"));
        if tag_text == "[1]" {
            assert!(set_tag.unwrap_err().contains("`[1]` is no image tag"));
        } else {
            assert_eq!((set_tag.as_deref(), variable_tag.as_deref()), (Ok(tag_text), Ok(tag_text)));
        }
    }
    for layer in
        [read("", &[("INFRAGEN_ACCOUNT", "012345678901")], &[]), read("", &[], &["account=012345678901"])]
    {
        assert_eq!(layer.unwrap().account.unwrap().as_str(), "012345678901");
    }
}

#[test]
fn names_that_no_variable_can_have_stand_in_a_table() {
    let table = r#"{coworking-analytics = {tag = "1.4.2"}, "team/api.v2" = {tag = "007"}}"#;
    let settings = read("", &[("INFRAGEN_IMAGES", table)], &[r#"images."a.b".tag=7"#]).unwrap();
    assert_eq!(tag(&settings, "coworking-analytics"), "1.4.2");
    assert_eq!(tag(&settings, "team/api.v2"), "007");
    assert_eq!(tag(&settings, "a.b"), "7");
    let hyphen = read("", &[("INFRAGEN_IMAGES__COWORKING_ANALYTICS__TAG", "1")], &[]).unwrap();
    assert_eq!(tag(&hyphen, "coworking-analytics"), "1");
}

#[test]
fn a_later_tag_is_not_overruled_by_an_earlier_digest() {
    let file = format!("images.api = {{ digest = '{DIGEST}' }}");
    let later = read(&file, &[], &["images.api.tag=2"]).unwrap();
    assert!(later.images["api"].digest.is_none() && !later.providers.contains_key("images.api.digest"));
    let same = read(&format!("images.api = {{ digest = '{DIGEST}', tag = '2' }}"), &[], &[]).unwrap();
    assert!(same.images["api"].digest.is_some());
}

#[test]
fn an_unknown_key_names_the_nearest_and_its_provider() {
    for (result, message) in [
        (read("imges = {}", &[], &[]), "infragen.toml:1: unknown key `imges`: did you mean `images`?"),
        (
            read("", &[("INFRAGEN_VERSON", "1")], &[]),
            "variable INFRAGEN_VERSON: unknown key `verson`: did you mean `version`?",
        ),
        (
            read("", &[], &["images.api.tga=1"]),
            "--set: unknown key `images.api.tga`: did you mean `images.api.tag`?",
        ),
        (
            read("", &[], &["coworking=1"]),
            "--set: unknown key `coworking`: the keys are `account`, `version`, `images`, `validate`",
        ),
    ] {
        assert_eq!(result.unwrap_err(), message);
    }
}

#[test]
fn a_wrong_value_names_key_provider_and_mend() {
    for (result, message) in [
        (
            read("account = 1234", &[], &[]),
            "infragen.toml:1: `account`: `1234` is no AWS account: an AWS account has exactly 12 digits; write all of them, zeros at the start too: 111122223333",
        ),
        (
            read("", &[], &["images.api.tag=latest"]),
            "--set: `images.api.tag`: `latest` is no image tag: `latest` is another image tomorrow; write a version that stays, such as 1.4.2, or a digest",
        ),
        (
            read("images.api.tag = 1e3", &[], &[]),
            "infragen.toml:1: `images.api.tag`: found float `1000`, expected image tag: write it in quotes",
        ),
        (
            read("", &[], &["images=1"]),
            "--set: `images`: found string \"1\" where there are keys below it, such as `images.coworking.tag`",
        ),
        (
            read("", &[], &["images.api=1"]),
            "--set: `images.api`: found string \"1\" where there are keys below it, such as `images.api.tag`",
        ),
    ] {
        assert_eq!(result.unwrap_err(), message);
    }
}

#[test]
fn what_is_no_toml_and_no_assignment_is_told() {
    let error = read("version = 1.4.2\n", &[], &[]).unwrap_err();
    assert!(error.starts_with("`infragen.toml` is no TOML: "), "{error}");
    assert!(read("", &[("INFRAGEN_IMAGES", "{a={tag=007}}")], &[]).unwrap_err().contains("with the quotes"));
    for assignment in ["version", "=1", "images..tag=1", "images.\"a.tag=1", ""] {
        assert!(
            read("", &[], &[assignment]).unwrap_err().starts_with("--set takes key=value"),
            "{assignment}"
        );
    }
}

#[test]
fn a_key_is_parted_at_its_dots() {
    assert_eq!(path("images.\"a.b\".tag").unwrap(), ["images", "a.b", "tag"]);
    assert_eq!(path("a."), None);
}

#[test]
fn what_is_to_be_linted_is_said_in_each_layer() {
    let file = "[validate]\nignore = ['single-replica']\nkubernetes-version = ['1.34']\nseverity = 'warning'\n\
                severities.latest-image-tag = 'error'\npod-security = 'restricted'\n";
    let variables = [("INFRAGEN_VALIDATE__KUBERNETES_VERSION", "1.33, 1.36")];
    let settings = read(file, &variables, &["validate.optional=cpu-limit,exec-probe"]).unwrap().validate;
    let versions: Vec<String> = settings.kubernetes_version.iter().map(ToString::to_string).collect();
    assert_eq!(
        (versions, settings.ignore),
        (vec!["1.33".to_owned(), "1.36".to_owned()], vec!["single-replica".to_owned()])
    );
    assert_eq!(settings.optional, ["cpu-limit", "exec-probe"]);
    assert_eq!(settings.severity, Some(crate::diagnostic::Severity::Warning));
    assert_eq!(settings.severities.len(), 1);
    assert!(settings.pod_security.is_some());
}

#[test]
fn what_is_wrong_in_a_file_is_told_with_its_line() {
    for (file, expected) in [
        (
            "[validate]\n\nignor = []\n",
            "infragen.toml:3: unknown key `validate.ignor`: did you mean `validate.ignore`?",
        ),
        (
            "version = '1.0.0'\nvalidate.severity = 'eror'\n",
            "infragen.toml:2: `validate.severity`: found `eror`, expected one of `info`",
        ),
        (
            "[validate]\npod-security = 'strict'\n",
            "infragen.toml:2: `validate.pod-security`: found `strict`, expected one of `privileged`",
        ),
        (
            "[validate]\nignore = 5\n",
            "infragen.toml:2: `validate.ignore`: found signed int `5`, expected a list",
        ),
        ("[validate.severities]\na = 1\n", "infragen.toml:2: `validate.severities.a`: "),
        ("validate = 1\n", "infragen.toml:1: `validate`: found signed int `1` where there are keys below it"),
        ("[validate]\nkubernetes-version = ['v1.3']\n", "infragen.toml:2: `validate.kubernetes-version"),
    ] {
        let error = read(file, &[], &[]).unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
}
