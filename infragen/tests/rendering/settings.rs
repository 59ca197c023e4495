//! What the run says goes before what the environment says, and is told as such.

use infragen::node::FieldPath;
use infragen::settings::{ImageSettings, Settings};
use infragen::spec::quantity::{AccountId, Digest, ImageTag, SemanticVersion};

use crate::sample::{app, at, environment, messages, object};

const IMAGE: &str = "spec.template.spec.containers[0].image";

fn image_with(settings: &Settings) -> String {
    let mut environment = environment();
    environment.app(app());
    let bundle = infragen::render::render(&environment, settings);
    assert_eq!(messages(&bundle), Vec::<&str>::new());
    at(object(&bundle, "Deployment", "shop"), IMAGE)
}

#[test]
fn a_digest_goes_before_a_tag_before_a_version() {
    let registry = "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop";
    let mut settings = Settings::default();
    assert_eq!(image_with(&settings), format!("{registry}:1.2.3"));
    settings.version = Some(SemanticVersion::parse("1.3.0").unwrap());
    assert_eq!(image_with(&settings), format!("{registry}:1.3.0"));
    let tag = Some(ImageTag::parse("417").unwrap());
    settings.images.insert("shop".to_owned(), ImageSettings { tag, digest: None });
    assert_eq!(image_with(&settings), format!("{registry}:417"));
    let digest = Digest::parse(&format!("sha256:{}", "a".repeat(64))).unwrap();
    settings.images.get_mut("shop").unwrap().digest = Some(digest.clone());
    assert_eq!(image_with(&settings), format!("{registry}@{digest}"));
}

#[test]
fn another_account_is_another_registry() {
    let account = Some(AccountId::parse("444455556666").unwrap());
    let image = image_with(&Settings { account, ..Settings::default() });
    assert_eq!(image, "444455556666.dkr.ecr.us-east-1.amazonaws.com/shop:1.2.3");
}

#[test]
fn a_setting_for_an_image_that_nobody_runs_names_the_nearest() {
    let mut settings = Settings::default();
    settings.images.insert("shpo".to_owned(), ImageSettings::default());
    let mut environment = environment();
    environment.app(app());
    let bundle = infragen::render::render(&environment, &settings);
    assert_eq!(messages(&bundle), ["environment `test` runs no image of the ECR repository `shpo`"]);
    assert_eq!(bundle.diagnostics[0].help, "did you mean `images.shop`?");
}

#[test]
fn a_setting_is_told_as_the_origin() {
    let mut settings =
        Settings { version: Some(SemanticVersion::parse("1.3.0").unwrap()), ..Settings::default() };
    settings.providers.insert("version".to_owned(), "--set".to_owned());
    let mut environment = environment();
    environment.app(app());
    let bundle = infragen::render::render(&environment, &settings);
    let (document, _) =
        bundle.objects().find(|(document, _)| document.file.ends_with("130-deployment-shop.yaml")).unwrap();
    let infragen::bundle::Place::Rust(origin) = document.place(&FieldPath::parse(IMAGE)).unwrap() else {
        panic!("a rendered value has an origin")
    };
    assert_eq!(origin.to_string(), "setting `version` from --set");
}
