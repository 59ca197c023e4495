//! The templates, and the stylesheet.

use std::error::Error as _;
use std::sync::LazyLock;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tera::{Context, Tera};

/// The stylesheet.
pub const STYLESHEET: &str = include_str!("templates/dashboard.css");

/// Its path, which is another one as soon as it changes: whoever has it may keep it for good.
pub static STYLESHEET_PATH: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(STYLESHEET);
    let name: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("/assets/dashboard.{name}.css")
});

static TEMPLATES: LazyLock<Result<Tera, TemplateError>> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.autoescape_on([".html"]);
    tera.add_raw_templates([
        ("layout.html", include_str!("templates/layout.html")),
        ("chart.svg.html", include_str!("templates/chart.svg.html")),
        ("overview.html", include_str!("templates/overview.html")),
        ("problem.html", include_str!("templates/problem.html")),
        ("sign_in.html", include_str!("templates/sign_in.html")),
    ])
    .map_err(|error| TemplateError::from(&error))?;
    Ok(tera)
});

/// Why a page could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page could not be written: {0}")]
pub struct TemplateError(String);

impl From<&tera::Error> for TemplateError {
    fn from(error: &tera::Error) -> TemplateError {
        let cause = error.source().map_or_else(String::new, |cause| format!(": {cause}"));
        TemplateError(format!("{error}{cause}"))
    }
}

/// Fills the template of this name.
pub fn render(name: &str, page: &impl Serialize) -> Result<String, TemplateError> {
    let tera = TEMPLATES.as_ref().map_err(Clone::clone)?;
    let mut context = Context::new();
    context.insert("page", page);
    context.insert("stylesheet", STYLESHEET_PATH.as_str());
    tera.render(name, &context).map_err(|error| TemplateError::from(&error))
}
