//! The document as a whole.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{Operation, old, operation};
use crate::error::Problem;
use crate::routes::v1;

const ABOUT: &str = "Visits of a coworking space. A token is what somebody asks for to come in; one that was used is a visit. \
Moments are UTC in the database, and days begin where `tz` says.\n\n\
Every parameter is checked, and all that is wrong is told at once: 400 where a value is none, 422 where it is one and \
cannot be answered. Errors are RFC 9457's `application/problem+json`. Answers have a strong `ETag`.";

/// Makes the document.
pub(super) fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schemas =
        settings.with(|settings| settings.definitions_path = "/components/schemas".into()).into_generator();
    let problem = schemas.subschema_for::<Problem<'_>>();
    let mut paths = Map::new();
    for (path, describe) in [
        ("/api/v1", v1::index::describe as fn(&mut _) -> _),
        ("/api/v1/reports/daily-usage", v1::daily_usage::describe),
        ("/api/v1/reports/summary", v1::summary::describe),
        ("/api/v1/reports/user-visits", v1::user_visits::describe),
        ("/api/reports/daily_usage", old::daily_usage),
        ("/api/reports/user_visits", old::user_visits),
        ("/health_check", old::health_check),
        ("/metrics", metrics),
        ("/readiness_check", old::readiness_check),
        ("/openapi.json", openapi),
    ] {
        paths.insert(path.to_owned(), json!({ "get": describe(&mut schemas) }));
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Coworking analytics",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "responses": operation::problems(&problem),
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "HS256. `roles` holds `analyst` for figures that name nobody, `admin` for those of single users too, `ops` for how the service is. A service that runs with `AUTH_MODE=none` asks for no token.",
                },
            },
        },
    });
    document.sort_all_objects();
    document
}

fn metrics(_: &mut schemars::SchemaGenerator) -> Value {
    Operation::new("metrics", "How the service is")
        .about("OpenMetrics' text, for Prometheus. It needs the role `ops`.")
        .answer("application/openmetrics-text", &json!({ "type": "string" }), None)
        .failing()
        .into_value()
}

fn openapi(_: &mut schemars::SchemaGenerator) -> Value {
    let schema = json!({ "type": "object", "required": ["openapi", "info", "paths"] });
    Operation::new("openapi", "This document").open().answer("application/json", &schema, None).into_value()
}
